import type { State } from '@np-hub/model';
import type { CartOrder, NpTransaction } from './cart.js';

/**
 * What the hub has to say of an order, told from the two records of the outside world alone: the cart's and NP's.
 * Nothing of the hub's own code is used, so that a mistake of the hub cannot hide in it.
 */

/** Whether the cart itself has closed the order, and how. */
function closedBy(order: CartOrder): 'released' | 'cancelled' | null {
  if (order.payMethod !== 'N') return 'released';
  if (order.isDeleted) return 'cancelled';
  return order.deliveries.every(({ status }) => status === 'C') ? 'cancelled' : null;
}

const byNpState: Readonly<Record<NpTransaction['state'], State>> = {
  'not-reviewed': 'reviewing',
  reviewing: 'reviewing',
  approved: 'approved',
  held: 'held',
  rejected: 'rejected',
  error: 'reviewing',
  reported: 'reported',
  paid: 'paid',
  cancelled: 'lapsed',
  lapsed: 'lapsed',
};

/** The state that follows from both records; `transactions` are NP's about this order, oldest first. */
export function impliedState(order: CartOrder, transactions: readonly NpTransaction[]): State {
  const last = transactions.at(-1);
  const closed = closedBy(order);
  if (closed) return last?.state === 'paid' ? 'cancel-refused-paid' : closed;
  if (isHalfWay(transactions)) return 'reissue-failed';
  return last ? byNpState[last.state] : 'blocked';
}

/**
 * What was reported has been cancelled because a part came back, and what is left has not been reported. What NP has
 * re-registered is known by NP's own mark; an order that was registered anew is one like any other.
 */
function isHalfWay(transactions: readonly NpTransaction[]): boolean {
  const last = transactions.at(-1);
  const base = transactions.findLast(({ report }) => report !== null);
  if (!last || base?.state !== 'cancelled') return false;
  return last === base || last.npTransactionId === base.reregisteredAs;
}

/** The makeshop column of the table of states and words; undefined: nothing is to be shown. */
export const makeshopWords: Readonly<Partial<Record<State, string>>> = {
  blocked: '要確認',
  reviewing: '審査中',
  approved: '審査OK',
  held: '審査保留',
  rejected: '審査NG',
  'report-failed': '要確認',
  'reissue-failed': '要確認',
  reported: '出荷報告完了',
  paid: '出荷報告完了',
  lapsed: '要確認',
};

/** The word that the cart has to show; null where the cart has closed the order itself. */
export const impliedWord = (order: CartOrder, state: State): string | null =>
  closedBy(order) ? null : (makeshopWords[state] ?? null);

/** Transactions at NP that bill a buyer, or may: neither cancelled nor lapsed nor rejected. */
export const aliveAtNp = (transactions: readonly NpTransaction[]): readonly NpTransaction[] =>
  transactions.filter(({ isLive, state }) => isLive && state !== 'rejected');

const digits = (text: string): string => text.replace(/\D/g, '');
const bare = (text: unknown): string => String(text ?? '').replace(/[\s　]/g, '');
const inTokyo = (prefecture: string): string => (prefecture.startsWith('東京') ? '東京都' : prefecture);

/** Where NP's record of a transaction differs from the cart's order, by field; empty where all is the same. */
export function differences(order: CartOrder, { payload }: NpTransaction): string[] {
  const fee = order.settlementFeeYen;
  const lines = order.deliveries.flatMap(({ items }) => items);
  const shippingYen = order.deliveries.reduce((sum, delivery) => sum + delivery.shippingYen, 0);
  const receiver = order.deliveries[0]?.receiver ?? order.sender;
  const expected: Readonly<Record<string, unknown>> = {
    billed_amount: order.totalYen,
    shop_order_date: new Date(Date.parse(order.orderedAt) + 9 * 3_600_000).toISOString().slice(0, 10),
    settlement_type: '02',
    ...party('customer', order.sender),
    'customer.email': order.sender.email,
    ...party('dest_customer', receiver),
    goods: [
      ...lines.map(({ priceYen, quantity }) => priceYen * quantity),
      shippingYen,
      fee,
      -order.couponDiscountYen,
      -order.usePointYen,
    ]
      .filter((yen) => yen !== 0)
      .join(),
    goodsNames: lines.map(({ productName }) => bare(productName)).join(),
  };
  const goods = payload.goods ?? [];
  const actual: Readonly<Record<string, unknown>> = {
    ...payload,
    ...sent('customer', payload.customer ?? {}),
    'customer.email': payload.customer?.email,
    ...sent('dest_customer', payload.dest_customer ?? {}),
    goods: goods.map(({ goods_price: price, quantity }) => Number(price) * Number(quantity)).join(),
    goodsNames: goods
      .slice(0, lines.length)
      .map(({ goods_name: name }, index) =>
        bare(name).startsWith(bare(lines[index]?.productName)) ? bare(lines[index]?.productName) : bare(name),
      )
      .join(),
  };
  return Object.keys(expected).filter((field) => expected[field] !== actual[field]);
}

function party(prefix: string, of: CartOrder['sender']): Record<string, string> {
  return {
    [`${prefix}.name`]: bare(of.name),
    [`${prefix}.kana`]: bare(of.kana),
    [`${prefix}.zip`]: digits(of.post),
    [`${prefix}.address`]: bare(inTokyo(of.prefecture) + of.address + of.address2),
    [`${prefix}.tel`]: digits(of.tel),
  };
}

function sent(prefix: string, fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    [`${prefix}.name`]: bare(fields['customer_name']),
    [`${prefix}.kana`]: bare(fields['customer_name_kana']),
    [`${prefix}.zip`]: digits(bare(fields['zip_code'])),
    [`${prefix}.address`]: bare(fields['address']),
    [`${prefix}.tel`]: digits(bare(fields['tel'])),
  };
}
