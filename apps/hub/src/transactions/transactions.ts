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
import { unnestRows } from '../database/bulk.js';
import { Together, type Writes } from '../database/together.js';
import type { Timing } from '../timing.js';
import { TIMING } from '../tokens.js';
import type { HistoryRow } from './history.js';
import { storeChanges, type Changes } from './store.js';
import {
  storedColumns,
  type NewTransaction,
  type OrderColumns,
  type StoredRow,
  type TransactionKey,
} from './rows.js';
import { keyOf, newWorking, workingOf, type Locked, type Unwritten, type Working } from './working.js';

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
  /** Rows that have been locked for them (`lock`): they move with the events, and are good for one time. */
  readonly locked?: Locked;
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
    { locked = new Map(), also }: Beside = {},
  ): Promise<readonly Outcome[]> {
    if (items.length === 0) return [];
    const working = await this.workingOf(manager, items, locked);
    const history: HistoryRow[] = [];
    const outcomes = items.map((item) => decideOne(item, working.get(keyOf(item)), history));
    const writes = new Together();
    await also?.(writes);
    const at = items.at(-1)?.event.at ?? '';
    await this.store(manager, { rows: [...working.values()], history, writes, at });
    return outcomes;
  }

  /** Applies events to new transactions that `write` will store; nothing goes to the database yet. */
  applyUnwritten(unwritten: Unwritten, items: readonly ApplyItem[]): readonly Outcome[] {
    return items.map((item) => {
      const key = keyOf(item);
      if (item.create && !unwritten.rows.has(key)) unwritten.rows.set(key, newWorking(item, item.create));
      unwritten.at = item.event.at;
      return decideOne(item, unwritten.rows.get(key), unwritten.history);
    });
  }

  /** Stores new transactions with all that has happened to them, each row once. */
  async write(manager: EntityManager, { rows, history, writes, at }: Unwritten): Promise<void> {
    if (rows.size === 0) return;
    await this.store(manager, { rows: [...rows.values()], history, writes, at });
  }

  private async store(manager: EntityManager, changes: Changes): Promise<void> {
    await storeChanges(manager, changes, this.timing);
    await this.audit.record(manager, ...staffEntries(changes.history));
  }

  /**
   * Locks these transactions until the database transaction ends, and reads them for events to come (`locked`). Everybody locks
   * them in one order, and before any effect of theirs, so that two batches wait for each other instead of dying in a deadlock.
   */
  async lock(manager: EntityManager, keys: readonly TransactionKey[]): Promise<Locked> {
    const distinct = [...new Map(keys.map((key) => [keyOf(key), key])).values()];
    if (distinct.length === 0) return new Map();
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid' },
      distinct.map(({ shopId, transactionId }) => ({ shop_id: shopId, id: transactionId })),
    );
    const rows = await manager.query<StoredRow[]>(
      `select ${storedColumns} from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id
       order by t.shop_id, t.id for update of t`,
      parameters,
    );
    return new Map(rows.map((row) => [`${row.shop_id}/${row.id}`, workingOf(row)]));
  }

  private async workingOf(
    manager: EntityManager,
    items: readonly ApplyItem[],
    locked: Locked,
  ): Promise<Locked> {
    const others = items.filter((item) => !item.create && !locked.has(keyOf(item)));
    const working = new Map([...locked, ...(await this.lock(manager, others))]);
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
