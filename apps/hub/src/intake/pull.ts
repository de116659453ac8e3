import { Inject, Injectable, Logger } from '@nestjs/common';
import { IoError } from '@np-hub/kit';
import { finalStates, type Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { adapters } from '../adapters.js';
import { withCause } from '../cause.js';
import { failureFrom } from '../backpressure/recovery.js';
import { Presence } from '../dispatch/presence.js';
import { ShopChanged } from '../shops/held.js';
import { Shops } from '../shops/shops.js';
import type { Timing } from '../timing.js';
import { CLOCK, TIMING } from '../tokens.js';
import { Runs, type RunResult } from './runs.js';
import { Windows, type Window } from './windows.js';

interface Due {
  readonly id: string;
  /** Under which the shop is held. */
  readonly owner: string;
  readonly quietRuns: number;
  readonly sweptAt: Date | null;
  /** A sweep that did not fit into its run has read the order dates before this. */
  readonly sweptTo: Date | null;
}

/** Days of a sweep that are not read within this time are read in the next run, the other shops having had their turn. */
const sweepRunMs = 4 * 60_000;
const leaseMs = 5 * 60_000;
/** A cart whose pages have no end holds no hand for ever. */
const longestPieceMs = 2 * 3_600_000;
/** A lease is kept long before it ends, so that two hubs never pull one shop at the same time. */
const keptForMs = 60_000;
const dayMs = 86_400_000;
/** Carts that can be read at all: the shops of the others have nothing to run. */
const pulled = (): string[] => adapters.filter(({ pull }) => pull !== undefined).map(({ id }) => id);
const finalNames = Object.keys(finalStates);

/** Pulls orders from carts: the recent window each time, and in turns the days of everything that is not final. */
@Injectable()
export class Pull {
  private readonly logger = new Logger('intake');
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Windows) private readonly windows: Windows,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Starts runs as long as all hands find something that is due, so that ten thousand quiet shops have their looks in time. */
  async work(): Promise<void> {
    while (await this.wake()) if (this.running.size > 0) await Promise.race(this.running);
  }

  /** Starts the runs that are due, as far as hands are free; true where every one of these has found something. */
  async wake(): Promise<boolean> {
    const free = this.timing.shopsAtOnce - this.running.size;
    if (this.stopped || free <= 0) return false;
    const claimed = await this.claim(free);
    for (const due of claimed) {
      const run = this.run(due)
        .catch((error: unknown) =>
          this.logger.error(`Run failed: ${error instanceof Error ? error.message : 'unknown'}`),
        )
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }
    return claimed.length === free;
  }

  /** Takes no more runs, and waits for those under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
  }

  /** Waits for the runs under way. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async claim(limit: number): Promise<readonly Due[]> {
    const now = this.clock.now();
    const owner = await this.presence.owner();
    const [rows] = await this.database.query<[Due[], number]>(
      `update shops s set lease_until = $2, lease_owner = $4 from (
         select id from shops where mode = 'live' and next_run_at <= $1 and (lease_until is null or lease_until < $1)
           and adapter = any($5)
         order by next_run_at limit $3 for update skip locked) d
       where s.id = d.id returning s.id, s.lease_owner as owner, s.quiet_runs as "quietRuns", s.swept_at as "sweptAt",
         s.swept_to as "sweptTo"`,
      [now, new Date(now.getTime() + leaseMs), limit, owner, pulled()],
    );
    return rows;
  }

  /** One run of one shop, with a row that says how it went. */
  private async run(due: Due): Promise<void> {
    const started = this.clock.now();
    const runId = await this.runs.begin(due.id, started);
    const sweep = !due.sweptAt || started.getTime() - due.sweptAt.getTime() >= this.timing.sweepMs;
    const result = await withCause(runId, () => this.pull(due, started, sweep));
    const finished = this.clock.now();
    await this.runs.end(due.id, { runId, finished, result });
    if (result.changed > 0)
      this.logger.log({ runId, shopId: due.id, orders: result.orders, changed: result.changed });
    // A cart that does not answer is soon asked less often, so that it takes no hands from the others.
    const quiet = result.failure ? due.quietRuns + 5 : result.changed > 0 ? 0 : due.quietRuns + 1;
    const pauseMs = Math.min(
      this.timing.pullMs * 2 ** Math.min(Math.floor(quiet / 5), 10),
      this.timing.pullQuietMs,
    );
    // A hint that came while the run was under way is not slept over. Nothing is said of a shop that another hub holds now.
    await this.database.query(
      `update shops set lease_until = null, lease_owner = null, quiet_runs = $2, swept_at = case when $3 then $4 else swept_at end,
         swept_to = case when $3 then null else swept_to end, next_run_at = case when hinted_at > $4 then $5::timestamptz else $6::timestamptz end
       where id = $1 and lease_owner = $7`,
      [
        due.id,
        quiet,
        sweep && result.outcome === 'done',
        started,
        finished,
        new Date(finished.getTime() + pauseMs),
        due.owner,
      ],
    );
  }

  private async pull(due: Due, started: Date, sweep: boolean): Promise<RunResult> {
    const { id: shopId } = due;
    const isOver = this.endOf(due, started);
    const total = { orders: 0, changed: 0, unreadable: 0 };
    try {
      const shop = await this.shops.open(shopId);
      const { pull } = shop.adapter;
      if (!pull || pull.enabled?.(shop.settings) === false) return { ...total, outcome: 'done', error: null };
      const recent = { from: new Date(started.getTime() - this.timing.recentWindowMs), to: started };
      const windows = sweep ? [recent, ...(await this.sweepWindows(due, recent.from))] : [recent];
      let isRead = true;
      let sweepEndsMs: number | null = null;
      for (const window of windows) {
        if (window !== recent) {
          await this.noteSweep(due, window.from);
          sweepEndsMs ??= this.clock.now().getTime() + sweepRunMs;
        }
        // What is read as one piece is read to its end, however long that takes: the next run would come no further.
        const isMany = window !== recent && window.to.getTime() - window.from.getTime() > dayMs;
        const cutAtMs = isMany ? sweepEndsMs : this.clock.now().getTime() + longestPieceMs;
        const mustEnd = (): Promise<boolean> => isOver(cutAtMs);
        isRead = !(await isOver(sweepEndsMs)) && (await this.windows.read(shop, window, { total, mustEnd }));
        if (!isRead) break;
      }
      // Also where no order came since the change: what was not understood before it may be now.
      if (sweep && (await this.shops.open(shopId)).mark !== shop.mark) throw new ShopChanged();
      if (!isRead) return { ...total, outcome: 'unfinished', error: null };
      return {
        ...total,
        outcome: 'done',
        error: total.unreadable > 0 ? `${total.unreadable} unreadable` : null,
      };
    } catch (error) {
      if (error instanceof ShopChanged) {
        await this.noteSweep(due, null);
        return { ...total, outcome: 'unfinished', error: null };
      }
      const outcome = error instanceof IoError ? error.kind : 'failed';
      const message = error instanceof Error ? error.message : 'unknown failure';
      this.logger.warn(`Shop ${shopId}: ${outcome}: ${message}`);
      const failure = error instanceof IoError ? { failure: failureFrom(error) } : {};
      return { ...total, outcome, error: message, ...failure };
    }
  }

  /**
   * Says after each page whether the run has to end (at the latest by `byMs`), and keeps the shop for it where it does not.
   */
  private endOf({ id, owner }: Due, started: Date): (byMs: number | null) => Promise<boolean> {
    let keptAt = started.getTime();
    return async (byMs) => {
      const now = this.clock.now().getTime();
      if (this.stopped || !this.presence.isHeld(owner)) return true;
      if (byMs !== null && now > byMs) return true;
      if (now - keptAt < keptForMs) return false;
      const [, kept] = await this.database.query<[unknown, number]>(
        'update shops set lease_until = $3 where id = $1 and lease_owner = $2 and lease_until > $4',
        [id, owner, new Date(now + leaseMs), new Date(now)],
      );
      keptAt = now;
      return kept === 0;
    };
  }

  /**
   * Everything before has been read: a sweep that does not fit into this run goes on from here in the next. Null: it begins
   * anew, because the shop has changed.
   */
  private async noteSweep({ id, owner }: Due, to: Date | null): Promise<void> {
    await this.database.query('update shops set swept_to = $3 where id = $1 and lease_owner = $2', [
      id,
      owner,
      to,
    ]);
  }

  /**
   * The days, older than the recent window, on which orders were placed whose transactions are not final. One after the
   * other where they did not fit into a run together, so that each run comes further.
   */
  private async sweepWindows({ id, sweptTo }: Due, before: Date): Promise<readonly Window[]> {
    const days = await this.database.query<{ day: Date }[]>(
      `select distinct date_trunc('day', ordered_at at time zone 'Asia/Tokyo') at time zone 'Asia/Tokyo' as day
       from transactions where shop_id = $1 and ordered_at < $2 and state <> all($3)
         and ($4::timestamptz is null or ordered_at >= $4) order by 1`,
      [id, before, finalNames, sweptTo],
    );
    const windows = days.map(({ day }) => {
      const end = new Date(day.getTime() + dayMs);
      return { from: day, to: end > before ? before : end };
    });
    return sweptTo ? windows : joined(windows);
  }
}

/** Neighbouring days as one window. */
function joined(days: readonly Window[]): readonly Window[] {
  const windows: Window[] = [];
  for (const { from, to } of days) {
    const last = windows.at(-1);
    if (last && last.to.getTime() === from.getTime()) windows[windows.length - 1] = { from: last.from, to };
    else windows.push({ from, to });
  }
  return windows;
}
