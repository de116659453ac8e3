import { createHash } from 'node:crypto';
import { type Order, totalYenOf } from './makeshop/store.js';
import type { NpTransaction } from './np/ledger.js';
import { lapsedAtMsOf, type NpState, paidAtMsOf, reviewOf, stateOf } from './np/review.js';
import type { WireTransaction } from './np/wire.js';

/** NP's side of one transaction, as the control API and the tests see it. Moments are ISO 8601 in UTC. */
export interface NpView {
  readonly npTransactionId: string;
  readonly shopTransactionId: string;
  readonly merchantCode: string;
  readonly baseNpTransactionId: string | null;
  readonly reregisteredAs: string | null;
  readonly state: NpState;
  /** Registered and neither cancelled nor lapsed. */
  readonly isLive: boolean;
  readonly credit: { result: string; fixedAt: string | null; holds: readonly string[]; ng: string | null };
  readonly billedAmount: number;
  readonly payload: WireTransaction;
  /** SHA-256 over the payload's JSON with sorted keys. */
  readonly payloadHash: string;
  readonly edits: number;
  readonly registeredAt: string;
  readonly report: {
    at: string;
    carrierCode: string;
    slipNumber: string;
    billIssuedOn: string | null;
  } | null;
  readonly paidAt: string | null;
  readonly cancelledAt: string | null;
  readonly lapsedAt: string | null;
}

const isoOf = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sortedKeys(field)]));
}

/** An edit brings a payload of its own; a payload never changes. */
const hashes = new WeakMap<WireTransaction, string>();

function hashOf(payload: WireTransaction): string {
  const known = hashes.get(payload);
  if (known) return known;
  const hash = createHash('sha256')
    .update(JSON.stringify(sortedKeys(payload)))
    .digest('hex');
  hashes.set(payload, hash);
  return hash;
}

export function npView(transaction: NpTransaction, nowMs: number): NpView {
  const review = reviewOf(transaction, nowMs);
  const lapsedAtMs = lapsedAtMsOf(transaction, nowMs);
  const { report } = transaction;
  return {
    npTransactionId: transaction.npTransactionId,
    shopTransactionId: transaction.shopTransactionId,
    merchantCode: transaction.merchantCode,
    baseNpTransactionId: transaction.baseNpTransactionId,
    reregisteredAs: transaction.reregisteredAs,
    state: stateOf(transaction, nowMs),
    isLive: transaction.cancelledAtMs === null && lapsedAtMs === null,
    credit: {
      result: review.result,
      fixedAt: isoOf(review.fixedAtMs),
      holds: review.holds,
      ng: review.ng,
    },
    billedAmount: Number(transaction.payload.billed_amount),
    payload: transaction.payload,
    payloadHash: hashOf(transaction.payload),
    edits: transaction.edits,
    registeredAt: new Date(transaction.registeredAtMs).toISOString(),
    report: report && {
      at: new Date(report.atMs).toISOString(),
      carrierCode: report.carrierCode,
      slipNumber: report.slipNumber,
      billIssuedOn: report.billIssuedOn,
    },
    paidAt: isoOf(paidAtMsOf(transaction, nowMs)),
    cancelledAt: isoOf(transaction.cancelledAtMs),
    lapsedAt: isoOf(lapsedAtMs),
  };
}

/** makeshop's side of one order. */
export type OrderView = Omit<Order, 'orderedAtMs' | 'paidAtMs'> & {
  readonly orderedAt: string;
  readonly paidAt: string | null;
  readonly totalYen: number;
};

export function orderView(order: Order): OrderView {
  const { orderedAtMs, paidAtMs, ...rest } = order;
  return {
    ...rest,
    orderedAt: new Date(orderedAtMs).toISOString(),
    paidAt: isoOf(paidAtMs),
    totalYen: totalYenOf(order),
  };
}
