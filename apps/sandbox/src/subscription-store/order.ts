import { japanDate } from '../japan-time.js';
import type { OfficeOrder } from '../offices/book.js';
import type { NewOrder } from '../offices/office.js';
import { type Goods, makeGoods, makePerson, type Person } from '../offices/people.js';
import { between, pick, type Random } from '../random.js';
import { type Generation, isNpPayment, npPayments, type OrderStatus, shippingMethods } from './words.js';

export interface StoreDestination {
  readonly person: Person;
  readonly goods: readonly Goods[];
}

/** 注文: a single one, or a child of a course. */
export interface StoreOrder extends OfficeOrder {
  readonly orderStatus: OrderStatus;
  /** 決済状況; empty where the order is not paid by NP後払い. */
  readonly creditStatus: string;
  readonly payment: string;
  readonly npTransactionId: string;
  readonly npError: string;
  /** Null: 単品. `count` is 定期回数, from 1. */
  readonly course: {
    readonly number: string;
    readonly count: number;
    readonly generation: Generation;
  } | null;
  readonly buyer: Person;
  readonly destinations: readonly StoreDestination[];
  readonly shippingMethod: string;
  readonly slipNumber: string;
  /** `YYYY-MM-DD`, empty until the goods have left. */
  readonly shippedOn: string;
  /** 発送予定日, `YYYY-MM-DD`. */
  readonly plannedShipOn: string;
  readonly shippingYen: number;
  readonly feeYen: number;
  readonly couponYen: number;
  readonly pointsYen: number;
  readonly note: string;
  /** The 出荷停止 box, which 与信NG never ticks. */
  readonly shipmentStopped: boolean;
  /** What a result asks for beside the word, until the cart has done it. */
  readonly asked: { readonly payment: string; readonly stopCourse: boolean } | null;
  /** It has stopped its course once: after 再開 no later copy of the same result stops it again. */
  readonly stoppedCourse: boolean;
  /** 通知ログ, oldest first. */
  readonly notices: readonly { readonly atMs: number; readonly text: string }[];
}

/** The stores of the sandbox, and how their order numbers begin. */
export const stores = {
  'subscription-store': { label: 'サブスクストア', prefix: 'SS' },
  'subscription-store-real-time': { label: 'サブスクストア(リアルタイム)', prefix: 'SR' },
} as const;
export type StoreId = keyof typeof stores;

const goodsYenOf = ({ destinations }: Pick<StoreOrder, 'destinations'>): number =>
  destinations
    .flatMap(({ goods }) => goods)
    .reduce((sum, { priceYen, quantity }) => sum + priceYen * quantity, 0);

/** 請求金額. */
export const billedYenOf = (order: Omit<StoreOrder, 'changedAtMs' | 'life'>): number =>
  goodsYenOf(order) + order.shippingYen + order.feeYen - order.couponYen - order.pointsYen;

export const isClosed = ({ orderStatus }: Pick<StoreOrder, 'orderStatus'>): boolean =>
  ['キャンセル', '返品', '削除'].includes(orderStatus);

const dayMs = 86_400_000;
const firstNumber = 26_100_001;

export const dayAfter = (atMs: number, days: number): string => japanDate(atMs + days * dayMs);

/** What a payment method costs the buyer. */
export const feeYenOf = (payment: string): number =>
  isNpPayment(payment) ? 220 : payment === '代引き' ? 330 : 0;

export const numberAt = (officeId: string, index: number): string =>
  `${stores[officeId as StoreId].prefix}${firstNumber + index}`;
export const indexOfNumber = (number: string): number => Number(number.slice(2)) - firstNumber;

/** A believable 単品 order of a buyer who chose NP後払い. It ships within the three days in which credit is checked. */
export function makeStoreOrder(
  officeId: string,
  random: Random,
  { index, placedAtMs }: { readonly index: number; readonly placedAtMs: number },
): NewOrder<StoreOrder> {
  const buyer = makePerson(random);
  const person = random() < 0.15 ? { ...makePerson(random), email: '' } : buyer;
  const goods = makeGoods(random);
  return {
    number: numberAt(officeId, index),
    placedAtMs,
    orderStatus: '出荷待ち',
    creditStatus: '取引審査待ち',
    payment: npPayments[0],
    npTransactionId: '',
    npError: '',
    course: null,
    buyer,
    destinations: [{ person, goods }],
    shippingMethod: pick(random, shippingMethods.slice(0, 3)),
    slipNumber: '',
    shippedOn: '',
    plannedShipOn: dayAfter(placedAtMs, between(random, 0, 3)),
    shippingYen: goodsYenOf({ destinations: [{ person, goods }] }) >= 10_000 ? 0 : 660,
    feeYen: feeYenOf(npPayments[0]),
    couponYen: random() < 0.1 ? 500 : 0,
    pointsYen: random() < 0.1 ? 100 : 0,
    note: random() < 0.2 ? '平日の午前中に届けてください。' : '',
    shipmentStopped: false,
    asked: null,
    stoppedCourse: false,
    notices: [],
  };
}
