import type { FileColumn } from '@np-hub/kit';

/** A column by what people call it, and the headers under which files of the cart have it. */
const column = (ja: string, en: string, headers: readonly string[], more: Partial<FileColumn> = {}): FileColumn => ({
  label: { ja, en },
  headers,
  ...more,
});

/**
 * Put the cart's own headers into the lists: `['受注番号', '注文ID']`, the usual one first; delete the columns that the
 * file lacks, here and in the lists below. For a file without a header give `{ position: 0, shape: /\d+/ }` and so on
 * instead: what a value looks like is all that tells such a file from others. One row for each line of an order, or one
 * for each order: both are read. Say which headers are confirmed, observed or assumed, with the source.
 */
export const orderColumns = {
  orderNumber: column('注文番号', 'Order number', [], { required: true }),
  orderedAt: column('注文日時', 'Ordered at', [], { required: true }),
  changedAt: column('更新日時', 'Changed at', []),
  status: column('注文の状況', 'Status', [], { required: true }),
  payment: column('支払方法', 'Payment method', [], { required: true }),
  billed: column('請求額', 'Billed amount', [], { required: true }),
  shipping: column('送料', 'Shipping fee', []),
  fee: column('手数料', 'Payment fee', []),
  discount: column('値引き', 'Discount', []),
  productName: column('商品名', 'Product', []),
  unitPrice: column('単価(税込)', 'Unit price, tax included', []),
  quantity: column('数量', 'Quantity', []),
  buyerName: column('注文者名', 'Buyer', []),
  buyerKana: column('注文者名(フリガナ)', 'Buyer (kana)', []),
  buyerPostalCode: column('郵便番号', 'Postal code', []),
  buyerPrefecture: column('都道府県', 'Prefecture', []),
  buyerAddress: column('住所', 'Address', []),
  buyerPhone: column('電話番号', 'Phone', []),
  buyerEmail: column('メールアドレス', 'Mail address', []),
  receiverName: column('送付先名', 'Receiver', []),
  receiverPostalCode: column('送付先郵便番号', "Receiver's postal code", []),
  receiverPrefecture: column('送付先都道府県', "Receiver's prefecture", []),
  receiverAddress: column('送付先住所', "Receiver's address", []),
  receiverPhone: column('送付先電話番号', "Receiver's phone", []),
  carrier: column('配送業者', 'Carrier', []),
  slipNumber: column('伝票番号', 'Slip number', []),
  shippedAt: column('出荷日', 'Shipped on', []),
  npWord: column('NPの状況', 'NP status', []),
  npTransactionId: column('NP取引ID', 'NP transaction id', []),
  note: column('備考', 'Note', []),
};
export type OrderColumn = keyof typeof orderColumns;

/** Where an order has to say something, in one row at least; and what each row has to say. */
export const needed = ['orderedAt', 'status', 'payment', 'billed'] as const;
export const ofEachRow = ['productName', 'unitPrice', 'quantity'] as const;
/** Columns that hold whole yen or counts, and those that hold moments: what is written there has to be readable. */
export const amounts = ['billed', 'shipping', 'fee', 'discount', 'unitPrice', 'quantity'] as const;
export const times = ['orderedAt', 'changedAt', 'shippedAt'] as const;

/** Columns about the whole order: two rows of one order that fill them differently cannot both be right. */
export const agreeing: readonly OrderColumn[] = [
  'orderedAt',
  'changedAt',
  'status',
  'payment',
  'billed',
  'shipping',
  'fee',
  'discount',
  'buyerName',
  'buyerKana',
  'buyerPostalCode',
  'buyerPrefecture',
  'buyerAddress',
  'buyerPhone',
  'buyerEmail',
  'npWord',
  'npTransactionId',
];
