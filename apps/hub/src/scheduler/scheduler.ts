import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { ensurePartitions } from '../database/partitions.js';
import { Dispatcher } from '../dispatch/dispatcher.js';
import { Reaper } from '../dispatch/reaper.js';
import { ChangeFeed } from '../http/stream.js';
import { Pull } from '../intake/pull.js';
import type { Timing } from '../timing.js';
import { CLOCK, TIMING } from '../tokens.js';
import { Deadlines } from './deadlines.js';

const reapMs = 5_000;
const deadlinesMs = 10_000;
const feedMs = 1_000;
const partitionsMs = 6 * 3_600_000;

/** Ticks, and nothing else: what a tick finds is in the database, so any number of hubs can tick at once. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('scheduler');
  private lastChange = '';

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(Reaper) private readonly reaper: Reaper,
    @Inject(Pull) private readonly pull: Pull,
    @Inject(Deadlines) private readonly deadlines: Deadlines,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await ensurePartitions(this.database, this.clock.now());
    this.every('dispatch', this.timing.tickMs, () => this.dispatcher.wake());
    this.every('pull', this.timing.tickMs, () => this.pull.wake());
    this.every('reap', reapMs, () => this.reaper.run());
    this.every('deadlines', deadlinesMs, () => this.deadlines.run());
    this.every('feed', feedMs, () => this.tellChanges());
    this.every('partitions', partitionsMs, () => ensurePartitions(this.database, this.clock.now()));
  }

  /** Ends the ticking, then waits for the runs and calls under way. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
    await Promise.all([this.pull.stop(), this.dispatcher.stop()]);
  }

  /** A tick that is still at work is not started a second time. */
  private every(name: string, pauseMs: number, work: () => Promise<unknown>): void {
    let busy = false;
    const tick = (): void => {
      if (busy) return;
      busy = true;
      work()
        .catch((error: unknown) =>
          this.logger.error(`${name}: ${error instanceof Error ? error.message : 'failed'}`),
        )
        .finally(() => {
          busy = false;
        });
    };
    this.registry.addInterval(name, setInterval(tick, pauseMs));
    tick();
  }

  /** One query a second for all open pages together. */
  private async tellChanges(): Promise<void> {
    const [row] = await this.database.query<{ latest: string | null }[]>(
      `select updated_at::text || id::text as latest from transactions order by updated_at desc, id desc limit 1`,
    );
    const latest = row?.latest ?? '';
    if (latest !== this.lastChange) this.feed.notify();
    this.lastChange = latest;
  }
}
