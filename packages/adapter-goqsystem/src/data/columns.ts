import { cellForms, type FileColumn, type LocalText } from '@np-hub/kit';

/**
 * The columns of GoQ's files by the headers that merchants give them. There is no universal layout: a カスタムCSV
 * (https://goqsystem.com/manual/169839) is chosen, ordered and renamed by the merchant, and a shop can map any of
 * these columns by hand.
 *
 * - confirmed: a column of the screens in GoQ's NP manual (http://goqsystem.com/manual/order/npapi)
 * - observed: the header of a real export, in public code that reads one
 * - assumed: no public source names the header; the first of each list is our suggestion
 */
type Names = readonly [usual: string, ...others: string[]];
const column = (en: string, headers: Names, more: Partial<FileColumn> = {}): FileColumn => {
  const label: LocalText = { ja: headers[0], en };
  return { label, headers, ...more };
};
const required = { required: true };
const amount = { form: cellForms.amount };

/** A party's columns. Observed: 注文者氏名, 送付先氏名, 送付先郵便番号, 送付先住所（全て）; the others are assumed. */
const partyNames = {
  Name: ['氏名', '名', '名前'],
  FamilyName: ['姓', '氏', '氏名（姓）', '名前（姓）'],
  GivenName: ['氏名（名）', '名前（名）'],
  Kana: ['氏名カナ', 'カナ', '氏名フリガナ', 'フリガナ', '氏名（カナ）'],
  Company: ['会社名', '法人名'],
  Department: ['部署名', '部署'],
  PostalCode: ['郵便番号', '〒'],
  PostalCode1: ['郵便番号1', '郵便番号（上）', '郵便番号上'],
  PostalCode2: ['郵便番号2', '郵便番号（下）', '郵便番号下'],
  Address: ['住所（全て）', '住所', '住所全体'],
  Prefecture: ['都道府県', '住所（都道府県）'],
  City: ['市区町村', '住所（市区町村）', '郡市区'],
  Street: ['住所1', '町名番地', '番地', '住所（番地）', 'それ以降の住所'],
  Building: ['住所2', '建物名', 'ビル名'],
  Phone: ['電話番号', 'TEL', '電話'],
  Phone1: ['電話番号1', 'TEL1'],
  Phone2: ['電話番号2', 'TEL2'],
  Phone3: ['電話番号3', 'TEL3'],
} as const;
const partyEnglish = {
  Name: 'name',
  FamilyName: 'family name',
  GivenName: 'given name',
  Kana: 'kana',
  Company: 'company',
  Department: 'department',
  PostalCode: 'postal code',
  PostalCode1: 'postal code, first part',
  PostalCode2: 'postal code, second part',
  Address: 'address in one',
  Prefecture: 'prefecture',
  City: 'city',
  Street: 'street',
  Building: 'building',
  Phone: 'phone',
  Phone1: 'phone, first part',
  Phone2: 'phone, second part',
  Phone3: 'phone, third part',
} as const;
type PartyField = keyof typeof partyNames;
export const partyFields = Object.keys(partyNames) as readonly PartyField[];

function partyColumns<Side extends string>(side: Side, owners: Names) {
  const entries = partyFields.map((field) => {
    const all = owners.flatMap((owner) => partyNames[field].map((name) => `${owner}${name}`));
    const [first = '', ...others] = all;
    const label = `${side}: ${partyEnglish[field]}`;
    return [`${side}${field}`, column(label, [first, ...others])];
  });
  return Object.fromEntries(entries) as Record<`${Side}${PartyField}`, FileColumn>;
}

