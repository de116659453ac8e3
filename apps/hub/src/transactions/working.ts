import { factsSchema, type CartInstruction, type Effect, type Facts } from '@np-hub/model';
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
}

/** Rows that one database transaction has made itself: nobody else has seen them, so they need not be read again. */
export type MadeRows = Map<string, Working>;

export const keyOf = (key: TransactionKey): string => `${key.shopId}/${key.transactionId}`;
export const keyOfRow = ({ key }: Working): string => keyOf(key);

/** A row as it stands once its changes are in the database. */
export const written = (row: Working): Working => ({
  ...row,
  create: null,
  storedVersion: row.version,
  before: row.facts,
  order: null,
  instruction: null,
  at: '',
  effects: new Map(),
});

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
});
