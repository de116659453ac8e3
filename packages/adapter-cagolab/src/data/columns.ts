import { cellForms, type FileColumn } from '@np-hub/kit';

/** Japanese is the usual header; other spellings follow it. A position is where it stands in a file without a header. */
const column = (
  position: number | undefined,
  en: string,
  headers: readonly [string, ...string[]],
  shape?: RegExp,
): FileColumn => ({
  label: { ja: headers[0], en },
  headers,
  ...(position === undefined ? {} : { position }),
  ...(shape === undefined ? {} : { shape, required: true }),
  ...formOf(shape),
});

/**
 * What the cells of required columns look like; only those have one. Order numbers are EC-CUBE's own, counted from 1.
 * Wide on purpose: whether an amount or a day can be read is for its order to say.
 */
const shapes = {
  number: /\d{1,10}/,
  amount: /[-−▲△]?[¥\\]?[-−▲△]?[\d,. ]+円?/,
  status: /\d{1,2}|.*\p{L}.*/su,
  word: /.*\p{L}.*/su,
  goods: /(?!\d{4}[/-]\d{1,2}[/-]\d{1,2}$).+/su,
  moment: /\d{4}(?:[/.-]|年 ?)?\d{1,2}(?:[/.-]|月 ?)?\d{1,2}(?:日.*|[ T].*)?|\d{12}|\d{14}/,
} as const;

function formOf(shape: RegExp | undefined): Pick<FileColumn, 'form'> {
  if (shape === shapes.number) return { form: cellForms.whole };
  if (shape === shapes.amount) return { form: cellForms.amount };
  return shape === shapes.moment ? { form: cellForms.moment } : {};
}

/**
 * 受注CSV. Positions 0 to 40 and the first header of each: confirmed for EC-CUBE 2.13 (`dtb_csv`, csv_id 3, the
 * columns that are on by default), on which カゴラボ is built by its words (inferred). Those from 41 on are カゴラボ's
 * own; that it shows these fields is confirmed (NP後払い guide), their headers and places in a file are assumed. Other
 * spellings are those of its screens, or assumed.
 */
export const orderColumns = {
  orderNumber: column(0, 'Order number', ['注文番号'], shapes.number),
  note: column(2, "Buyer's note", ['要望等', '備考']),
  familyName: column(3, 'Family name', ['お名前(姓)']),
  givenName: column(4, 'Given name', ['お名前(名)']),
  familyKana: column(5, 'Family name (kana)', ['お名前(フリガナ・姓)', 'お名前(フリガナ姓)']),
  givenKana: column(6, 'Given name (kana)', ['お名前(フリガナ名)', 'お名前(フリガナ・名)']),
  company: column(7, 'Company', ['会社名']),
  email: column(8, 'Mail address', ['メールアドレス']),
  phone1: column(9, 'Phone, part 1', ['電話番号1', 'TEL1']),
  phone2: column(10, 'Phone, part 2', ['電話番号2', 'TEL2']),
  phone3: column(11, 'Phone, part 3', ['電話番号3', 'TEL3']),
  postalCode1: column(15, 'Postal code, part 1', ['郵便番号1']),
  postalCode2: column(16, 'Postal code, part 2', ['郵便番号2']),
  prefecture: column(17, 'Prefecture', ['都道府県']),
  address1: column(18, 'Address 1', ['住所1', '住所']),
  address2: column(19, 'Address 2', ['住所2']),
  subtotal: column(23, 'Goods in all', ['小計']),
  discount: column(24, 'Discount', ['値引き']),
  deliveryFee: column(25, 'Delivery fee', ['送料']),
  charge: column(26, 'Payment fee', ['手数料']),
  usePoint: column(27, 'Points used', ['使用ポイント']),
  billed: column(
    31,
    'Amount to pay',
    ['お支払い合計', 'お支払合計', '購入金額(円)', '購入金額'],
    shapes.amount,
  ),
  carrierId: column(32, 'Carrier number', ['配送業者ID']),
  payment: column(
    33,
    'Payment method',
    ['支払い方法', 'お支払方法', '支払方法', 'お支払い方法'],
    shapes.word,
  ),
  status: column(35, 'Order status', ['対応状況'], shapes.status),
  orderedAt: column(36, 'Ordered at', ['注文日時', '受注日', '受注日時'], shapes.moment),
  changedAt: column(37, 'Changed at', ['更新日時', '更新日']),
  shippedAt: column(38, 'Shipped at', ['発送完了日時', '発送日']),
  npWord: column(41, 'NP status', ['NP後払いステータス']),
  invoiceKind: column(42, 'Invoice', ['請求書区分']),
  carrier: column(43, 'Carrier', ['配送業者', '配送業者名']),
  slipNumber: column(44, 'Slip number', ['配送伝票番号', '伝票番号', '送り状番号']),
  name: column(undefined, 'Name', ['お名前', '氏名']),
  kana: column(undefined, 'Name (kana)', ['お名前(フリガナ)', 'フリガナ']),
  phone: column(undefined, 'Phone', ['電話番号', 'TEL']),
  postalCode: column(undefined, 'Postal code', ['郵便番号', 'ZIP CODE']),
  npTransactionId: column(undefined, 'NP transaction id', ['NP取引ID']),
};

