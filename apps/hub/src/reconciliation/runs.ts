import { Inject, Injectable } from '@nestjs/common';
import type { Clock, FindingKind, IdSource, ReconciliationView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Presence } from '../dispatch/presence.js';
import type { Timing } from '../timing.js';
import { CLOCK, IDS, TIMING } from '../tokens.js';

/** A reconciliation in this hub's hands. */
export interface Run {
  readonly id: string;
  readonly shopId: string;
  readonly token: string;
  readonly phase: 'np' | 'cart';
  /** The last transaction (np) or day (cart) that was compared to its end; null: none yet. */
  readonly position: string | null;
  readonly tries: number;
}

/** What one step did. `position` null with another phase: that side is done. */
export interface Progress {
  readonly phase: 'np' | 'cart' | 'done';
  readonly position: string | null;
  readonly checked: number;
  readonly skipped: number;
}

interface Row {
  readonly id: string;
  readonly shop_id: string;
  readonly by_login: string | null;
  readonly asked_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly phase: ReconciliationView['phase'];
  readonly total: number;
  readonly checked: number;
  readonly skipped: number;
  readonly cart_unread: ReconciliationView['cartUnread'];
  readonly counts: Partial<Record<FindingKind, number>>;
  readonly failed: boolean;
  readonly error: string | null;
  readonly token: string | null;
}

/** Longer than the calls of a step at NP, and than a page of the cart; a hub that died is noticed long before (presence.ts). */
const leaseMs = 10 * 60_000;
const longestPauseMs = 30 * 60_000;
/** With the pauses between them, tries go on for about two hours. */
const mostTries = 10;
const shownRuns = 20;

/** Another hub has taken the run over: nothing of this step may be written. */
export class RunTaken extends Error {}

/** The rows of reconciliations: asked for, taken, moved on, ended. One at a time is open for a shop. */
@Injectable()
export class Runs {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Asks for one now; the one that is open already is answered where there is one. */
  async ask(shopId: string, by: string): Promise<ReconciliationView> {
    const now = this.clock.now();
    await this.database.query(
      `insert into reconciliations (id, shop_id, by_login, asked_at, next_at) values ($1, $2, $3, $4, $4)
       on conflict (shop_id) where finished_at is null do nothing`,
      [this.ids.next(), shopId, by, now],
    );
    const [row] = await this.rows(shopId, 1);
    if (!row) throw new Error('A reconciliation that was asked for is not there');
    return viewOf(row);
  }

  /** The last ones of a shop, newest first. */
  async list(shopId: string): Promise<ReconciliationView[]> {
    return (await this.rows(shopId, shownRuns)).map(viewOf);
  }

  async one(shopId: string, id: string): Promise<ReconciliationView | null> {
    const [row] = await this.database.query<Row[]>(
      'select * from reconciliations where shop_id = $1 and id = $2',
      [shopId, id],
    );
    return row ? viewOf(row) : null;
  }

  /** Takes up to `limit` that are due and in nobody's hands, the longest waiting first. */
  async claim(limit: number): Promise<readonly Run[]> {
    const now = this.clock.now();
    const token = this.ids.next();
    const [rows] = await this.database.query<[Run[], number]>(
      `update reconciliations r set token = $3, lease_owner = $4, lease_until = $5, started_at = coalesce(started_at, $1)
       from (select id from reconciliations
             where finished_at is null and next_at <= $1 and (lease_until is null or lease_until < $1)
             order by next_at limit $2 for update skip locked) d
       where r.id = d.id
       returning r.id, r.shop_id as "shopId", r.token, r.phase, r.position, r.tries`,
      [now, limit, token, await this.presence.owner(), this.leaseEnd()],
    );
    return rows;
  }

  /** What there is to compare, once it is known. */
  async expect(run: Run, total: number, cartUnread: ReconciliationView['cartUnread']): Promise<void> {
    await this.database.query(
      'update reconciliations set total = $3, cart_unread = $4 where id = $1 and token = $2',
      [run.id, run.token, total, cartUnread],
    );
  }

  /** Keeps a run in this hub's hands while its step goes on, in the database transaction that writes part of it. Throws `RunTaken`. */
  async keep(manager: EntityManager, run: Run): Promise<void> {
    const [, kept] = await manager.query<[unknown, number]>(
      'update reconciliations set lease_until = $3 where id = $1 and token = $2',
      [run.id, run.token, this.leaseEnd()],
    );
    if (kept !== 1) throw new RunTaken();
  }

  /** Moves a run on, in the database transaction that writes what its step found. Throws `RunTaken`. */
  async advance(manager: EntityManager, run: Run, progress: Progress): Promise<Run | null> {
    const isDone = progress.phase === 'done';
    const [, moved] = await manager.query<[unknown, number]>(
      `update reconciliations r set phase = $3, position = $4, checked = checked + $5, skipped = skipped + $6,
         tries = 0, error = null, lease_until = $7, finished_at = $8,
         token = case when $8::timestamptz is null then token end,
         counts = (select coalesce(jsonb_object_agg(kind, n), '{}') from (
           select kind, count(*)::int as n from findings where run_id = r.id group by kind) c)
       where id = $1 and token = $2`,
      [
        run.id,
        run.token,
        progress.phase,
        progress.position,
        progress.checked,
        progress.skipped,
        isDone ? null : this.leaseEnd(),
        isDone ? this.clock.now() : null,
      ],
    );
    if (moved !== 1) throw new RunTaken();
    if (progress.phase === 'done') return null;
    return { ...run, phase: progress.phase, position: progress.position, tries: 0 };
  }

  /** Gives a run back as it is, so that another hub goes on with it. */
  async release(run: Run): Promise<void> {
    await this.database.query(
      'update reconciliations set token = null, lease_owner = null, lease_until = null where id = $1 and token = $2',
      [run.id, run.token],
    );
  }

  /** After a failure: again later from where it stands, or at its end where that has been tried often enough. `atLeastMs`: the other side asked for it. */
  async fail(run: Run, error: string, atLeastMs: number): Promise<void> {
    const now = this.clock.now();
    const pauseMs = Math.max(atLeastMs, Math.min(this.timing.retryMs * 2 ** run.tries, longestPauseMs));
    const isLast = run.tries + 1 >= mostTries;
    await this.database.query(
      `update reconciliations set token = null, lease_owner = null, lease_until = null, tries = tries + 1, error = $3,
         next_at = $4, failed = $5, finished_at = $6 where id = $1 and token = $2`,
      [run.id, run.token, error, new Date(now.getTime() + pauseMs), isLast, isLast ? now : null],
    );
  }

  private rows(shopId: string, limit: number): Promise<Row[]> {
    return this.database.query<Row[]>(
      'select * from reconciliations where shop_id = $1 order by asked_at desc, id desc limit $2',
      [shopId, limit],
    );
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + leaseMs);
  }
}

const viewOf = (row: Row): ReconciliationView => ({
  id: row.id,
  shopId: row.shop_id,
  by: row.by_login,
  askedAt: row.asked_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
  phase: row.phase,
  outcome: row.finished_at ? (row.failed ? 'failed' : 'done') : row.token ? 'running' : 'waiting',
  total: row.total,
  checked: row.checked,
  skipped: row.skipped,
  cartUnread: row.cart_unread,
  counts: row.counts,
  error: row.error,
});
