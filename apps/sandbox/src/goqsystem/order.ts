import { makeOrderNumber } from '../life/generate.js';
import { japanCompact } from '../japan-time.js';
import type { OfficeOrder } from '../offices/book.js';
import type { NewOrder } from '../offices/office.js';
import { type Goods, makeGoods, makePerson, type Person } from '../offices/people.js';
import { between, pick, type Random } from '../random.js';
import { labelNew, makeshopMall, malls, npPayment } from './words.js';

interface GoqLine {
  readonly goods: Goods;
  readonly receiver: Person;
}

/** One order of a mall, as GoQ keeps it. Amounts are whole yen with tax. */
export interface GoqOrder extends OfficeOrder {
  /** 受注番号: the mall's own. */
  readonly mallNumber: string;
  readonly mall: string;
  /** 受注ステータス. */
  readonly label: string;
  readonly buyer: Person;
  readonly lines: readonly GoqLine[];
  readonly shippingYen: number;
  readonly feeYen: number;
  readonly payment: string;
  readonly carrier: string;
  readonly checkItems: string;
  readonly pieces: number;
  readonly slipNumbers: readonly string[];
  readonly shippedAtMs: number | null;
  readonly memo: string;
  readonly note: string;
  readonly npWord: string;
  readonly npSync: string;
  readonly npTransactionId: string;
  readonly npError: string;
}

/** 合計金額: the goods alone. */
export const totalYenOf = ({ lines }: Pick<GoqOrder, 'lines'>): number =>
  lines.reduce((sum, { goods }) => sum + goods.priceYen * goods.quantity, 0);

/** 請求額: what the buyer pays. */
export const billedYenOf = (order: GoqOrder): number => totalYenOf(order) + order.shippingYen + order.feeYen;

const firstNumber = 183_479;

function mallNumberOf(mall: string, random: Random, placedAtMs: number): string {
  if (mall === makeshopMall) return makeOrderNumber(placedAtMs, () => false);
  return `263105-${japanCompact(placedAtMs).slice(0, 8)}-${between(random, 1_000_000_000, 9_999_999_999)}`;
}

/** A believable order of a buyer who chose NP後払い. */
export function makeGoqOrder(random: Random, index: number, placedAtMs: number): NewOrder<GoqOrder> {
  const buyer = makePerson(random);
  const receiver = random() < 0.15 ? makePerson(random) : buyer;
  const mall = pick(random, malls);
  const lines = makeGoods(random).map((goods) => ({ goods, receiver }));
  return {
    number: String(firstNumber + index),
    mallNumber: mallNumberOf(mall, random, placedAtMs),
    mall,
    placedAtMs,
    label: labelNew,
    buyer,
    lines,
    shippingYen: totalYenOf({ lines }) >= 10_000 ? 0 : 650,
    feeYen: 205,
    payment: npPayment,
    carrier: pick(random, ['佐川急便', 'ヤマト運輸', 'ヤマト運輸', 'ゆうパック']),
    checkItems: random() < 0.2 ? 'のし' : '',
    pieces: random() < 0.15 ? 2 : 1,
    slipNumbers: [],
    shippedAtMs: null,
    memo: '',
    note: random() < 0.2 ? '平日の午前中に届けてください。' : '',
    npWord: '',
    npSync: '',
    npTransactionId: '',
    npError: '',
  };
}
