import {
  actorOf,
  attentionsOf,
  currentAttempt,
  deadlineOf,
  gateOf,
  isLive,
  shopTransactionIdOf,
  stateOf,
  wordKeyOf,
  type Facts,
  type Problem,
  type Reason,
  type Word,
} from '@np-hub/model';
import type { BulkColumns } from '../database/bulk.js';

/** Names one transaction. */
export interface TransactionKey {
  readonly shopId: string;
  readonly transactionId: string;
}

/** What intake writes beside the facts: the encrypted order and what it is found by. */
export interface OrderColumns {
  readonly sealedOrder: Buffer;
  /** Of the cart's own record; null: nothing was read, the former one stays. */
  readonly readingHash: string | null;
  /** The same without the NP word in the cart. */
  readonly contentHash: string | null;
  readonly blind: readonly string[];
  /** The indexes of its slip numbers (`slips.ts`); absent: nothing was read of them. */
  readonly slips?: readonly string[];
  /** What tells that two orders are one buyer's (`buyerKeysOf`). */
  readonly buyerKeys: readonly string[];
  /** A course made it by itself. */
  readonly recurring: boolean;
}

export const orderColumns = {
  sealed_order: 'bytea',
  reading_hash: 'text',
  content_hash: 'text',
  blind: 'text[]',
  buyer_keys: 'text[]',
  recurring: 'boolean',
} as const satisfies BulkColumns;

export const orderRow = (order: OrderColumns) => ({
  sealed_order: order.sealedOrder,
  reading_hash: order.readingHash,
  content_hash: order.contentHash,
  blind: order.blind,
  buyer_keys: order.buyerKeys,
  recurring: order.recurring,
});

/** SQL: what an order is found by, in an update of `t` from `n`. What stays keeps its place beside the row and is not written again. */
export const foundBy = ['blind', 'buyer_keys']
  .map((name) => `${name} = case when t.${name} = n.${name} then t.${name} else n.${name} end`)
  .join(', ');

/** What only the first sight of an order knows. */
export interface NewTransaction extends OrderColumns {
  readonly orderNumber: string;
  readonly originNumber: string | null;
  readonly unmapped: readonly Word[];
  readonly orderedAt: string;
  readonly connectionId: string;
  readonly merchant: string;
}

/** A stored transaction, as far as deciding needs it. */
export interface StoredRow {
  readonly shop_id: string;
  readonly id: string;
  readonly order_number: string;
  /** The number that NP knows the order by. */
  readonly np_number: string;
  readonly connection_id: string;
  readonly merchant: string;
  readonly version: number;
  readonly state: string;
  readonly facts: Facts;
}

export const storedColumns =
  't.shop_id, t.id, t.order_number, t.np_number, t.connection_id, t.merchant, t.version, t.state, t.facts';

export const factColumns = {
  shop_id: 'uuid',
  id: 'uuid',
  version: 'int',
  facts: 'json',
  state: 'text',
  gate: 'text',
  actor: 'text',
  attentions: 'text[]',
  word_key: 'text',
  billed_yen: 'bigint',
  np_transaction_id: 'text',
  slip_number: 'text',
  reasons: 'json',
  deadline_kind: 'text',
  deadline_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const satisfies BulkColumns;

/** Everything that is derived from the facts, for the index and for people: it can never disagree with them. */
export function factRow(key: TransactionKey, version: number, facts: Facts, at: string) {
  const attempt = currentAttempt(facts);
  const deadline = deadlineOf(facts);
  return {
    shop_id: key.shopId,
    id: key.transactionId,
    version,
    facts,
    state: stateOf(facts),
    gate: gateOf(facts).gate,
    actor: actorOf(facts),
    attentions: attentionsOf(facts),
    word_key: wordKeyOf(facts),
    billed_yen: facts.wanted.payload.billedYen,
    np_transaction_id: attempt?.npTransactionId ?? null,
    slip_number: (attempt?.reported ?? facts.wanted.shipment)?.slipNumber || null,
    reasons: reasonsOf(facts),
    deadline_kind: deadline?.kind ?? null,
    deadline_at: deadline?.at ?? null,
    updated_at: at,
  };
}

/** The codes that explain the present state: of the refusal that stands, else of the credit result. */
export function reasonsOf(facts: Facts): readonly Reason[] {
  if (facts.refusal) return facts.refusal.reasons;
  return currentAttempt(facts)?.credit?.reasons ?? [];
}

/** What an order, its registration and its report wait for, each once. */
export function problemsOf({ wanted }: Facts): Problem[] {
  const problems = [...wanted.problems, ...wanted.obstacles, ...wanted.shipmentProblems];
  const same = (one: Problem, other: Problem) => JSON.stringify(one) === JSON.stringify(other);
  return problems.filter((each, index) => problems.findIndex((other) => same(each, other)) === index);
}

export const attemptColumns = {
  shop_id: 'uuid',
  transaction_id: 'uuid',
  number: 'int',
  merchant: 'text',
  order_number: 'text',
  shop_transaction_id: 'text',
  np_transaction_id: 'text',
  live: 'boolean',
} as const satisfies BulkColumns;

/** One row an attempt. Only the current one is `live` for the index: an older one that turned up is being cancelled. */
export function attemptRows(key: TransactionKey, of: { merchant: string; npNumber: string }, facts: Facts) {
  const current = currentAttempt(facts);
  return facts.attempts.map((attempt) => ({
    shop_id: key.shopId,
    transaction_id: key.transactionId,
    number: attempt.number,
    merchant: of.merchant,
    order_number: of.npNumber,
    shop_transaction_id: shopTransactionIdOf(of.npNumber, attempt.number),
    np_transaction_id: attempt.npTransactionId,
    live: attempt === current && isLive(attempt),
  }));
}
