import type { Operation } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Lease } from '../transactions/effects.js';
import type { TransactionKey } from '../transactions/rows.js';

export type Lane = 'write' | 'credit' | 'payment' | 'word' | 'probe';

/** Work of one kind that is due at one connection. */
export interface DueGroup {
  readonly lane: Lane;
  readonly connectionId: string;
  readonly operation: Operation | 'find-credit' | 'find-payment' | 'push' | 'probe';
}

/** One effect row in this worker's hands until its lease ends. */
export interface Claimed extends TransactionKey {
  readonly attempt: number;
  readonly tries: number;
  readonly pace: 'soon' | 'slow' | 'idle' | null;
}

/**
 * The kinds of work that are due, the longest waiting first. A connection that does not answer is left alone but for a
 * question once it has rested, a cart until it has rested; and the words of a shop that an operator has paused wait.
 */
export async function dueGroups(manager: EntityManager, now: string): Promise<readonly DueGroup[]> {
  const questions = await manager.query<DueGroup[]>(
    `select 'probe' as lane, id as "connectionId", 'probe' as operation from connections
     where recovery = 'down' and paused_until <= $1 order by paused_until, id`,
    [now],
  );
  const work = await manager.query<DueGroup[]>(
    `select e.lane, e.connection_id as "connectionId", e.operation from effects e
     left join connections c on c.id = e.connection_id left join shops s on s.id = e.connection_id
     where e.token is null and e.due_at <= $1 and c.recovery is distinct from 'down'
       and (s.mode is null or (s.mode = 'live' and (s.cart_paused_until is null or s.cart_paused_until <= $1)))
     group by 1, 2, 3 order by min(e.due_at)`,
    [now],
  );
  return [...questions, ...work];
}

const found = `returning e.shop_id as "shopId", e.transaction_id as "transactionId", e.attempt, e.tries, e.pace`;
const isDue =
  'e.lane = $1 and e.connection_id = $2 and e.operation = $3 and e.token is null and e.due_at <= $4';

/** Takes up to `limit` rows that change nothing at NP (reads and words), by one statement: it needs no database transaction. */
export async function claimReads(
  manager: EntityManager,
  group: DueGroup,
  limit: number,
  lease: Lease,
): Promise<readonly Claimed[]> {
  const [rows] = await manager.query<[Claimed[], number]>(
    `update effects e set token = $6, lease_until = $7, lease_owner = $8
     from (select e.shop_id, e.transaction_id from effects e where ${isDue}
           order by e.due_at limit $5 for update skip locked) d
     where e.shop_id = d.shop_id and e.transaction_id = d.transaction_id and e.lane = $1 ${found}`,
    [
      group.lane,
      group.connectionId,
      group.operation,
      lease.now,
      limit,
      lease.token,
      lease.until,
      lease.owner,
    ],
  );
  return rows;
}

/** So many of the longest waiting rows of all shops together are looked at for the most urgent ones among them. */
const urgencyWindow = 5_000;

/** A deadline this near goes before the turns of the shops. */
const pressingMs = 24 * 3_600_000;

const waits = `e.lane = 'write' and e.connection_id = $1 and e.operation = $2 and e.token is null and e.due_at <= $3`;

/**
 * SQL: up to $4 of what waits. Deadlines nearer than $5 go first; then the shops take turns, each beginning with its own
 * nearest deadline, so that one shop's thousands never hold up another's single order. The shops are found one after
 * the other along the index, without reading what they have waiting.
 */
const inTurns = `
  with recursive shop (id) as (
    (select e.shop_id from effects e where ${waits} order by e.shop_id limit 1)
    union all
    select (select e.shop_id from effects e where ${waits} and e.shop_id > s.id order by e.shop_id limit 1)
    from shop s where s.id is not null),
  waiting as (
    select w.*, t.deadline_at,
      row_number() over (partition by w.shop_id order by t.deadline_at, w.due_at, w.transaction_id) as turn
    from shop s cross join lateral (
      select e.shop_id, e.transaction_id, e.due_at from effects e where ${waits} and e.shop_id = s.id
      order by e.due_at limit (select greatest(10, ${urgencyWindow} / nullif(count(*), 0)) from shop)) w
    join transactions t on t.shop_id = w.shop_id and t.id = w.transaction_id)
  select shop_id, transaction_id from waiting
  order by case when deadline_at < $5 then deadline_at end, turn, deadline_at, due_at, transaction_id limit $4`;

