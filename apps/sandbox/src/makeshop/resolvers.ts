import type { Shop } from '../config.js';
import type { World } from '../world.js';
import { type SearchOrderRequest, searchOrders } from './search.js';
import type { Staff } from './staff.js';
import type { Order } from './store.js';
import type { Webhooks } from './webhooks.js';
import { paymentWords } from './wire.js';

interface OrderLine {
  readonly displayOrderNumber: string;
}
interface DeliveryLine extends OrderLine {
  readonly deliveryId: number;
}
interface AttributeLine extends OrderLine {
  readonly deliveryRequestInfos?:
    readonly { deliveryId: number; slipNumber?: string | null; deliveryCompanyCode?: string | null }[] | null;
}
interface StatusLine extends DeliveryLine {
  readonly deliveryStatus: 'NOT_YET' | 'COMPLETED';
}
interface WordLine extends OrderLine {
  readonly paymentStatus: string;
}

/** assumed: the texts of the refusals. That a null message means success is observed. */
const messages = {
  noOrder: '注文が存在しません。',
  noDelivery: '配送先が存在しません。',
  cancelled: 'キャンセル済みの注文です。',
  notNp: 'NP後払いの注文ではありません。',
  unknownWord: '決済ステータスが正しくありません。',
};

/** The functions behind the schema, for one shop. graphql-js has checked the shapes of the arguments. */
export function resolversFor(world: World, shop: Shop, staff: Staff, webhooks: Webhooks) {
  const find = (displayOrderNumber: string): Order | undefined => {
    const order = world.orders.get(displayOrderNumber);
    return order?.shopId === shop.shopId && !order.isDeleted ? order : undefined;
  };
  const change = (work: () => void): void => {
    if (world.settings.webhookOnApiChanges) work();
    else webhooks.muted(work);
  };
  const hasDelivery = (order: Order, deliveryId: number): boolean =>
    order.deliveries.some((delivery) => delivery.deliveryId === deliveryId);

  const onDelivery = (line: DeliveryLine, work: (order: Order) => void): string | null => {
    const order = find(line.displayOrderNumber);
    if (!order) return messages.noOrder;
    const delivery = order.deliveries.find(({ deliveryId }) => deliveryId === line.deliveryId);
    if (!delivery) return messages.noDelivery;
    if (delivery.status === 'C') return messages.cancelled;
    change(() => work(order));
    return null;
  };

  const setAttributes = (line: AttributeLine): string | null => {
    const order = find(line.displayOrderNumber);
    if (!order) return messages.noOrder;
    const parcels = line.deliveryRequestInfos ?? [];
    if (!parcels.every(({ deliveryId }) => hasDelivery(order, deliveryId))) return messages.noDelivery;
    change(() => {
      for (const { deliveryId, slipNumber, deliveryCompanyCode } of parcels) {
        staff.setParcel(order, deliveryId, slipNumber ?? '', deliveryCompanyCode ?? '000');
      }
    });
    return null;
  };

  const setWord = ({ displayOrderNumber, paymentStatus }: WordLine): string | null => {
    const order = find(displayOrderNumber);
    if (!order) return messages.noOrder;
    if (order.payMethod !== 'N') return messages.notNp;
    if (!paymentWords.some((word) => word === paymentStatus)) return messages.unknownWord;
    change(() => staff.setWord(order, paymentStatus));
    return null;
  };

  const ofOrder = (line: OrderLine, message: string | null) => ({
    displayOrderNumber: line.displayOrderNumber,
    message,
  });
  const ofDelivery = (line: DeliveryLine, message: string | null) => ({
    ...ofOrder(line, message),
    deliveryId: line.deliveryId,
  });

  return {
    searchOrder: ({ input }: { input: SearchOrderRequest }) =>
      searchOrders(world.orders.ofShop(shop.shopId), input),
    updateOrderAttribute: ({ input }: { input: { updateOrderAttributes: readonly AttributeLine[] } }) => ({
      updateOrderAttributeResults: input.updateOrderAttributes.map((line) =>
        ofOrder(line, setAttributes(line)),
      ),
    }),
    updateOrderDeliveryStatus: ({
      input,
    }: {
      input: { updateOrderDeliveryStatusRequests: readonly StatusLine[] };
    }) => ({
      updateOrderDeliveryStatusResults: input.updateOrderDeliveryStatusRequests.map((line) => {
        const status = line.deliveryStatus === 'COMPLETED' ? 'Y' : 'N';
        return ofDelivery(
          line,
          onDelivery(line, (order) => staff.setDeliveryStatus(order, line.deliveryId, status)),
        );
      }),
    }),
    cancelOrder: ({ input }: { input: { cancelOrderRequests: readonly DeliveryLine[] } }) => ({
      cancelOrderResults: input.cancelOrderRequests.map((line) =>
        ofDelivery(
          line,
          onDelivery(line, (order) => staff.setDeliveryStatus(order, line.deliveryId, 'C')),
        ),
      ),
    }),
    updateOrderPaymentStatus: ({
      input,
    }: {
      input: { updateOrderPaymentStatusRequests: readonly WordLine[] };
    }) => ({
      updateOrderPaymentStatusResults: input.updateOrderPaymentStatusRequests.map((line) =>
        ofOrder(line, setWord(line)),
      ),
    }),
  };
}
