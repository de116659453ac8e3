import type { TransactionEvent } from '@np-hub/model';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';

/** One event of one transaction, with the state that it led to. */
export interface HistoryRow {
  readonly shop_id: string;
  readonly transaction_id: string;
  readonly sequence: number;
  readonly at: string;
  readonly event: TransactionEvent;
  readonly state: string;
  readonly outcome: string | null;
  readonly by_login: string | null;
  readonly call_id: string | null;
}

const columns = {
  shop_id: 'uuid',
  transaction_id: 'uuid',
  sequence: 'int',
  at: 'timestamptz',
  event: 'json',
  state: 'text',
  outcome: 'text',
  by_login: 'text',
  call_id: 'uuid',
} as const;

/** Writes events down; they are never changed. */
export async function writeHistory(writes: Writes, rows: readonly HistoryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).join(', ');
  const { sql, parameters } = unnestRows(columns, rows as readonly (HistoryRow & Record<string, unknown>)[]);
  await writes.query(`insert into history (${names}) select ${names} from ${sql} n`, parameters);
}
