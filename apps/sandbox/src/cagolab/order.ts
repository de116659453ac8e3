import { between, type Random } from '../random.js';
import type { OfficeOrder } from '../offices/book.js';
import type { NewOrder } from '../offices/office.js';
import { type Goods, makeGoods, makePerson, type Person } from '../offices/people.js';
import { carriers, npPayment, statusNew } from './words.js';

interface CagolabParty extends Person {
  readonly company: string;
}

interface CagolabDestination {
  readonly party: CagolabParty;
  readonly items: readonly Goods[];
}

/** 受注, with what カゴラボ adds to EC-CUBE's: the carrier by name, 配送伝票番号, 請求書区分 and the NP fields. */
export interface CagolabOrder extends OfficeOrder {
  readonly status: number;
  readonly customerId: number;
  readonly buyer: CagolabParty;
  readonly destinations: readonly CagolabDestination[];
  /** 要望等, of the buyer. */
  readonly message: string;
  readonly shopMemo: string;
  readonly discountYen: number;
  readonly deliveryFeeYen: number;
  readonly chargeYen: number;
  readonly usePoint: number;
  readonly payment: string;
  readonly carrier: string;
  readonly slipNumber: string;
  readonly shippedAtMs: number | null;
  readonly invoiceKind: string;
  readonly npWord: string;
  readonly npTransactionId: string;
  readonly npError: string;
}

const goodsYen = (items: readonly Goods[]): number =>
  items.reduce((sum, { priceYen, quantity }) => sum + priceYen * quantity, 0);

/** 小計. */
export const subtotalYenOf = ({ destinations }: Pick<CagolabOrder, 'destinations'>): number =>
  destinations.reduce((sum, { items }) => sum + goodsYen(items), 0);

/** 合計: before points. */
export const totalYenOf = (order: CagolabOrder): number =>
  subtotalYenOf(order) + order.deliveryFeeYen + order.chargeYen - order.discountYen;

/** お支払い合計. */
export const paymentTotalYenOf = (order: CagolabOrder): number => totalYenOf(order) - order.usePoint;

const firstNumber = 20_001;

const carrierOf = (random: Random): string =>
  carriers[between(random, 0, carriers.length - 1)] ?? carriers[0];

/** A believable order of a buyer who chose NP後払い. */
export function makeCagolabOrder(random: Random, index: number, placedAtMs: number): NewOrder<CagolabOrder> {
  const buyer = { ...makePerson(random), company: '' };
  const party = random() < 0.15 ? { ...makePerson(random), company: '' } : buyer;
  const destinations = [{ party, items: makeGoods(random) }];
  return {
    number: String(firstNumber + index),
    placedAtMs,
    status: statusNew,
    customerId: random() < 0.5 ? 0 : between(random, 1, 900),
    buyer,
    destinations,
    message: random() < 0.2 ? '平日の午前中に\n届けてください。' : '',
    shopMemo: '',
    discountYen: random() < 0.1 ? 300 : 0,
    deliveryFeeYen: subtotalYenOf({ destinations }) >= 10_000 ? 0 : 550,
    chargeYen: 220,
    usePoint: random() < 0.1 ? 100 : 0,
    payment: npPayment,
    carrier: carrierOf(random),
    slipNumber: '',
    shippedAtMs: null,
    invoiceKind: '別送',
    npWord: '取引登録中',
    npTransactionId: '',
    npError: '',
  };
}
