import type { Journal } from '../journal.js';

/** A buyer or a receiver as the cart keeps them. `prefecture` is makeshop's own text, such as `東京(23区内)`. */
export interface Party {
  name: string;
  kana: string;
  post: string;
  prefecture: string;
  address: string;
  address2: string;
  tel: string;
  email: string;
  company: string;
  department: string;
}

export interface Item {
  productCode: string;
  productName: string;
  variationName: string;
  priceYen: number;
  quantity: number;
}

export type DeliveryStatus = 'N' | 'Y' | 'C' | 'R';

export interface Delivery {
  deliveryId: number;
  status: DeliveryStatus;
  receiver: Party;
  items: Item[];
  shippingYen: number;
  desiredDate: string;
  desiredTimezone: string;
  slipNumber: string;
  companyCode: string;
  deliveredAtMs: number | null;
}

/** What the demo life means to do with an order, and how far it has come. */
interface LifeNote {
  script: string;
  stage: number;
}

/** One order of a shop. Times are milliseconds since 1970, amounts whole yen with tax. */
export interface Order {
  readonly displayOrderNumber: string;
  readonly shopId: string;
  readonly orderedAtMs: number;
  memberId: string;
  sender: Party;
  payMethod: string;
  /** 決済ステータス, one of ten words; empty where the order is not NP後払い. */
  paymentStatus: string;
  paidAtMs: number | null;
  npTransactionId: string;
  settlementFeeYen: number;
  usePointYen: number;
  couponDiscountYen: number;
  message: string;
  deliveries: Delivery[];
  isDeleted: boolean;
  life: LifeNote | null;
}

/** What the buyer pays: goods and shipping and fee, less points and coupon. */
export function totalYenOf(order: Order): number {
  const deliveriesYen = order.deliveries.reduce((sum, delivery) => sum + deliveryYenOf(delivery), 0);
  return deliveriesYen + order.settlementFeeYen - order.usePointYen - order.couponDiscountYen;
}

/** Goods and shipping of one delivery. */
export function deliveryYenOf(delivery: Delivery): number {
  return delivery.items.reduce((sum, item) => sum + item.priceYen * item.quantity, delivery.shippingYen);
}

/** The carts' memory. Orders of a shop are kept in the order in which they were placed. */
export class OrderStore {
  readonly #orders = new Map<string, Order>();
  readonly #byShop = new Map<string, Order[]>();

  constructor(private readonly journal: Journal) {}

  get(displayOrderNumber: string): Order | undefined {
    return this.#orders.get(displayOrderNumber);
  }

  /** Orders of a shop, oldest first, deleted ones included. */
  ofShop(shopId: string): readonly Order[] {
    return this.#byShop.get(shopId) ?? [];
  }

  all(): IterableIterator<Order> {
    return this.#orders.values();
  }

  get size(): number {
    return this.#orders.size;
  }

  add(order: Order): void {
    this.restore(order.displayOrderNumber, order);
    this.journal.append({ kind: 'order', id: order.displayOrderNumber, set: order });
  }

  change(order: Order, set: Partial<Order>): void {
    Object.assign(order, set);
    this.journal.append({ kind: 'order', id: order.displayOrderNumber, set });
  }

  /** Replays one line of the journal. */
  restore(displayOrderNumber: string, set: object): void {
    const known = this.#orders.get(displayOrderNumber);
    if (known) {
      Object.assign(known, set);
      return;
    }
    const order = { ...set } as Order;
    this.#orders.set(displayOrderNumber, order);
    const siblings = this.#byShop.get(order.shopId);
    if (siblings) siblings.splice(firstAfter(siblings, order.orderedAtMs), 0, order);
    else this.#byShop.set(order.shopId, [order]);
  }

  clear(): void {
    this.#orders.clear();
    this.#byShop.clear();
  }
}

/** The index of the first order placed later than a moment, in a list sorted by that moment. */
export function firstAfter(orders: readonly Order[], atMs: number): number {
  let from = 0;
  let to = orders.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = orders[middle];
    if (order && order.orderedAtMs <= atMs) from = middle + 1;
    else to = middle;
  }
  return from;
}
