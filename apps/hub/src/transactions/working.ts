import { factsSchema, type CartInstruction, type Effect, type Facts, type NpPayload } from '@np-hub/model';
import { Together } from '../database/together.js';
import type { Lease } from './effects.js';
import type { HistoryRow } from './history.js';
import type { NewTransaction, OrderColumns, StoredRow, TransactionKey } from './rows.js';

/** A transaction while events are applied to it: as it is stored, and as it will be. */
export interface Working {
  readonly key: TransactionKey;
  readonly create: NewTransaction | null;
  readonly orderNumber: string;
  readonly npNumber: string;
  readonly connectionId: string;
  readonly merchant: string;
  readonly storedVersion: number;
  /** As it is stored; null for a new one. */
  readonly before: Facts | null;
  facts: Facts | null;
  version: number;
  order: OrderColumns | null;
  /** The cart has been asked for this in the same batch. */
  instruction: CartInstruction | null;
  at: string;
  readonly effects: Map<Effect['lane'], Effect>;
  /** Its call leaves with this database transaction: nobody else is to see it as due. */
  lease: Lease | null;
}

/** Rows that are locked, by the keys of their transactions. */
export type Locked = ReadonlyMap<string, Working>;

/**
 * New transactions of one database transaction, which goes on with them before it writes them: each row is written once,
 * with all that has happened to it. Nobody else has seen them.
 */
export class Unwritten {
  readonly rows = new Map<string, Working>();
  readonly history: HistoryRow[] = [];
  /** What is stored together with them. */
  readonly writes = new Together();
  /** By the transaction's id. */
  readonly payloads = new Map<string, NpPayload>();
  /** Of the last event. */
  at = '';
}

export const keyOf = (key: TransactionKey): string => `${key.shopId}/${key.transactionId}`;

export const workingOf = (row: StoredRow): Working => ({
  key: { shopId: row.shop_id, transactionId: row.id },
  create: null,
  orderNumber: row.order_number,
  npNumber: row.np_number,
  connectionId: row.connection_id,
  merchant: row.merchant,
  storedVersion: row.version,
  ...known(row.facts),
  version: row.version,
  order: null,
  instruction: null,
  at: '',
  effects: new Map(),
  lease: null,
});

/** Facts that an earlier version stored are read as what they meant. */
const known = (stored: Facts): { before: Facts; facts: Facts } => {
  const facts = factsSchema.parse(stored);
  return { before: facts, facts };
};

export const newWorking = (key: TransactionKey, create: NewTransaction): Working => ({
  key: { shopId: key.shopId, transactionId: key.transactionId },
  create,
  orderNumber: create.orderNumber,
  npNumber: create.originNumber ?? create.orderNumber,
  connectionId: create.connectionId,
  merchant: create.merchant,
  storedVersion: 0,
  before: null,
  facts: null,
  version: 0,
  order: create,
  instruction: null,
  at: '',
  effects: new Map(),
  lease: null,
});
