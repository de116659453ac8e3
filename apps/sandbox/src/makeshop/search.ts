import { GraphQLError } from 'graphql';
import { fromJapanCompact, japanCompact, japanDateTime } from '../japan-time.js';
import { type Delivery, deliveryYenOf, firstAfter, type Order, type Party, totalYenOf } from './store.js';
import { paymentStatusCodes } from './wire.js';

export interface SearchOrderRequest {
  readonly startOrderDate?: string | null;
  readonly endOrderDate?: string | null;
  readonly startPaymentDate?: string | null;
  readonly endPaymentDate?: string | null;
  readonly deliveryStatus?: string | null;
  readonly sortOrder?: 'ASC' | 'DESC' | null;
  readonly page?: number | null;
  readonly limit?: number | null;
}

/** observed: all clients use at most 1,000. assumed: without a limit it is 100. */
const limits = { default: 100, most: 1000 };

const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

function momentOf(text: string | null | undefined, name: string): number | null {
  if (text === null || text === undefined || text === '') return null;
  const atMs = fromJapanCompact(text);
  if (atMs === null) throw badInput(`${name} must be YYYYMMDDHHmmss`);
  return atMs;
}

/** Both ends of a window are included, to the second. */
function isWithin(atMs: number | null, startMs: number | null, endMs: number | null): boolean {
  if (startMs === null && endMs === null) return true;
  return atMs !== null && (startMs === null || atMs >= startMs) && (endMs === null || atMs < endMs + 1000);
}

/** `searchOrder`: the live orders of one shop under the filters, one page of them. Throws a GraphQL error on bad input. */
export function searchOrders(orders: readonly Order[], input: SearchOrderRequest) {
  const page = input.page ?? 1;
  const limit = input.limit ?? limits.default;
  if (page < 1) throw badInput('page starts at 1');
  if (limit < 1 || limit > limits.most) throw badInput(`limit must be 1 to ${limits.most}`);
  const status = input.deliveryStatus || null;
  if (status && !['N', 'Y', 'C', 'R'].includes(status)) throw badInput('deliveryStatus must be N, Y, C or R');
  const startMs = momentOf(input.startOrderDate, 'startOrderDate');
  const endMs = momentOf(input.endOrderDate, 'endOrderDate');
  const paidFromMs = momentOf(input.startPaymentDate, 'startPaymentDate');
  const paidToMs = momentOf(input.endPaymentDate, 'endPaymentDate');
  const found = orders
    .slice(
      startMs === null ? 0 : firstAfter(orders, startMs - 1),
      endMs === null ? orders.length : firstAfter(orders, endMs + 999),
    )
    .filter(
      (order) =>
        !order.isDeleted &&
        isWithin(order.paidAtMs, paidFromMs, paidToMs) &&
        (status === null || order.deliveries.some((delivery) => delivery.status === status)),
    );
  if (input.sortOrder === 'DESC') found.reverse();
  return {
    searchedCount: found.length,
    page,
    limit,
    orders: found.slice((page - 1) * limit, page * limit).map(wireOrder),
  };
}

function wireSender(sender: Party) {
  return {
    senderName: sender.name,
    senderKana: sender.kana,
    senderPost: sender.post,
    senderPrefecture: sender.prefecture,
    senderAddress: sender.address,
    senderAddress2: sender.address2,
    senderTel: sender.tel,
    senderEmail: sender.email,
    senderCompany: sender.company,
    senderDepartment: sender.department,
  };
}

function wireOrder(order: Order) {
  return {
    systemOrderNumber: order.displayOrderNumber,
    displayOrderNumber: order.displayOrderNumber,
    orderDate: japanDateTime(order.orderedAtMs),
    memberId: order.memberId,
    ...wireSender(order.sender),
    payMethod: order.payMethod,
    paymentStatusCode: paymentStatusCodes[order.payMethod] ?? null,
    paymentStatus: order.paymentStatus || null,
    npTransactionId: order.npTransactionId || null,
    sumPrice: totalYenOf(order),
    totalShippingCharge: order.deliveries.reduce((sum, delivery) => sum + delivery.shippingYen, 0),
    settlementFee: order.settlementFeeYen,
    usePoint: order.usePointYen,
    couponDiscount: order.couponDiscountYen,
    message: order.message,
    deliveryInfos: order.deliveries.map(wireDelivery),
  };
}

function wireDelivery(delivery: Delivery) {
  const { receiver } = delivery;
  return {
    deliveryId: delivery.deliveryId,
    deliveryStatus: delivery.status,
    desiredDeliveryDate: delivery.desiredDate || '--',
    desiredDeliveryTimezone: delivery.desiredTimezone || '--',
    receiverName: receiver.name,
    receiverKana: receiver.kana,
    receiverPost: receiver.post,
    receiverPrefecture: receiver.prefecture,
    receiverAddress: receiver.address,
    receiverAddress2: receiver.address2,
    receiverTel: receiver.tel,
    receiverCompany: receiver.company,
    receiverDepartment: receiver.department,
    shippingCharge: delivery.shippingYen,
    deliverySumPrice: deliveryYenOf(delivery),
    wmsStatus: '',
    deliveryMessage: '',
    deliveryMethodIds: [1],
    slipNumber: delivery.slipNumber,
    deliveryCompanyCode: delivery.companyCode,
    deliveryDate: delivery.deliveredAtMs === null ? '' : japanCompact(delivery.deliveredAtMs),
    estimatedShipmentDate: '--',
    basketInfos: delivery.items.map((item) => ({
      productCode: item.productCode,
      productCustomCode: '',
      variationCustomCode: '',
      productName: item.productName,
      variationName: item.variationName,
      customSelects: [],
      amount: item.quantity,
      price: item.priceYen,
      janCode: '',
    })),
  };
}
