import type { CartInstruction, NoticeKind, ShipGate, State, WordKey } from '@np-hub/model';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';

/** One transaction as it is now, for other systems. References and codes only: no personal data. */
export interface ChangeRow {
  readonly shopId: string;
  readonly transactionId: string;
  readonly orderNumber: string;
  /** ISO 8601, of the event that moved it. */
  readonly at: string;
  readonly state: State;
  readonly gate: ShipGate;
  /** `toldWordOf`: more than the cart is to show. */
  readonly wordKey: WordKey | null;
  readonly npTransactionId: string | null;
  /** Codes of the gateway, `<field>:<rule>` of what a check found broken, and the hub's own (`ownReasons`). */
  readonly reasons: readonly string[];
  readonly instruction?: CartInstruction | null;
  /** The state before; null for a new transaction. */
  readonly previousState: State | null;
}

const columns = {
  at: 'timestamptz',
  shop_id: 'uuid',
  transaction_id: 'uuid',
  order_number: 'text',
  state: 'text',
  gate: 'text',
  word_key: 'text',
  np_transaction_id: 'text',
  reasons: 'text[]',
  instruction: 'text',
  notice: 'text',
} as const;

/** States that people are told of when they begin. */
const loud: Readonly<Partial<Record<State, NoticeKind>>> = {
  rejected: 'rejected',
  held: 'held',
  blocked: 'blocked',
  lapsed: 'lapsed',
  'amendment-failed': 'failed',
  'report-failed': 'failed',
  'cancel-failed': 'failed',
  'reissue-failed': 'failed',
  'cancel-refused-paid': 'failed',
};

const instructed: Readonly<Record<CartInstruction, NoticeKind>> = {
  'change-to-cod': 'changed-to-cod',
  'stop-course': 'course-stopped',
};

/** What the 通知ログ says of a change; null where it is nothing to tell. */
function noticeOf(row: ChangeRow): NoticeKind | null {
  if (row.instruction) return instructed[row.instruction];
  return row.state === row.previousState ? null : (loud[row.state] ?? null);
}

/**
 * Notes that transactions moved, for the feed and the webhooks, in the caller's database transaction. To be called
 * while their rows are locked: the feed tells the changes of one transaction in the order of these calls.
 */
export async function recordChanges(writes: Writes, rows: readonly ChangeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    at: row.at,
    shop_id: row.shopId,
    transaction_id: row.transactionId,
    order_number: row.orderNumber,
    state: row.state,
    gate: row.gate,
    word_key: row.wordKey,
    np_transaction_id: row.npTransactionId,
    reasons: row.reasons,
    instruction: row.instruction ?? null,
    notice: noticeOf(row),
  }));
  const names = Object.keys(columns).join(', ');
  const { sql, parameters } = unnestRows(columns, values);
  await writes.query(`insert into changes (${names}) select ${names} from ${sql} n`, parameters);
}
