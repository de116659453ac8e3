/**
 * The part of makeshop's GraphQL API that the stand-in speaks. The vendor's reference could not be read completely.
 *
 * confirmed (vendor's reference page): the headers `authorization: Bearer`, `x-api-key`, `x-timestamp` (unix seconds, one hour).
 * observed (public clients): address ending `/v1/graphql`, `searchOrder` and the three mutations with their names and shapes,
 *   `deliveryStatus` N Y C R, `YYYYMMDDHHmmss`, page from 1, limit up to 1,000, `||` in messages, `P` + 18 digits.
 * assumed: everything in `assumedFields`, every type (nullability, Int), and `updateOrderPaymentStatus`.
 */

/** Names that no public source shows. A real shop may call them otherwise. */
export const assumedFields: readonly string[] = [
  'SearchedOrder.senderKana',
  'SearchedOrder.senderPost',
  'SearchedOrder.senderAddress',
  'SearchedOrder.senderAddress2',
  'SearchedOrder.senderTel',
  'SearchedOrder.senderEmail',
  'SearchedOrder.senderCompany',
  'SearchedOrder.senderDepartment',
  'SearchedOrder.settlementFee',
  'SearchedOrder.usePoint',
  'SearchedOrder.couponDiscount',
  'SearchedOrder.totalShippingCharge',
  'SearchedOrder.npTransactionId',
  'SearchedOrder.paymentStatus',
  'DeliveryInfo.receiverKana',
  'DeliveryInfo.receiverCompany',
  'DeliveryInfo.receiverDepartment',
  'DeliveryInfo.deliveryCompanyCode',
  'Mutation.updateOrderPaymentStatus',
];

/** The ten words of 決済ステータス (seed manual, confirmed). */
export const paymentWords = [
  '審査待ち(準備中)',
  '審査待ち',
  '審査中',
  '審査保留',
  '審査NG',
  '審査OK',
  '出荷報告(準備中)',
  '出荷報告中',
  '出荷報告完了',
  '要確認',
] as const;

/** Payment methods by letter: the legacy API's list (observed); that GraphQL uses the same letters is inferred. */
export const paymentMethods: Readonly<Record<string, string>> = {
  N: 'NP後払い',
  R: '代金引換',
  A: '後払い.COM',
  M: '後払い決済(Paid)',
  B1: 'GMO後払い',
  B: '銀行振込',
  P: 'ゆうちょ銀行',
  Z: 'コンビニ',
  M1: '銀行振込',
  D1: 'Amazon Pay',
};

/** `paymentStatusCode` of other methods, as one shop saw them (observed). Those of NP are not known: null. */
export const paymentStatusCodes: Readonly<Record<string, string>> = {
  R: '0000',
  B: '0002',
  P: '0002',
  M1: '0002',
};

/** Seconds for which `x-timestamp` is valid (confirmed). */
export const timestampValidSeconds = 3600;

/** assumed: orders named in one webhook. */
export const webhookOrderLimit = 100;

export const schemaText = `
type Query {
  searchOrder(input: SearchOrderRequest!): SearchOrderResponse!
}

type Mutation {
  updateOrderAttribute(input: UpdateOrderAttributeRequest!): UpdateOrderAttributeResponse!
  updateOrderDeliveryStatus(input: UpdateOrderDeliveryStatusRequest!): UpdateOrderDeliveryStatusResponse!
  cancelOrder(input: CancelOrderRequest!): CancelOrderResponse!
  updateOrderPaymentStatus(input: UpdateOrderPaymentStatusRequest!): UpdateOrderPaymentStatusResponse!
}

enum SortOrder { ASC DESC }
enum OrderDeliveryStatus { NOT_YET COMPLETED }

input SearchOrderRequest {
  startOrderDate: String
  endOrderDate: String
  startPaymentDate: String
  endPaymentDate: String
  deliveryStatus: String
  sortOrder: SortOrder
  page: Int
  limit: Int
}

type SearchOrderResponse {
  searchedCount: Int!
  page: Int!
  limit: Int!
  orders: [SearchedOrder!]!
}

type SearchedOrder {
  systemOrderNumber: String!
  displayOrderNumber: String!
  orderDate: String!
  memberId: String
  senderName: String
  senderKana: String
  senderPost: String
  senderPrefecture: String
  senderAddress: String
  senderAddress2: String
  senderTel: String
  senderEmail: String
  senderCompany: String
  senderDepartment: String
  payMethod: String
  paymentStatusCode: String
  paymentStatus: String
  npTransactionId: String
  sumPrice: Int!
  totalShippingCharge: Int!
  settlementFee: Int!
  usePoint: Int!
  couponDiscount: Int!
  message: String
  deliveryInfos: [DeliveryInfo!]!
}

type DeliveryInfo {
  deliveryId: Int!
  deliveryStatus: String!
  desiredDeliveryDate: String
  desiredDeliveryTimezone: String
  receiverName: String
  receiverKana: String
  receiverPost: String
  receiverPrefecture: String
  receiverAddress: String
  receiverAddress2: String
  receiverTel: String
  receiverCompany: String
  receiverDepartment: String
  shippingCharge: Int!
  deliverySumPrice: Int!
  wmsStatus: String
  deliveryMessage: String
  deliveryMethodIds: [Int!]
  slipNumber: String
  deliveryCompanyCode: String
  deliveryDate: String
  estimatedShipmentDate: String
  basketInfos: [BasketInfo!]!
}

type BasketInfo {
  productCode: String
  productCustomCode: String
  variationCustomCode: String
  productName: String
  variationName: String
  customSelects: [CustomSelect!]!
  amount: Int!
  price: Int!
  janCode: String
}

type CustomSelect {
  customSelectName: String
  selectedItemName: String
}

input UpdateOrderAttributeRequest { updateOrderAttributes: [OrderAttribute!]! }
input OrderAttribute { displayOrderNumber: String! deliveryRequestInfos: [DeliveryRequestInfo!] }
input DeliveryRequestInfo { deliveryId: Int! slipNumber: String deliveryCompanyCode: String }
type UpdateOrderAttributeResponse { updateOrderAttributeResults: [OrderResult!]! }
type OrderResult { displayOrderNumber: String! message: String }

input UpdateOrderDeliveryStatusRequest { updateOrderDeliveryStatusRequests: [DeliveryStatusRequest!]! }
input DeliveryStatusRequest { displayOrderNumber: String! deliveryId: Int! deliveryStatus: OrderDeliveryStatus! }
type UpdateOrderDeliveryStatusResponse { updateOrderDeliveryStatusResults: [DeliveryResult!]! }
type DeliveryResult { displayOrderNumber: String! deliveryId: Int! message: String }

input CancelOrderRequest { cancelOrderRequests: [CancelRequest!]! }
input CancelRequest { displayOrderNumber: String! deliveryId: Int! isReturnStock: Boolean isReturnPoint: Boolean }
type CancelOrderResponse { cancelOrderResults: [DeliveryResult!]! }

input UpdateOrderPaymentStatusRequest { updateOrderPaymentStatusRequests: [PaymentStatusRequest!]! }
input PaymentStatusRequest { displayOrderNumber: String! paymentStatus: String! }
type UpdateOrderPaymentStatusResponse { updateOrderPaymentStatusResults: [OrderResult!]! }
`;
