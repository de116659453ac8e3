import { Inject, Injectable, Logger } from '@nestjs/common';
import { PgBoss, type Db, type JobWithMetadata } from 'pg-boss';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { inLittleMemory } from '../little-memory.js';

/** What a job is about. */
export interface ImportJob {
  readonly importId: string;
  readonly shopId: string;
}

export interface JobAttempt {
  /** No further attempt follows if this one fails. */
  readonly last: boolean;
  /** Aborted when the hub stops: the work is to end soon, and is taken up again elsewhere. */
  readonly signal: AbortSignal;
}

type Work = (job: ImportJob, attempt: JobAttempt) => Promise<void>;

const queue = 'imports';
/** A hub that died is noticed after so long; the least that pg-boss allows is 10. */
const heartbeatSeconds = 15;
const superviseSeconds = 10;
const longestRunSeconds = 12 * 3_600;
const retries = 8;
const stopLimitMs = 20_000;
/** Imports at once in one hub; of one shop there is never more than one. */
const atOnce = 2;

/** The queue of imports, in the hub's own database: what is enqueued commits with what caused it. */
@Injectable()
export class ImportJobs {
  private readonly logger = new Logger('jobs');
  private readonly stopping = new AbortController();
  private boss: PgBoss | undefined;
  private workerIds: readonly string[] = [];

  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Makes the queue ready and begins to work. Jobs that another hub left behind are taken up. */
  async start(work: Work): Promise<void> {
    const boss = new PgBoss({
      db: poolOf(this.database),
      schema: 'jobs',
      schedule: false,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    });
    boss.on('error', (error) => this.logger.error(error.message));
    await boss.start();
    await boss.createQueue(queue, {
      heartbeatSeconds,
      expireInSeconds: longestRunSeconds,
      retryLimit: retries,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
    });
    // Of its own accord pg-boss looks for the first time after `superviseSeconds`.
    await boss.supervise(queue);
    const options = {
      includeMetadata: true,
      pollingIntervalSeconds: 1,
      groupConcurrency: 1,
    } as const;
    this.boss = boss;
    // Each by its own name: of several under one name pg-boss would wake the first alone.
    this.workerIds = await Promise.all(
      Array.from({ length: atOnce }, () =>
        boss.work<ImportJob, void, typeof options>(queue, options, async (jobs) => {
          for (const job of jobs) await this.attempt(job, work);
        }),
      ),
    );
  }

  /** Enqueues within a database transaction; gives the job's id. Call `wake` once that has been committed. */
  async enqueue(manager: EntityManager, job: ImportJob): Promise<string> {
    const id = await this.running.send(queue, job, { group: { id: job.shopId }, db: transactionOf(manager) });
    if (!id) throw new Error('The import could not be enqueued');
    return id;
  }

  /** Lets this hub look for work at once. */
  wake(): void {
    for (const id of this.workerIds) this.boss?.notifyWorker(id);
  }

  /** Of these jobs, those that are neither waiting nor at work any more. */
  async ended(jobIds: readonly string[]): Promise<ReadonlySet<string>> {
    const states = await Promise.all(
      jobIds.map(async (id) => ({ id, jobs: await this.running.findJobs(queue, { id }) })),
    );
    const alive = ['created', 'retry', 'active'];
    return new Set(
      states.filter(({ jobs }) => !jobs.some(({ state }) => alive.includes(state))).map(({ id }) => id),
    );
  }

  /** Takes no more jobs and asks those at work to end; they are taken up again from their beginning. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.boss?.stop({ graceful: true, timeout: stopLimitMs });
  }

  private async attempt(job: JobWithMetadata<ImportJob>, work: Work): Promise<void> {
    const signal = AbortSignal.any([job.signal, this.stopping.signal]);
    const last = job.retryCount >= job.retryLimit;
    await inLittleMemory(() => work(job.data, { last, signal }));
    // The next one follows at once, and not after the rest of a second.
    this.wake();
  }

  private get running(): PgBoss {
    if (!this.boss) throw new Error('The queue of imports has not started');
    return this.boss;
  }
}

/** pg-boss on the hub's own connections. */
function poolOf(database: DataSource): Db {
  const { master } = database.driver as PostgresDriver;
  return {
    executeSql: (text, values) =>
      (master as { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }).query(
        text,
        values,
      ),
  };
}

/** pg-boss within a transaction of the hub. */
const transactionOf = (manager: EntityManager): Db => ({
  executeSql: async (text, values) => {
    const result = await manager.queryRunner?.query(text, values, true);
    if (!result) throw new Error('Enqueueing needs a transaction');
    return { rows: result.records };
  },
});
