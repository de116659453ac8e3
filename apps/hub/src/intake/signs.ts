import { currentAttempt, isLive, plainRaw, type CartSnapshot, type Facts, type Order } from '@np-hub/model';
import type { OpenShop } from '../shops/shops.js';

/** What tells whether a reading says anything new. */
export interface Known {
  readonly shop_id: string;
  readonly id: string;
  readonly order_number: string;
  readonly reading_hash: string;
  readonly content_hash: string;
  /** Settings have changed since: the same record may now read differently. */
  readonly reread: boolean;
  readonly missed_reads: number;
  readonly word_key: string | null;
  readonly pushed_word: string | null;
  /** When the cart had our last word; null while it is on its way. */
  readonly pushed_at: Date | null;
}

/** What the difference is taken against, read under lock. */
export interface Stored extends Known {
  readonly facts: Facts;
  readonly sealed_order: Buffer | null;
}

/** The hub is responsible: placed after take-over, and not at NP already by another way. */
export function isTakenOver(shop: OpenShop, order: Order): boolean {
  const orderedMs = Date.parse(order.orderedAt);
  if (!shop.takeoverAt || orderedMs < shop.takeoverAt.getTime()) return false;
  if (shop.retiredAt && orderedMs >= shop.retiredAt.getTime()) return false;
  return order.npTransactionId === null && !hasForeignWord(shop, order);
}

/**
 * An NP word on an order that the hub has never seen was written by the cart's own link, but for the words that a cart
 * shows before anything has reached NP.
 */
const hasForeignWord = ({ adapter: { words } }: OpenShop, { npWord }: Order): boolean =>
  npWord !== null && npWord !== '' && npWord !== words.received && npWord !== words['registering-queued'];

/** Staff have set the cart's word for editing themselves: it is neither ours nor one that ours just replaced. */
export function isEditOpen(shop: OpenShop, row: Stored, order: Order, readAt: string): boolean {
  const word = shop.adapter.editOpenWord;
  return word !== null && order.npWord === word && row.pushed_word !== word && isReadAfterPush(row, readAt);
}

/** The reading began after our last word had arrived, so that what it shows came later. */
export const isReadAfterPush = (row: Stored, readAt: string): boolean =>
  row.pushed_word === null || (row.pushed_at !== null && row.pushed_at.toISOString() < readAt);

/** The cart shows another word than the one that we sent last. */
export const isPaintedOver = (shop: OpenShop, row: Known, order: Order): boolean =>
  (shop.adapter.push?.enabled(shop.settings) ?? false) &&
  row.word_key !== null &&
  row.pushed_word !== null &&
  order.npWord !== null &&
  order.npWord !== row.pushed_word;

/** An order whose word in the cart is not ours any more. */
export interface DriftedWord {
  readonly transactionId: string;
  readonly shown: string;
}

/** The orders whose cart shows another word than ours (painted by hand, reset by the cart, or a lost push). */
export function driftedWords(
  shop: OpenShop,
  reads: readonly { readonly order: Order; readonly readAt: string | null }[],
  stored: readonly Stored[],
): readonly DriftedWord[] {
  const byNumber = new Map(reads.map((read) => [read.order.orderNumber, read]));
  return stored.flatMap((row): DriftedWord[] => {
    const { order, readAt } = byNumber.get(row.order_number) ?? {};
    const differs = order && readAt && isPaintedOver(shop, row, order) && isReadAfterPush(row, readAt);
    return differs && order.npWord !== null ? [{ transactionId: row.id, shown: plainRaw(order.npWord) }] : [];
  });
}

/** A changed setting never sends an edit by itself: what NP may already have stays wanted until the cart changes. */
export function withPayloadAtNp(snapshot: CartSnapshot, facts: Facts): CartSnapshot {
  const attempt = currentAttempt(facts);
  if (!attempt || !isLive(attempt)) return snapshot;
  return { ...snapshot, payload: facts.wanted.payload, problems: facts.wanted.problems };
}
