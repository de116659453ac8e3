import { cellForms, type FileColumn } from '@np-hub/kit';
import { layoutTexts } from './texts.js';

/**
 * Headers of 注文データ (受注一覧>注文一覧>注文データをダウンロード) and of the shipment data. That the files exist is confirmed;
 * not one header is public. The words are those of the cart's screens and of its sister product, each with the spellings
 * that are likely: every one is assumed, and a shop maps what differs. 発送予定日 and 出荷予定日 are both confirmed words.
 * 合計金額 is left out on purpose: whether it is the billed amount is for the shop to say.
 */
const column = (ja: string, en: string, ...headers: readonly string[]): FileColumn => ({
  label: { ja, en },
  headers: [...new Set([ja, ...headers])],
});

const each = (owners: readonly string[], ...names: readonly string[]): string[] =>
  owners.flatMap((owner) => names.map((name) => owner + name)).filter((name) => name !== '');

/** The columns of a person: `Name` of the buyer is `buyerName`. */
function columnsOf(prefix: string, who: { ja: string; en: string }, owners: readonly string[]) {
  const part = (ja: string, en: string, ...names: readonly string[]): FileColumn =>
    column(who.ja + ja, `${who.en} ${en}`, ...each(owners, ja, ...names));
  return Object.fromEntries(
    Object.entries({
      Name: part('氏名', 'name', '名', 'お名前', '名前', '様', ''),
      FamilyName: part('姓', 'family name', '氏名(姓)', 'お名前(姓)', '名前(姓)'),
      FirstName: part('氏名(名)', 'first name', 'お名前(名)', '名前(名)'),
      Kana: part('フリガナ', 'kana', '氏名(カナ)', '氏名カナ', 'カナ', 'ふりがな', 'お名前カナ', '名カナ'),
      FamilyKana: part(
        '姓カナ',
        'family name in kana',
        'フリガナ(姓)',
        '姓フリガナ',
        '氏名カナ(姓)',
        'カナ(姓)',
        'セイ',
      ),
      FirstKana: part('名フリガナ', 'first name in kana', 'フリガナ(名)', '氏名カナ(名)', 'カナ(名)', 'メイ'),
      Company: part('会社名', 'company', '法人名', '企業名'),
      Department: part('部署名', 'department', '部署', '部門名'),
      PostalCode: part('郵便番号', 'postal code', 'ご住所(郵便番号)', '〒'),
      Prefecture: part('都道府県', 'prefecture', '住所(都道府県)'),
      City: part('市区町村', 'city', '住所(市区町村)', '市区郡町村', '市町村'),
      Address: part(
        '住所',
        'address',
        '住所1',
        '番地',
        '町名番地',
        '町名・番地',
        '丁目番地',
        '住所(番地)',
        '以降の住所',
      ),
      Building: part(
        '建物名',
        'building',
        '住所2',
        'マンション名',
        '建物名・部屋番号',
        'ビル・マンション名',
        '住所(建物名)',
      ),
      Phone: part('電話番号', 'phone', 'TEL', 'tel', '電話', '連絡先電話番号'),
      Email: part('メールアドレス', 'mail', 'メール', 'email', 'E-mail', 'Eメール'),
    }).map(([name, made]) => [prefix + name, made]),
  );
}

const orderNumber: FileColumn = {
  ...column('注文番号', 'Order number', '受注番号', '注文No', '注文ID', '受注ID'),
  required: true,
};
const shipment = {
  slipNumber: column(
    '出荷番号',
    'Slip number',
    '伝票番号',
    '送り状番号',
    '配送伝票番号',
    'お問い合わせ伝票番号',
    '問い合わせ番号',
    '荷物番号',
    '追跡番号',
  ),
  shippedOn: column('発送日', 'Shipped on', '出荷日', '出荷完了日', '発送完了日'),
  shippingMethod: column('配送方法', 'Shipping method', '配送方法名', '発送方法', 'お届け方法'),
  carrierName: column('運送会社', 'Carrier', '配送会社', '配送業者', '運送会社名', '配送業者名'),
};

