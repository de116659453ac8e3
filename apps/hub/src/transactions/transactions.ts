import { Inject, Injectable } from '@nestjs/common';
import {
  decide,
  stateOf,
  type Effect,
  type Facts,
  type RefusalName,
  type State,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { presentCause } from '../cause.js';
import { Audit } from '../audit/audit.js';
import { staffEntries } from '../audit/staff-entries.js';
import { recordChanges, type ChangeRow } from '../changes/record.js';
import { unnestRows } from '../database/bulk.js';
import { Together, type Writes } from '../database/together.js';
import { billingRows, recordBillings } from '../payments/billings.js';
import type { Timing } from '../timing.js';
import { TIMING } from '../tokens.js';
import { wordKey } from '../words/word-maps.js';
import { writeEffects, type EffectItem } from './effects.js';
import { writeHistory, type HistoryRow } from './history.js';
import { noteSlips } from './slips.js';
import { toldOf } from './told.js';
import {
  attemptColumns,
  attemptRows,
  factColumns,
  factRow,
  foundBy,
  orderColumns,
  orderRow,
  storedColumns,
  type NewTransaction,
  type OrderColumns,
  type StoredRow,
  type TransactionKey,
} from './rows.js';
import { keyOf, keyOfRow, newWorking, workingOf, written, type MadeRows, type Working } from './working.js';

/** One event for one transaction, with what is to be stored beside it. */
export interface ApplyItem extends TransactionKey {
  readonly event: TransactionEvent;
  /** Login of the person who asked. */
  readonly by?: string;
  /** The call whose answer it is; otherwise it stands under what brought the work about (cause.ts). */
  readonly callId?: string;
  /** The order as just read; stored with the event. */
  readonly order?: OrderColumns;
  /** For `order-received` only. */
  readonly create?: NewTransaction;
}

export type Outcome =
  | { readonly kind: 'moved'; readonly facts: Facts; readonly state: State; readonly npNumber: string }
  | { readonly kind: 'refused'; readonly name: RefusalName };

/** What events are applied with. */
interface Beside {
  /** New rows come in, and those that are here already are taken from here. */
  readonly made?: MadeRows | undefined;
  /** Written together with the rest; only where there are events. */
  readonly also?: (writes: Writes) => Promise<void>;
}

/** The only way in which a transaction changes: events in, facts and effects out, a thousand together. */
@Injectable()
export class Transactions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TIMING) private readonly timing: Timing,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Applies events in their order, in one database transaction: facts, state, history and effects together.
   * Outcomes come in the order of the items; an item whose transaction does not exist is refused.
   */
  async apply(items: readonly ApplyItem[]): Promise<readonly Outcome[]> {
    return items.length === 0 ? [] : this.database.transaction((manager) => this.applyIn(manager, items));
  }

  /** As `apply`, inside a database transaction of the caller's. */
  async applyIn(
    manager: EntityManager,
    items: readonly ApplyItem[],
    { made, also }: Beside = {},
  ): Promise<readonly Outcome[]> {
    if (items.length === 0) return [];
    const working = await this.load(manager, items, made);
    const history: HistoryRow[] = [];
    const outcomes = items.map((item) => decideOne(item, working.get(keyOf(item)), history));
    const changed = [...working.values()].filter((row) => row.version > row.storedVersion && row.facts);
    const at = items.at(-1)?.event.at ?? '';
    await insertNew(manager, changed, at);
    await updateKnown(manager, changed, at);
    // What follows stands in tables of its own, and goes there together.
    const writes = new Together();
    await noteSlips(
      writes,
      changed.map(({ key, order }) => ({ ...key, order })),
    );
    await writeAttempts(manager, writes, changed);
    await recordBillings(writes, changed.flatMap(billingRows));
    await writeHistory(writes, history);
    await writeEffects(manager, changed.flatMap(effectItems), { writes, timing: this.timing, at });
    await recordChanges(writes, changed.flatMap(changeRows));
    await also?.(writes);
    await writes.run(manager);
    for (const row of changed)
      if (row.create || made?.has(keyOfRow(row))) made?.set(keyOfRow(row), written(row));
    await this.audit.record(manager, ...staffEntries(history));
    return outcomes;
  }

  private async load(
    manager: EntityManager,
    items: readonly ApplyItem[],
    made: MadeRows = new Map(),
  ): Promise<Map<string, Working>> {
    const working = new Map<string, Working>();
    for (const item of items) {
      const row = made.get(keyOf(item));
      if (row) working.set(keyOf(item), row);
    }
    const known = items.filter((item) => !item.create && !working.has(keyOf(item)));
    if (known.length > 0) {
      const keys = [
        ...new Map(
          known.map((item) => [keyOf(item), { shop_id: item.shopId, id: item.transactionId }]),
        ).values(),
      ];
      const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys);
      // Locked in one order by everybody, so that two batches wait for each other instead of dying.
      const rows = await manager.query<StoredRow[]>(
        `select ${storedColumns} from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id
         order by t.shop_id, t.id for update of t`,
        parameters,
      );
      for (const row of rows) working.set(`${row.shop_id}/${row.id}`, workingOf(row));
    }
    for (const item of items) {
      if (item.create && !working.has(keyOf(item))) working.set(keyOf(item), newWorking(item, item.create));
    }
    return working;
  }
}

