import { createHash } from 'node:crypto';
import type { Sandbox } from '@np-hub/sandbox';
import type pg from 'pg';
import { orderOf } from '../../kills/support/lives.js';
import type { HistoryRow } from './history.js';
import type { HubRow } from './verdict.js';

const columns = 'id, shop_id, order_number, state, actor, attentions, facts';

/** The hub's transactions, of one order or of all, in a settled order. */
export async function rowsOf(pool: pg.Pool, orderNumber: string | null): Promise<HubRow[]> {
  const { rows } = await pool.query<HubRow>(
    `select ${columns} from transactions
     where $1::text is null or order_number = $1 order by order_number, id`,
    [orderNumber],
  );
  return rows;
}

/** Those in doubt: first those that only a person can end, the longest first. */
export async function doubtsOf(pool: pg.Pool): Promise<HubRow[]> {
  const { rows } = await pool.query<HubRow>(
    `select ${columns} from transactions where state = 'in-doubt'
     order by facts #>> '{inFlight,resolution}' is not null, state_since, order_number, id`,
  );
  return rows;
}

/** Those of which a part came back after the report, and those that stand half-way. */
export async function returnsOf(pool: pg.Pool): Promise<HubRow[]> {
  const { rows } = await pool.query<HubRow>(
    `select ${columns} from transactions
     where state = 'reissue-failed' or state = 'reported' and 'reported-other-payload' = any(attentions)
     order by order_number, id`,
  );
  return rows;
}

/** A hash over the whole history, orders by their place among `numbers`: two runs of one seed have the same. */
export async function traceOf(pool: pg.Pool, numbers: readonly string[]): Promise<string> {
  const { rows } = await pool.query<{ order_number: string }>(
    `select t.order_number, h.sequence, h.at, h.event ->> 'type' as type, h.state, h.outcome from history h
     join transactions t on t.shop_id = h.shop_id and t.id = h.transaction_id order by t.order_number, t.id, h.sequence`,
  );
  const places = new Map(numbers.map((number, index) => [number, index]));
  const told = rows.map((row) => ({ ...row, order_number: places.get(row.order_number) }));
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

/** What reconciliations have found, but for orders that the cart has lost: of those a person is asked in any case. */
export async function driftOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ order_number: string; kind: string }>(
    `select t.order_number, f.kind from findings f
     join transactions t on t.shop_id = f.shop_id and t.id = f.transaction_id
     where f.run_id is not null and f.kind <> 'cart-missing' order by t.order_number, f.kind`,
  );
  return rows.map(({ order_number: number, kind }) => `${number}: a reconciliation finds ${kind}`);
}

/** Everything that can still move, in one text: it stays the same once all is at rest. */
export async function sightOf(pool: pg.Pool, sandbox: Sandbox): Promise<string> {
  const { rows } = await pool.query<{ moves: string; busy: string }>(
    `select (select count(*) from history) as moves, (select count(*) from effects where lane in ('write', 'word')) as busy`,
  );
  const np = sandbox.transactions().map(({ state, edits }) => `${state}${edits}`);
  return JSON.stringify([rows, np, sandbox.orders().map(({ paymentStatus }) => paymentStatus)]);
}

/** All that is on record of one order. */
export function storyOf(
  number: string | undefined,
  rows: readonly HubRow[],
  history: readonly HistoryRow[],
  sandbox: Sandbox,
): object[] {
  if (number === undefined) return [];
  const ids = rows.filter((row) => row.order_number === number).map(({ id }) => id);
  return [
    ...history.filter((line) => ids.includes(line.transaction_id)),
    ...sandbox.transactions().filter((each) => orderOf(each) === number),
    ...sandbox.orders().filter((order) => order.displayOrderNumber === number),
  ];
}

export const keyOf = (row: HubRow): { shopId: string; id: string } => ({ shopId: row.shop_id, id: row.id });

/** What the run was like, beside what it found. */
export function figuresOf(
  counts: ReadonlyMap<string, number>,
  sandbox: Sandbox,
  history: readonly HistoryRow[],
): Record<string, number> {
  const atNp = sandbox.transactions();
  return {
    ...Object.fromEntries([...counts].sort()),
    transactions: atNp.length,
    edits: atNp.reduce((sum, { edits }) => sum + edits, 0),
    reports: atNp.filter(({ report }) => report !== null).length,
    heldBack: history.filter(({ event }) => event.type === 'release-requested' && event.elsewhere).length,
    reissues: atNp.filter(({ reregisteredAs }) => reregisteredAs !== null).length,
    cancels: atNp.filter(({ cancelledAt }) => cancelledAt !== null).length,
  };
}