export const orderColumns: Readonly<Record<string, FileColumn>> = {
  orderNumber,
  orderedAt: {
    ...column('注文日時', 'Ordered at', '注文日', '受注日時', '受注日', '注文登録日時', '購入日時'),
    required: true,
  },
  changedAt: column('更新日時', 'Changed at', '最終更新日時', '注文更新日時', '更新日'),
  orderStatus: {
    ...column('注文状況', 'Order status', '注文ステータス', '受注状況', '受注ステータス'),
    required: true,
  },
  creditStatus: column('決済状況', 'Payment status', '決済ステータス', '与信状況', 'NPステータス'),
  payment: {
    ...column('支払い方法', 'Payment method', '支払方法', 'お支払い方法', 'お支払方法', '決済方法'),
    required: true,
  },
  npTransactionId: column('NP取引ID', 'NP transaction id', 'NP取引番号', '決済取引ID', '取引ID'),
  billedYen: {
    ...column(
      '請求金額',
      'Billed amount (tax included)',
      'ご請求金額',
      '請求額',
      '請求金額(税込)',
      '請求合計',
      'お支払い金額',
      '支払金額',
      'お支払い合計',
      '支払い合計',
      '支払合計',
    ),
    required: true,
  },
  feeYen: column(
    '手数料',
    'Fee',
    '決済手数料',
    '後払い手数料',
    '支払手数料',
    'お支払い手数料',
    '手数料(税込)',
  ),
  shippingYen: column('送料', 'Shipping', '送料(税込)', '送料合計', '配送料'),
  couponYen: column(
    'クーポン割引',
    'Coupon',
    'クーポン割引額',
    'クーポン',
    '割引',
    '割引額',
    '値引き',
    '値引額',
  ),
  rankYen: column('会員ランク割引', 'Member discount', '会員ランク割引額', 'ランク割引'),
  pointsYen: column(
    'ポイント利用',
    'Points used',
    '利用ポイント',
    '使用ポイント',
    'ポイント使用',
    'ポイント利用額',
    'ポイント値引き',
  ),
  adjustmentYen: column('調整金額', 'Adjustment', '調整額', '金額調整'),
  productName: column('商品名', 'Goods', '商品名称', '購入商品', '品名'),
  unitPriceYen: column(
    '商品単価',
    'Unit price (tax included)',
    '単価',
    '単価(税込)',
    '商品単価(税込)',
    '販売価格',
    '販売価格(税込)',
    '価格(税込)',
  ),
  lineYen: column('商品小計', 'Line total (tax included)', '小計(税込)', '商品小計(税込)', '商品金額(税込)'),
  quantity: column('数量', 'Quantity', '個数', '商品数', '購入数', '注文数'),
  plannedShipOn: column('発送予定日', 'Planned shipment', '出荷予定日', '発送予定', '出荷予定'),
  ...shipment,
  courseNumber: column(
    'コース注文番号',
    'Course number',
    'コース注文ID',
    '定期注文番号',
    '定期注文マスター番号',
    '定期番号',
  ),
  courseCount: column('定期回数', 'Number in the course', '定期購入回数', '購入回数', '回数', 'お届け回数'),
  generated: column('生成区分', 'Generated', '注文区分', '登録区分', '受注経路', '注文経路'),
  note: column('備考', 'Note', 'お客様備考', '通信欄', '注文備考', 'ご要望'),
  ...columnsOf('buyer', { ja: '注文者', en: 'Buyer' }, ['注文者', '顧客', '購入者', 'ご注文者', '']),
  ...columnsOf('destination', { ja: '配送先', en: 'Destination' }, [
    '配送先',
    'お届け先',
    '届け先',
    '届先',
    '送付先',
    '送り先',
  ]),
};

/**
 * In this order where the file has no header (assumed): header rows are the shop's choice (confirmed). What numbers look
 * like is assumed: an order's has a digit and no Japanese, a slip's has 10 to 14 digits at any carrier.
 */
const shipmentColumns: Readonly<Record<string, FileColumn>> = {
  orderNumber: { ...orderNumber, position: 0, shape: /(?=.*\d)[\w-]{1,40}/ },
  slipNumber: {
    ...shipment.slipNumber,
    required: true,
    position: 1,
    shape: /(?:\d-?){9,13}\d/,
    form: cellForms.slip,
  },
  shippedOn: {
    ...shipment.shippedOn,
    position: 2,
    shape: /\d{4}(?:[/.-]|年 ?)?\d{1,2}(?:[/.-]|月 ?)?\d{1,2}(?:日.*|[ T].*)?|\d{12}|\d{14}/,
  },
  shippingMethod: { ...shipment.shippingMethod, position: 3, shape: /.*\p{L}.*/u },
  carrierName: shipment.carrierName,
};

/** Columns that are more than text. */
export const wholeColumns = [
  ...(['billedYen', 'feeYen', 'shippingYen', 'couponYen', 'rankYen', 'pointsYen', 'adjustmentYen'] as const),
  ...(['unitPriceYen', 'lineYen', 'quantity', 'courseCount'] as const),
];
export const momentColumns = ['orderedAt', 'changedAt', 'plannedShipOn', 'shippedOn'] as const;

/** The columns with what their cells are to look like. */
function formed(columns: Readonly<Record<string, FileColumn>>): Readonly<Record<string, FileColumn>> {
  const forms = new Map<string, FileColumn['form']>([
    ...wholeColumns.map((name) => [name, cellForms.amount] as const),
    ...momentColumns.map((name) => [name, cellForms.moment] as const),
  ]);
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const form = forms.get(name);
      return [name, form ? { ...column, form } : column];
    }),
  );
}

export const layouts = {
  orders: { id: 'orders', ...layoutTexts.orders, columns: formed(orderColumns) },
  shipments: { id: 'shipments', ...layoutTexts.shipments, columns: formed(shipmentColumns) },
} as const;
