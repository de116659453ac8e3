import type { EntityManager } from 'typeorm';
import { recordChanges, type ChangeRow } from '../changes/record.js';
import type { Facts } from '@np-hub/model';
import { unnestRows } from '../database/bulk.js';
import type { Together, Writes } from '../database/together.js';
import { unawaited } from '../database/unawaited.js';
import { billingRows, recordBillings } from '../payments/billings.js';
import type { Timing } from '../timing.js';
import { wordKey } from '../words/word-maps.js';
import { writeEffects, type EffectItem } from './effects.js';
import { writeHistory, type HistoryRow } from './history.js';
import {
  attemptColumns,
  attemptRows,
  factColumns,
  factRow,
  foundBy,
  orderColumns,
  orderRow,
} from './rows.js';
import { noteSlips } from './slips.js';
import { toldOf } from './told.js';
import type { Working } from './working.js';

/** What events have made of transactions. */
export interface Changes {
  /** Those that have not moved are left alone. */
  readonly rows: readonly Working[];
  readonly history: readonly HistoryRow[];
  /** What stands in tables of its own goes there together. */
  readonly writes: Together;
  /** Of the last event. */
  readonly at: string;
}

/**
 * Writes facts, state, history, effects and what else follows from them, by a few statements for all. They are under way when
 * this is done, and what is asked next comes after them.
 */
export async function storeChanges(
  manager: EntityManager,
  { rows, history, writes, at }: Changes,
  timing: Timing,
): Promise<void> {
  const changed = rows.filter((row) => row.version > row.storedVersion && row.facts);
  await noteSlips(
    writes,
    changed.map(({ key, order }) => ({ ...key, order })),
  );
  await writeAttempts(manager, writes, changed);
  await recordBillings(writes, changed.flatMap(billingRows));
  await writeHistory(writes, history);
  await writeEffects(manager, changed.flatMap(effectItems), { writes, timing, at });
  await recordChanges(writes, changed.flatMap(changeRows));
  // In this order: what stands in other tables finds its rows.
  unawaited(manager, insertNew(manager, changed, at), updateKnown(manager, changed, at), writes.run(manager));
}

/** What other systems and people are told of: nothing where only what is known in the hub alone has moved. */
function changeRows(row: Working): ChangeRow[] {
  if (!row.facts || row.at === '') return [];
  const [before, after] = [row.before && toldOf(row.before), toldOf(row.facts)];
  if (JSON.stringify(before) === JSON.stringify(after) && !row.instruction) return [];
  return [
    {
      ...row.key,
      ...after,
      orderNumber: row.orderNumber,
      at: row.at,
      instruction: row.instruction,
      previousState: before?.state ?? null,
    },
  ];
}

const effectItems = ({ key, connectionId, effects, lease }: Working): EffectItem[] =>
  [...effects.values()].map((effect) => ({
    key,
    connectionId,
    effect,
    lease: effect.lane === 'write' ? lease : null,
  }));

async function insertNew(manager: EntityManager, rows: readonly Working[], at: string): Promise<void> {
  const fresh = rows.flatMap((row) =>
    row.create && row.facts
      ? [
          {
            ...factRow(row.key, row.version, row.facts, at),
            order_number: row.orderNumber,
            origin_number: row.create.originNumber,
            unmapped: row.create.unmapped.map(wordKey),
            connection_id: row.connectionId,
            merchant: row.merchant,
            ordered_at: row.create.orderedAt,
            // Whatever the cart itself sends of a checkout is news, even the same to the letter: the order stands.
            reread: row.facts.wanted.provisional,
            ...orderRow(row.create),
          },
        ]
      : [],
  );
  if (fresh.length === 0) return;
  const columns = {
    ...factColumns,
    order_number: 'text',
    origin_number: 'text',
    unmapped: 'text[]',
    connection_id: 'uuid',
    merchant: 'text',
    ordered_at: 'timestamptz',
    reread: 'boolean',
    ...orderColumns,
  } as const;
  const { sql, parameters } = unnestRows(columns, fresh);
  const names = Object.keys(columns).join(', ');
  await manager.query(
    `insert into transactions (${names}, state_since, created_at) select ${names}, updated_at, updated_at from ${sql} n`,
    parameters,
  );
}