function decideOne(item: ApplyItem, row: Working | undefined, history: HistoryRow[]): Outcome {
  if (!row) return { kind: 'refused', name: 'unknown-transaction' };
  const decision = decide(row.facts, item.event);
  const outdated = decision.kind === 'refused' && decision.name === 'stale';
  if (item.order && !outdated) row.order = item.order;
  // The same again says nothing new; every other refusal is kept beside its event.
  const silent = decision.kind === 'refused' && (decision.name === 'repeated' || row.facts === null);
  if (silent && !item.order) return decision;
  row.version += 1;
  if (decision.kind === 'moved') {
    row.facts = decision.facts;
    row.at = item.event.at;
    if (item.event.type === 'instruction-given') row.instruction = item.event.instruction;
    for (const effect of decision.effects)
      row.effects.set(effect.lane, mergedEffect(row.effects.get(effect.lane), effect));
  }
  if (!silent) history.push(historyRow(item, row, decision.kind === 'refused' ? decision.name : null));
  return decision.kind === 'moved' ? { ...decision, npNumber: row.npNumber } : decision;
}

/** Of two effects of one lane in one batch the later one counts; a wish to be asked at once is kept. */
function mergedEffect(earlier: Effect | undefined, later: Effect): Effect {
  if (later.lane !== 'credit' || earlier?.lane !== 'credit') return later;
  return { ...later, now: later.run !== null && (later.now || earlier.now) };
}

const historyRow = (item: ApplyItem, row: Working, outcome: RefusalName | null): HistoryRow => ({
  shop_id: row.key.shopId,
  transaction_id: row.key.transactionId,
  sequence: row.version,
  at: item.event.at,
  event: item.event,
  state: row.facts ? stateOf(row.facts) : 'received',
  outcome,
  by_login: item.by ?? null,
  call_id: item.callId ?? presentCause() ?? null,
});

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

const effectItems = (row: Working): EffectItem[] =>
  [...row.effects.values()].map((effect) => ({ key: row.key, connectionId: row.connectionId, effect }));

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
  await updateSome(
    manager,
    rows.filter(({ order }) => !order),
    at,
    '',
  );
  await updateSome(
    manager,
    rows.filter(({ order }) => order),
    at,
    orderUpdates,
  );
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
  const [, updated] = await manager.query<[unknown, number]>(
    `update transactions t set ${plain.map((name) => `${name} = n.${name}`).join(', ')},
       state_since = case when t.state = n.state then t.state_since else n.updated_at end,
       deadline_told = case when t.deadline_kind is not distinct from n.deadline_kind
         and t.deadline_at is not distinct from n.deadline_at then t.deadline_told end${more}
     from ${sql} n where t.shop_id = n.shop_id and t.id = n.id and t.version = n.expected`,
    parameters,
  );
  if (updated !== known.length)
    throw new Error('A transaction changed under a held lock: nothing was written');
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
