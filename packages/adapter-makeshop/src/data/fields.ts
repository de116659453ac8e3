/**
 * The fields that are read, by their GraphQL names. `observed` ones were seen in queries of public client code;
 * `assumed` ones exist in the cart's screens and CSV, but no public query shows their names: a shop can rename
 * them, or leave out those that its API lacks, in its settings (`fieldNames`).
 */
export const observed = {
  orderTexts: ['displayOrderNumber', 'orderDate', 'senderName', 'senderPrefecture', 'payMethod', 'message'],
  orderAmounts: ['sumPrice'],
  deliveryTexts: [
    'deliveryStatus',
    'receiverName',
    'receiverPost',
    'receiverPrefecture',
    'receiverAddress',
    'receiverAddress2',
    'receiverTel',
    'slipNumber',
    'deliveryDate',
    'estimatedShipmentDate',
  ],
  deliveryAmounts: ['shippingCharge'],
  basketTexts: ['productName', 'variationName'],
  basketAmounts: ['amount', 'price'],
  selectTexts: ['customSelectName', 'selectedItemName'],
} as const;

export const assumed = {
  orderTexts: [
    'senderKana',
    'senderPost',
    'senderAddress',
    'senderAddress2',
    'senderTel',
    'senderEmail',
    'senderCompany',
    'senderDepartment',
    'paymentStatus',
    'npTransactionId',
  ],
  orderAmounts: ['settlementFee', 'usePoint', 'couponDiscount', 'totalShippingCharge'],
  /** The values of `deliveryCompanyCode` are observed, as an input of `updateOrderAttribute`. */
  deliveryTexts: ['deliveryCompanyCode', 'receiverKana', 'receiverCompany', 'receiverDepartment'],
} as const;

export const assumedNames = [
  ...assumed.orderTexts,
  ...assumed.orderAmounts,
  ...assumed.deliveryTexts,
] as const;