const orderUpdates = `,
       sealed_order = n.sealed_order, reading_hash = coalesce(n.reading_hash, t.reading_hash),
       content_hash = coalesce(n.content_hash, t.content_hash),
       reread = t.reread and n.reading_hash is null, ${foundBy}, recurring = n.recurring`;

/** With the order, where it has been read anew: what it is found by is not even named otherwise, and not compared. */
async function updateKnown(manager: EntityManager, rows: readonly Working[], at: string): Promise<void> {
  await Promise.all([
    updateSome(
      manager,
      rows.filter(({ order }) => !order),
      at,
      '',
    ),
    updateSome(
      manager,
      rows.filter(({ order }) => order),
      at,
      orderUpdates,
    ),
  ]);
}

async function updateSome(
  manager: EntityManager,
  rows: readonly Working[],
  at: string,
  more: string,
): Promise<void> {
  const known = rows.flatMap((row) =>
    !row.create && row.facts
      ? [
          {
            ...factRow(row.key, row.version, row.facts, at),
            expected: row.storedVersion,
            ...(row.order && orderRow(row.order)),
          },
        ]
      : [],
  );
  if (known.length === 0) return;
  const columns = {
    ...factColumns,
    expected: 'int',
    ...(more && orderColumns),
  } as const;
  const { sql, parameters } = unnestRows(columns, known);
  const plain = Object.keys(factColumns).filter((name) => name !== 'shop_id' && name !== 'id');
  // Whoever asks holds the locks, so that a row of another version is a defect: nothing may be written then. Nobody waits for
  // this answer, so the statement itself has to fail, by a number that is none.
  await manager.query(
    `with updated as (
       update transactions t set ${plain.map((name) => `${name} = n.${name}`).join(', ')},
         state_since = case when t.state = n.state then t.state_since else n.updated_at end,
         deadline_told = case when t.deadline_kind is not distinct from n.deadline_kind
           and t.deadline_at is not distinct from n.deadline_at then t.deadline_told end${more}
       from ${sql} n where t.shop_id = n.shop_id and t.id = n.id and t.version = n.expected returning 1)
     select ('A transaction changed under a held lock: ' || count(*))::int from updated
     having count(*) <> $${parameters.length + 1}::int`,
    [...parameters, known.length],
  );
}

async function writeAttempts(
  manager: EntityManager,
  writes: Writes,
  rows: readonly Working[],
): Promise<void> {
  // A call that was turned away whole takes its attempt back.
  const fewer = rows.filter(({ before, facts }) => countOf(before) > countOf(facts));
  if (fewer.length > 0) {
    const gone = unnestRows(
      { shop_id: 'uuid', transaction_id: 'uuid', attempts: 'int' },
      fewer.map(({ key, facts }) => ({
        shop_id: key.shopId,
        transaction_id: key.transactionId,
        attempts: countOf(facts),
      })),
    );
    await manager.query(
      `delete from attempts a using ${gone.sql} g
       where a.shop_id = g.shop_id and a.transaction_id = g.transaction_id and a.number > g.attempts`,
      gone.parameters,
    );
  }
  const attempts = rows.flatMap(changedAttempts);
  if (attempts.length === 0) return;
  const names = Object.keys(attemptColumns).join(', ');
  const { sql, parameters } = unnestRows(attemptColumns, attempts);
  // The dead first: a new attempt may only become live once the one before is not.
  await writes.query(
    `insert into attempts (${names}) select ${names} from ${sql} n order by n.live
     on conflict (shop_id, transaction_id, number)
     do update set np_transaction_id = excluded.np_transaction_id, live = excluded.live`,
    parameters,
  );
}

const countOf = (facts: Facts | null): number => facts?.attempts.length ?? 0;

/** Attempts that are new, or of which NP's id or the life has changed: nothing else of them ever does. */
function changedAttempts(row: Working) {
  if (!row.facts) return [];
  const before = row.before ? attemptRows(row.key, row, row.before) : [];
  return attemptRows(row.key, row, row.facts).filter(({ number, live, np_transaction_id: id }) => {
    const known = before[number - 1];
    return known?.live !== live || known.np_transaction_id !== id;
  });
}
