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
import type { Timing } from '../timing.js';
import { CLOCK, TIMING } from '../tokens.js';
import { Exchange } from './exchange.js';
import { ImportActions } from './import-actions.js';
import { ImportRun } from './import-run.js';
import { ImportJobs } from './jobs.js';
import { keptDays } from './result-files.js';

const dayMs = 86_400_000;
/** An upload that is still under way after so long has been given up. */
const abandonedMs = 3 * 3_600_000;
/** Files in the watched folder are plain: what was dealt with is kept only for looking into what went wrong. */
const folderDays = 14;
/** A job that has just been enqueued may not be seen yet. */
const settledMs = 60_000;

/** Starts and ends what files need beside requests: the queue, the watched folder, and tidying up. */
@Injectable()
export class FilesLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('files');
  private readonly busy = new Map<string, Promise<void>>();

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ImportJobs) private readonly jobs: ImportJobs,
    @Inject(ImportRun) private readonly runner: ImportRun,
    @Inject(ImportActions) private readonly actions: ImportActions,
    @Inject(Exchange) private readonly exchange: Exchange,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.start((job, attempt) => this.runner.run(job, attempt));
    this.every('exchange', this.timing.tickMs * 4, () => this.exchange.look());
    this.every('waiting-imports', this.timing.tickMs * 4, () => this.actions.resumeWaiting());
    this.every('lost-imports', settledMs, () => this.endLost());
    this.every('old-files', 3_600_000, () => this.tidy());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.busy.values());
    await this.jobs.stop();
  }

  /** Imports whose job has ended without a word: the last hub that tried died of it. */
  async endLost(): Promise<void> {
    const running = await this.database.query<{ id: string; job_id: string }[]>(
      `select id, job_id from imports where state = 'running' and job_id is not null and started_at < $1`,
      [new Date(this.clock.now().getTime() - settledMs)],
    );
    const lost = await this.jobs.ended(running.map(({ job_id }) => job_id));
    for (const { id, job_id } of running) if (lost.has(job_id)) await this.runner.fail(id);
  }

  /** Content is kept as long as result files are; rows about orders that nobody claims as well. */
  async tidy(): Promise<void> {
    await this.exchange.tidy(folderDays);
    const now = this.clock.now().getTime();
    const old = new Date(now - keptDays * dayMs);
    const settled = `select id from imports where uploaded_at < $1 and state not in ('running', 'waiting', 'receiving')`;
    await this.database.query(`delete from imports where state = 'receiving' and uploaded_at < $1`, [
      new Date(now - abandonedMs),
    ]);
    await this.database.query(`delete from import_chunks where import_id in (${settled})`, [old]);
    await this.database.query(`delete from import_rows where import_id in (${settled})`, [old]);
    await this.database.query(
      `update imports set sealed_preview = null, state = case when state in ('uploaded', 'asking') then 'discarded' else state end
       where id in (${settled}) and sealed_preview is not null`,
      [old],
    );
    await this.database.query('delete from result_files where created_at < $1', [old]);
    await this.database.query(
      `delete from file_parts p where known_at < $1 and not exists (
         select 1 from transactions t where t.shop_id = p.shop_id and t.order_number = p.order_number)`,
      [old],
    );
  }

  private every(name: string, pauseMs: number, work: () => Promise<void>): void {
    this.registry.addInterval(
      name,
      setInterval(() => this.run(name, work), pauseMs),
    );
  }

  /** One that is still at work is not started a second time. */
  private run(name: string, work: () => Promise<void>): void {
    if (this.busy.has(name)) return;
    const tick = work()
      .catch((error: unknown) =>
        this.logger.error(`${name}: ${error instanceof Error ? error.message : 'failed'}`),
      )
      .finally(() => this.busy.delete(name));
    this.busy.set(name, tick);
  }
}