/**
 * 配送先商品CSV: that it exists is confirmed (its button in the NP後払い guide), all its columns are assumed, after the
 * fields of EC-CUBE 2.13's `dtb_shipping` and `dtb_shipment_item`. One row for each kind of goods of each destination.
 */
export const itemColumns = {
  orderNumber: column(0, 'Order number', ['注文番号'], shapes.number),
  destinationId: column(1, 'Destination number', ['配送先ID', '配送情報ID']),
  familyName: column(2, 'Family name', ['お名前(姓)', '配送先お名前(姓)']),
  givenName: column(3, 'Given name', ['お名前(名)', '配送先お名前(名)']),
  familyKana: column(4, 'Family name (kana)', ['お名前(フリガナ・姓)', '配送先お名前(フリガナ・姓)']),
  givenKana: column(5, 'Given name (kana)', ['お名前(フリガナ名)', '配送先お名前(フリガナ名)']),
  company: column(6, 'Company', ['会社名', '配送先会社名']),
  phone1: column(7, 'Phone, part 1', ['電話番号1', '配送先電話番号1']),
  phone2: column(8, 'Phone, part 2', ['電話番号2', '配送先電話番号2']),
  phone3: column(9, 'Phone, part 3', ['電話番号3', '配送先電話番号3']),
  postalCode1: column(10, 'Postal code, part 1', ['郵便番号1', '配送先郵便番号1']),
  postalCode2: column(11, 'Postal code, part 2', ['郵便番号2', '配送先郵便番号2']),
  prefecture: column(12, 'Prefecture', ['都道府県', '配送先都道府県']),
  address1: column(13, 'Address 1', ['住所1', '配送先住所1', '配送先住所', '住所'], shapes.word),
  address2: column(14, 'Address 2', ['住所2', '配送先住所2']),
  productName: column(16, 'Goods', ['商品名'], shapes.goods),
  variation1: column(17, 'Variation 1', ['規格名1', '規格分類名1', '規格1']),
  variation2: column(18, 'Variation 2', ['規格名2', '規格分類名2', '規格2']),
  price: column(19, 'Price with tax', ['販売価格(税込)', '単価(税込)', '価格(税込)', '税込価格']),
  quantity: column(20, 'Quantity', ['数量', '個数'], shapes.amount),
  priceWithoutTax: column(undefined, 'Price without tax', [
    '販売価格(税抜)',
    '単価(税抜)',
    '販売価格',
    '単価',
    '価格',
  ]),
  taxRate: column(undefined, 'Tax rate (%)', ['消費税率', '税率']),
  name: column(undefined, 'Name', ['お名前', '配送先お名前', '配送先氏名']),
  kana: column(undefined, 'Name (kana)', ['お名前(フリガナ)', '配送先お名前(フリガナ)']),
  phone: column(undefined, 'Phone', ['電話番号', '配送先電話番号', 'TEL']),
  postalCode: column(undefined, 'Postal code', ['郵便番号', '配送先郵便番号', 'ZIP CODE']),
};

/** What 受注CSV and 配送先商品CSV say of a person, under the same names. */
export const partyFields = [
  'name',
  'familyName',
  'givenName',
  'kana',
  'familyKana',
  'givenKana',
  'company',
  'phone',
  'phone1',
  'phone2',
  'phone3',
  'postalCode',
  'postalCode1',
  'postalCode2',
  'prefecture',
  'address1',
  'address2',
] as const;

/** Columns by what their cells have to be. */
export const orderFields = {
  texts: ['email', 'note', 'carrier', 'carrierId', 'slipNumber', 'invoiceKind', 'npWord', 'npTransactionId'],
  needed: ['orderNumber', 'status', 'payment'],
  amounts: ['discount', 'deliveryFee', 'usePoint'],
  moments: ['changedAt', 'shippedAt'],
} as const;
export const itemFields = {
  texts: ['productName', 'variation1', 'variation2'],
  prices: ['price', 'priceWithoutTax'],
} as const;