/**
 * Takes up to `limit` writing rows, the shops of the connection in turn. The transactions are locked before their
 * effects, in the order that everybody uses; those that somebody else works on are left for later.
 */
export async function claimWrites(
  manager: EntityManager,
  group: DueGroup,
  limit: number,
  lease: Lease,
): Promise<readonly Claimed[]> {
  const pressing = new Date(Date.parse(lease.now) + pressingMs).toISOString();
  const locked = await manager.query<{ shop_id: string; id: string }[]>(
    `select t.shop_id, t.id from transactions t join (${inTurns}) d on d.shop_id = t.shop_id and d.transaction_id = t.id
     order by t.shop_id, t.id for update of t skip locked`,
    [group.connectionId, group.operation, lease.now, limit, pressing],
  );
  if (locked.length === 0) return [];
  const keys = unnestRows({ shop_id: 'uuid', id: 'uuid' }, locked, 8);
  const [rows] = await manager.query<[Claimed[], number]>(
    `update effects e set token = $5, lease_until = $6, lease_owner = $7 from ${keys.sql} k
     where e.shop_id = k.shop_id and e.transaction_id = k.id and ${isDue} ${found}`,
    [
      group.lane,
      group.connectionId,
      group.operation,
      lease.now,
      lease.token,
      lease.until,
      lease.owner,
      ...keys.parameters,
    ],
  );
  return rows;
}

/** Ends the lease on these rows by deleting them; tells which were still held. */
export function finish(
  manager: EntityManager,
  lane: Lane,
  token: string,
  keys: readonly TransactionKey[],
): Promise<ReadonlySet<string>> {
  return finishEach(
    manager,
    lane,
    keys.map((key) => ({ ...key, token })),
  );
}

/** The same for rows under several leases. */
export async function finishEach(
  manager: EntityManager,
  lane: Lane,
  held: readonly (TransactionKey & { readonly token: string })[],
): Promise<ReadonlySet<string>> {
  if (held.length === 0) return new Set();
  const columns = { shop_id: 'uuid', id: 'uuid', token: 'uuid' };
  const { sql, parameters } = unnestRows(
    columns,
    held.map((each) => ({ ...rowOf(each), token: each.token })),
    2,
  );
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `delete from effects e using ${sql} k where e.shop_id = k.shop_id and e.transaction_id = k.id
     and e.lane = $1 and e.token = k.token returning e.transaction_id as id`,
    [lane, ...parameters],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Which of these rows are still held; asked under the locks of their transactions, without which none is replaced. */
export async function stillHeld(
  manager: EntityManager,
  lane: Lane,
  token: string,
  keys: readonly TransactionKey[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys.map(rowOf), 3);
  const rows = await manager.query<{ id: string }[]>(
    `select e.transaction_id as id from effects e join ${sql} k on e.shop_id = k.shop_id and e.transaction_id = k.id
     where e.lane = $1 and e.token = $2`,
    [lane, token, ...parameters],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Puts rows back that are still held, each to be due again at its own time, one try later. */
export async function postpone(
  manager: EntityManager,
  lane: Lane,
  token: string,
  items: readonly (TransactionKey & { readonly dueAt: string })[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({ ...rowOf(item), due_at: item.dueAt }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid', due_at: 'timestamptz' }, rows, 3);
  await manager.query(
    `update effects e set token = null, lease_until = null, lease_owner = null, due_at = k.due_at, tries = e.tries + 1
     from ${sql} k where e.shop_id = k.shop_id and e.transaction_id = k.id and e.lane = $1 and e.token = $2`,
    [lane, token, ...parameters],
  );
}

/** Lets the longest waiting row of a group wait some more. */
export async function postponeFirst(
  manager: EntityManager,
  group: DueGroup,
  now: string,
  pauseMs: number,
): Promise<void> {
  const dueAt = new Date(Date.parse(now) + pauseMs).toISOString();
  await manager.query(
    `update effects e set due_at = $5 from (
       select e.shop_id, e.transaction_id from effects e where ${isDue}
       order by e.due_at limit 1 for update skip locked) d
     where e.shop_id = d.shop_id and e.transaction_id = d.transaction_id and e.lane = $1`,
    [group.lane, group.connectionId, group.operation, now, dueAt],
  );
}

const rowOf = (key: TransactionKey) => ({ shop_id: key.shopId, id: key.transactionId });