/** 受注データ(ユーザーカスタム): one row for each line of an order; what is of the order stands in every row. */
export const orderColumns = {
  /** Observed; GoQ番号 in the name of the column that carriers' files get. */
  number: column('GoQ number', ['GoQ管理番号', 'GoQ番号', 'ごく管理番号', '管理番号'], required),
  /** Confirmed and observed. */
  originNumber: column(
    "Mall's order number",
    ['受注番号', 'モール受注番号', '注文番号', 'モール注文番号', '店舗受注番号'],
    required,
  ),
  /** Confirmed and observed: 注文日時, and 注文日 without a time. */
  orderedAt: column('Ordered at', ['注文日時', '注文日', '受注日時', '受注日', '購入日時'], {
    ...required,
    form: cellForms.moment,
  }),
  ...partyColumns('buyer', ['注文者', 'ご注文者', '購入者']),
  buyerEmail: column('buyer: mail', [
    '注文者メールアドレス',
    '注文者メール',
    'メールアドレス',
    '注文者e-mail',
  ]),
  ...partyColumns('receiver', ['送付先', '送り先', 'お届け先', '届け先', '配送先']),
  /** Observed. */
  goodsName: column('Goods', ['商品名', '品名', '商品名称'], required),
  /** Observed. */
  quantity: column('Quantity', ['個数', '数量', '注文個数', '商品個数'], { ...required, ...amount }),
  /** Assumed. */
  unitPrice: column(
    'Unit price',
    ['単価', '商品単価', '単価（税込）', '商品価格', '販売価格', '価格'],
    amount,
  ),
  /** Confirmed and observed; never billed. */
  total: column('Total', ['合計金額', '商品合計金額', '商品合計']),
  /** Confirmed as a column of the list; as a header assumed. */
  billed: column(
    'Amount billed',
    ['請求額', '請求金額', 'ご請求額', 'ご請求金額', '請求金額（税込）', '請求合計'],
    { ...required, ...amount },
  ),
  /** Assumed, with the four below. */
  shippingFee: column('Shipping', ['送料', '送料合計', '配送料'], amount),
  fee: column('Payment fee', ['手数料', '決済手数料', '後払い手数料', '決済手数料（税込）'], amount),
  discount: column('Discount', ['値引き', '値引', '割引', '割引額', 'クーポン', 'クーポン利用額'], amount),
  points: column('Points used', ['ポイント利用', 'ポイント利用額', '利用ポイント', '使用ポイント'], amount),
  /** Confirmed as a column of the list; as a header assumed. */
  payment: column('Payment', ['お支払い方法', 'お支払方法', '支払い方法', '支払方法', '決済方法'], required),
  /** Confirmed: 配送業者; observed: 配送方法(複数配送先). */
  carrier: column('Carrier', ['配送業者', '配送方法(複数配送先)', '配送方法', '配送会社', '運送会社']),
  /** Confirmed and observed. */
  checkItems: column('Check items', ['チェック項目']),
  /** Confirmed as a tag of the list, [2個口]; as a header assumed. */
  pieces: column('Parcels', ['個口数', '個口', '出荷個口数']),
  /** Observed. */
  slipNumber: column('Slip number', [
    'お荷物伝票番号',
    '伝票番号',
    '送り状番号',
    '配送伝票番号',
    'お問い合わせ番号',
  ]),
  /** Confirmed as a name of the panel; as a header assumed. */
  shippedOn: column('Shipped on', ['出荷日', '発送日', '出荷完了日']),
  plannedShipOn: column('Ships on', ['出荷予定日', '発送予定日']),
  /** Observed. */
  mall: column('Shop or mall', ['販売店舗', '店舗名', '販売店舗名', 'モール名', 'モール', '店舗']),
  /** Confirmed and observed. */
  label: column('Order status', ['受注ステータス', 'ステータス']),
  /** Observed. */
  memo: column('Memo', ['ひとことメモ']),
  /** Observed. */
  note: column('Remarks', ['備考', 'お客様備考']),
  /** Assumed, with the two below: GoQ shows them in the payment's cell, no export of them is public. */
  npWord: column('NP result', ['与信結果', 'NP後払い与信結果', 'NP与信結果', '後払い与信結果']),
  npSync: column('Slip number told to NP', ['伝票番号同期', '伝票番号同期結果']),
  npTransactionId: column('NP transaction id', ['NP取引ID', 'NP後払い取引ID', '後払い取引ID']),
};
export type OrderColumn = keyof typeof orderColumns;

/** Amounts of the whole order that stand beside the goods, as lines with these names. */
export const charges = [
  { column: 'shippingFee', name: '送料', sign: 1 },
  { column: 'fee', name: '手数料', sign: 1 },
  { column: 'discount', name: '値引き', sign: -1 },
  { column: 'points', name: 'ポイント利用', sign: -1 },
] as const;

/** Where an order has to say something, in one row at least. */
export const needed = ['orderedAt', 'billed', 'payment'] as const;
/** What each line has to say; the price only where any of them does. */
export const ofLines = ['quantity', 'unitPrice'] as const;
/** Columns that hold moments, and those that hold whole numbers. */
export const times = ['orderedAt'] as const;
export const amounts = [...charges.map(({ column }) => column), 'billed', ...ofLines] as const;

/** Columns about the whole order: two rows of one order that fill them differently cannot both be right. */
export const agreeing: readonly OrderColumn[] = [
  'originNumber',
  'orderedAt',
  ...partyFields.map((field) => `buyer${field}` as const),
  'buyerEmail',
  'billed',
  'shippingFee',
  'fee',
  'discount',
  'points',
  'payment',
  'mall',
  'label',
  'npTransactionId',
];

/**
 * B2クラウド (ヤマト運輸), 98 columns, as GoQ takes it in as 送り状番号取込. Observed: no header, the order's number with a
 * branch in column 1, the slip number in 4, 出荷予定日 in 5. The headers are those of Yamato's own sample (assumed), and so
 * is what service and slip number look like: one letter or digit, 10 to 14 digits.
 */
export const b2Columns = {
  key: column('GoQ number and branch', ['お客様管理番号', 'お客様管理ナンバー'], {
    position: 0,
    required: true,
    shape: /\d+(?:-\d{1,2})?/,
  }),
  /** Assumed: Yamato's codes, see carriers.ts. */
  service: column('Kind of slip', ['送り状種類'], {
    position: 1,
    required: true,
    shape: /[0-9A-Z]/,
  }),
  slipNumber: column('Slip number', ['伝票番号', 'お荷物伝票番号', '送り状番号'], {
    position: 3,
    required: true,
    shape: /(?:\d-?){9,13}\d/,
    form: cellForms.slip,
  }),
  plannedShipOn: column('Ships on', ['出荷予定日'], {
    position: 4,
    shape: /\d{4}([/-]?)\d{1,2}\1\d{1,2}/,
  }),
};

/**
 * Files of other carrier software (佐川急便 e飛伝, 日本郵便 ゆうプリR). All headers are assumed. GoQ's own お荷物伝票番号 is not among
 * them, so that an export of orders is never taken for such a file.
 */
export const slipColumns = {
  key: column(
    'GoQ number and branch',
    ['GoQ管理番号', 'お客様管理番号', 'お客様管理ナンバー', 'お客様側管理番号', '顧客管理番号', '管理番号'],
    required,
  ),
  slipNumber: column(
    'Slip number',
    [
      'お問い合せ送り状No.',
      'お問い合せ送り状No',
      'お問い合わせ番号',
      'お問い合わせ送り状番号',
      '送り状番号',
      '追跡番号',
      '伝票番号',
    ],
    required,
  ),
  carrier: column('Carrier', ['配送業者', '運送会社', '配送会社']),
  shippedOn: column('Shipped on', ['出荷日', '発送日', '出荷予定日', '発送予定日']),
};
