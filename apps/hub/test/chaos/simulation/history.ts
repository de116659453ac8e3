import { decide, endWanted, factsSchema, type Facts, type TransactionEvent } from '@np-hub/model';
import { isDeepStrictEqual } from 'node:util';
import type { HubRow } from './verdict.js';

/** One line of the hub's own history. */
export interface HistoryRow {
  readonly transaction_id: string;
  readonly sequence: number;
  readonly event: TransactionEvent;
  /** The name of the refusal; null where it has moved. */
  readonly outcome: string | null;
}

/**
 * What the hub's history says against the hub: its replay does not give what is stored (a change was overwritten), a
 * reading moved an order back to what it was before, a call left for an order that had ended, or a cancel for one that NP
 * had cancelled.
 */
export function complaintsOf(rows: readonly HubRow[], history: readonly HistoryRow[]): string[] {
  const lines = new Map<string, HistoryRow[]>();
  for (const line of history) {
    const known = lines.get(line.transaction_id);
    if (known) known.push(line);
    else lines.set(line.transaction_id, [line]);
  }
  return rows.flatMap((row) => {
    const complaint = complaintOf(row, lines.get(row.id) ?? []);
    return complaint === null ? [] : [`${row.order_number}: ${complaint}`];
  });
}

function complaintOf(row: HubRow, lines: readonly HistoryRow[]): string | null {
  let facts: Facts | null = null;
  const proven = new Set<number>();
  for (const { sequence, event, outcome } of lines) {
    if (outcome !== null) continue;
    const wrong = facts && (outOfTurn(facts, event) ?? cancelledTwice(proven, event));
    if (wrong) return `${wrong} (history ${sequence}, ${event.type})`;
    const decision = decide(facts, event);
    if (decision.kind === 'refused')
      return `history ${sequence}, ${event.type}, does not follow from what is before`;
    facts = decision.facts;
  }
  const stored = factsSchema.parse(row.facts);
  return isDeepStrictEqual(plain(facts), plain(stored))
    ? null
    : 'its history does not lead to what is stored';
}

function outOfTurn(facts: Facts, event: TransactionEvent): string | null {
  if ('seenAt' in event && event.seenAt < facts.cart.seenAt) return 'went back to an older reading';
  if (event.type !== 'operation-sent' || event.operation === 'cancel') return null;
  const begins = facts.inFlight?.phase === 'queued';
  return begins && endWanted(facts) ? `${event.operation} left although the order had ended` : null;
}

/** Once NP has said that an attempt is cancelled already, that is the end of it: nobody cancels it again. */
function cancelledTwice(proven: Set<number>, event: TransactionEvent): string | null {
  if (event.type === 'np-id-entered') proven.clear();
  if (event.type === 'cancellation-refused' && event.proves === 'already-cancelled')
    proven.add(event.attempt);
  const again = event.type === 'operation-sent' && event.operation === 'cancel' && proven.has(event.attempt);
  return again ? 'a cancel left again although NP had it' : null;
}

/** As JSON keeps it: what is undefined is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * The orders that staff have cancelled and not opened again, as the facts have it (which the history proves). A press
 * that was confirmed has to stand in the history; one whose hub died meanwhile may.
 */
export function cancelsOf(
  rows: readonly HubRow[],
  history: readonly HistoryRow[],
  confirmed: ReadonlySet<string>,
): { readonly cancelled: ReadonlySet<string>; readonly lost: readonly string[] } {
  const pressed = new Set(
    history.filter(({ event }) => event.type === 'cancel-requested').map((line) => line.transaction_id),
  );
  const known = new Set(rows.filter(({ id }) => pressed.has(id)).map((row) => row.order_number));
  const cancelled = rows.filter(({ facts }) => facts.wanted.cancel?.by === 'staff');
  return {
    cancelled: new Set(cancelled.map((row) => row.order_number)),
    lost: [...confirmed].filter((number) => !known.has(number)).map((number) => `${number}: cancel by staff`),
  };
}
