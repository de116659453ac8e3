import type { World } from '../world.js';
import type { Delivery, DeliveryStatus, Order, Party } from './store.js';
import type { Webhooks } from './webhooks.js';

/** What makeshop's staff, its buyers and its API do to orders. Each change is journaled and notified. */
export class Staff {
  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
  ) {}

  place(order: Order): void {
    this.world.orders.add(order);
    this.webhooks.notify(order, 'order_updated');
  }

  #change(order: Order, set: Partial<Order>): void {
    this.world.orders.change(order, set);
    this.webhooks.notify(order, 'order_updated');
  }

  #changeDeliveries(order: Order, deliveryId: number | null, change: (delivery: Delivery) => Delivery): void {
    const deliveries = order.deliveries.map((delivery) =>
      deliveryId === null || delivery.deliveryId === deliveryId ? change(delivery) : delivery,
    );
    this.#change(order, { deliveries });
  }

  /** Changes the order's contents. makeshop then sets 審査待ち(準備中) where its word allowed edits. */
  edit(
    order: Order,
    set: Partial<Order>,
    sender: Partial<Party> = {},
    receivers: readonly { deliveryId: number; receiver: Partial<Party> }[] = [],
  ): void {
    const isEditable = ['要確認', '審査保留', '審査OK'].includes(order.paymentStatus);
    const resets = this.world.settings.wordResetsOnEdit && isEditable;
    const deliveries = (set.deliveries ?? order.deliveries).map((delivery) => {
      const change = receivers.find(({ deliveryId }) => deliveryId === delivery.deliveryId);
      return change ? { ...delivery, receiver: { ...delivery.receiver, ...change.receiver } } : delivery;
    });
    this.#change(order, {
      ...set,
      sender: { ...order.sender, ...sender },
      deliveries,
      ...(resets ? { paymentStatus: '審査待ち(準備中)' } : {}),
    });
  }

  /** 配送完了, with slip number and carrier, for one delivery or for all. */
  ship(order: Order, deliveryId: number | null, slipNumber: string, companyCode: string): void {
    this.#changeDeliveries(order, deliveryId, (delivery) => ({
      ...delivery,
      status: 'Y',
      slipNumber,
      companyCode,
      deliveredAtMs: this.world.nowMs(),
    }));
  }

  /** Back to 未配送. The slip number stays in its field, as it does in the cart. */
  withdrawShipment(order: Order, deliveryId: number | null): void {
    this.setDeliveryStatus(order, deliveryId, 'N');
  }

  setDeliveryStatus(order: Order, deliveryId: number | null, status: DeliveryStatus): void {
    const deliveredAtMs = status === 'Y' ? this.world.nowMs() : null;
    this.#changeDeliveries(order, deliveryId, (delivery) => ({
      ...delivery,
      status,
      deliveredAtMs: status === 'N' || status === 'Y' ? deliveredAtMs : delivery.deliveredAtMs,
    }));
  }

  setParcel(order: Order, deliveryId: number, slipNumber: string, companyCode: string): void {
    this.#changeDeliveries(order, deliveryId, (delivery) => ({ ...delivery, slipNumber, companyCode }));
  }

  cancel(order: Order): void {
    this.setDeliveryStatus(order, null, 'C');
  }

  remove(order: Order): void {
    this.world.orders.change(order, { isDeleted: true });
    this.webhooks.notify(order, 'order_deleted');
  }

  /** Brings a deleted or cancelled order back. */
  restore(order: Order): void {
    const deliveries = order.deliveries.map((delivery) =>
      delivery.status === 'C' ? { ...delivery, status: 'N' as const } : delivery,
    );
    this.#change(order, { isDeleted: false, deliveries });
  }

  /** Another method has no fee (seed manual) and no NP word; NP again begins at the first word. */
  changePaymentMethod(order: Order, payMethod: string): void {
    this.#change(order, {
      payMethod,
      settlementFeeYen: 0,
      paymentStatus: payMethod === 'N' ? '審査待ち(準備中)' : '',
    });
  }

  /** Paints the word, as 決済ステータスを変更する does. 審査OK counts as paid in makeshop. */
  setWord(order: Order, paymentStatus: string): void {
    if (order.paymentStatus === paymentStatus) return;
    const paidAtMs = paymentStatus === '審査OK' ? (order.paidAtMs ?? this.world.nowMs()) : order.paidAtMs;
    this.#change(order, { paymentStatus, paidAtMs });
  }
}
