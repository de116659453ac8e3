import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Partitions } from '../database/partitions.js';
import { Dispatcher } from '../dispatch/dispatcher.js';
import { Pull } from '../intake/pull.js';
import type { Timing } from '../timing.js';
import { TIMING } from '../tokens.js';
import { WebhookSender } from '../webhooks-out/sender.js';
import { Changes } from './changes.js';
import { Deadlines } from './deadlines.js';

interface Tick {
  readonly name: string;
  readonly pauseMs: number;
  readonly work: () => Promise<unknown>;
}

/** Ticks, and nothing else: what a tick finds is in the database, so any number of hubs can tick at once. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('scheduler');
  private readonly busy = new Map<string, Promise<void>>();
  private readonly ticks: readonly Tick[];

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(Pull) private readonly pull: Pull,
    @Inject(Partitions) private readonly partitions: Partitions,
    @Inject(WebhookSender) private readonly webhooks: WebhookSender,
    @Inject(TIMING) timing: Timing,
    @Inject(Deadlines) deadlines: Deadlines,
    @Inject(Changes) changes: Changes,
  ) {
    this.ticks = [
      { name: 'dispatch', pauseMs: timing.tickMs, work: () => this.dispatcher.wake() },
      { name: 'pull', pauseMs: timing.tickMs, work: () => this.pull.work() },
      { name: 'reap', pauseMs: 2_000, work: () => this.dispatcher.reap() },
      { name: 'deadlines', pauseMs: 10_000, work: () => deadlines.run() },
      { name: 'changes', pauseMs: 1_000, work: () => changes.run() },
      { name: 'webhooks', pauseMs: 500, work: () => this.webhooks.wake() },
      { name: 'partitions', pauseMs: 6 * 3_600_000, work: () => this.partitions.run() },
    ];
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.partitions.run();
    for (const tick of this.ticks) {
      this.registry.addInterval(
        tick.name,
        setInterval(() => this.run(tick), tick.pauseMs),
      );
    }
  }

  /** Ends the ticking, then waits for the ticks, runs and calls under way. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
    // Whoever goes on by himself is told first.
    const stopping = this.pull.stop();
    await Promise.all(this.busy.values());
    await Promise.all([stopping, this.pull.idle(), this.dispatcher.stop(), this.webhooks.stop()]);
  }

  /** A tick that is still at work is not started a second time. */
  private run({ name, work }: Tick): void {
    if (this.busy.has(name)) return;
    const tick = work()
      .then(() => undefined)
      .catch((error: unknown) =>
        this.logger.error(`${name}: ${error instanceof Error ? error.message : 'failed'}`),
      )
      .finally(() => this.busy.delete(name));
    this.busy.set(name, tick);
  }
}
