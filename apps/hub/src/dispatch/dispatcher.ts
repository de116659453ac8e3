import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Prober } from '../backpressure/prober.js';
import { PushWorker } from '../status-push/push-worker.js';
import { CLOCK } from '../tokens.js';
import { dueGroups, type DueGroup } from './claims.js';
import { ReadWorker } from './read-worker.js';
import { Reaper } from './reaper.js';
import { WriteWorker } from './write-worker.js';

/** Calls under way at one time in one hub; so many of them over one connection, and so many to carts. */
const mostCalls = 8;
const mostOfOne = 4;
const mostToCarts = 4;

/** Cancels first: what must not be billed ends before anything else begins. */
const urgency = [
  'probe',
  'cancel',
  'report',
  'amend',
  'register',
  'reissue',
  'find-credit',
  'push',
  'find-payment',
];

/** Looks for due work and hands it to the workers: one batch of a kind at a time, fair across connections. */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger('dispatch');
  private readonly running = new Map<string, Promise<void>>();
  private looking = false;
  private lookAgain = false;
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(WriteWorker) private readonly writes: WriteWorker,
    @Inject(ReadWorker) private readonly reads: ReadWorker,
    @Inject(PushWorker) private readonly pushes: PushWorker,
    @Inject(Prober) private readonly prober: Prober,
    @Inject(Reaper) private readonly reaper: Reaper,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Looks for due work now; returns at once while a look is under way. Never throws. */
  async wake(): Promise<void> {
    this.lookAgain = true;
    if (this.looking || this.stopped) return;
    this.looking = true;
    try {
      while (this.lookAgain && !this.stopped) {
        this.lookAgain = false;
        await this.look();
      }
    } catch (error) {
      this.logger.error(`Looking for work failed: ${messageOf(error)}`);
    } finally {
      this.looking = false;
    }
  }

  /** Ends what dead workers hold; gives how many doubts that left. */
  reap(): Promise<number> {
    return this.reaper.run();
  }

  /** Takes no more work, and waits for the calls under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running.values());
  }

  /** Runs until nothing is due any more. */
  async drain(): Promise<void> {
    do {
      await this.wake();
      await Promise.all(this.running.values());
    } while (
      (await dueGroups(this.database.manager, this.clock.now().toISOString())).length > 0 &&
      !this.stopped
    );
  }

  private async look(): Promise<void> {
    const groups = await dueGroups(this.database.manager, this.clock.now().toISOString());
    for (const group of fairly(groups)) {
      if (this.running.size >= mostCalls || this.stopped) return;
      const key = `${group.lane}/${group.connectionId}/${group.operation}`;
      if (!this.running.has(key) && this.hasRoom(group)) this.start(key, group);
    }
  }

  /** What hangs may take some hands, and never all of them. */
  private hasRoom({ lane, connectionId }: DueGroup): boolean {
    const keys = [...this.running.keys()];
    const ofOne = keys.filter((key) => key.split('/')[1] === connectionId).length;
    const toCarts = keys.filter((key) => key.startsWith('word/')).length;
    return ofOne < mostOfOne && (lane !== 'word' || toCarts < mostToCarts);
  }

  private start(key: string, group: DueGroup): void {
    const run = this.runOne(group)
      .then((taken) => taken > 0)
      .catch((error: unknown) => {
        this.logger.error(`${group.operation}: ${messageOf(error)}`);
        return false;
      })
      .then((more) => {
        this.running.delete(key);
        if (more) void this.wake();
      });
    this.running.set(key, run);
  }

  private runOne(group: DueGroup): Promise<number> {
    if (group.lane === 'probe') return this.prober.run(group);
    if (group.lane === 'write') return this.writes.run(group);
    return group.lane === 'word' ? this.pushes.run(group) : this.reads.run(group);
  }
}

/** One kind of work of each connection in turn, the most urgent of a connection first. */
function fairly(groups: readonly DueGroup[]): readonly DueGroup[] {
  const byConnection = new Map<string, DueGroup[]>();
  for (const group of groups) {
    byConnection.set(group.connectionId, [...(byConnection.get(group.connectionId) ?? []), group]);
  }
  const queues = [...byConnection.values()].map((queue) =>
    queue.sort((one, other) => urgency.indexOf(one.operation) - urgency.indexOf(other.operation)),
  );
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, index) => queues.flatMap((queue) => queue[index] ?? [])).flat();
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown failure');
