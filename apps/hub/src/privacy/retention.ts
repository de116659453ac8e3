import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { finalStates, type Clock, type RetentionPreview, type RetentionView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import { dropOldPartitions, monthStart } from '../database/partitions.js';
import { CLOCK } from '../tokens.js';
import { eraseBuyers, type ErasableKey } from './erase.js';

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const batch = 500;
const daysOfMonth = 31;

/** What holds until somebody says otherwise: people are never forgotten by themselves, figures of runs after a quarter. */
const defaults: RetentionView = { buyers: null, runs: 90, calls: null };

/** Whole months: the month in which a call is old enough goes once all of it is. */
const monthsOf = (days: number): number => Math.ceil(days / daysOfMonth);

/** SQL: what goes. What would go is counted by the same words. */
const goingBuyers = 'sealed_order is not null and state = any($1) and updated_at < $2';
const goingRuns = 'started_at < $1 and finished_at is not null';
const finalNames = Object.keys(finalStates);

/** Forgets by itself what has been kept long enough: buyers of finished transactions, runs, calls. */
@Injectable()
export class Retention {
  private readonly logger = new Logger('Retention');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async show(): Promise<RetentionView> {
    const rows = await this.database.query<{ kind: keyof RetentionView; days: number | null }[]>(
      'select kind, days from retention',
    );
    return { ...defaults, ...Object.fromEntries(rows.map(({ kind, days }) => [kind, days])) };
  }

  async change(by: string, wanted: RetentionView): Promise<RetentionView> {
    const before = await this.show();
    await this.database.transaction(async (manager) => {
      await manager.query(
        `insert into retention (kind, days) select kind, days from unnest($1::text[], $2::int[]) n(kind, days)
         on conflict (kind) do update set days = excluded.days`,
        [Object.keys(wanted), Object.values(wanted)],
      );
      const details = differences(before, wanted);
      await this.audit.record(manager, { by, action: 'retention-changed', object: 'hub:retention', details });
    });
    return this.show();
  }

  /** What the next run would erase if this were the retention; changes nothing. */
  async preview({ buyers, runs, calls }: RetentionView): Promise<RetentionPreview> {
    const now = this.clock.now();
    const of = async (days: number | null, before: Date, sql: string, first: readonly unknown[] = []) => {
      if (days === null) return null;
      const [row] = await this.database.query<{ count: number }[]>(
        `select count(*)::int as count from ${sql}`,
        [...first, before],
      );
      return { before: before.toISOString(), count: row?.count ?? 0 };
    };
    return {
      buyers: await of(buyers, daysBefore(now, buyers), `transactions where ${goingBuyers}`, [finalNames]),
      runs: await of(runs, daysBefore(now, runs), `runs where ${goingRuns}`),
      calls: await of(calls, monthStart(now, -monthsOf(calls ?? 0)), 'calls where at < $1'),
    };
  }

  @Interval(hourMs)
  async tick(): Promise<void> {
    await this.run().catch((error: unknown) =>
      this.logger.error(error instanceof Error ? error.message : 'failed'),
    );
  }

  /** Gives how many transactions were relieved of their people. */
  async run(): Promise<number> {
    const { buyers, runs, calls } = await this.show();
    const now = this.clock.now();
    if (runs !== null) {
      await this.database.query(`delete from runs where ${goingRuns}`, [daysBefore(now, runs)]);
    }
    if (calls !== null) await dropOldPartitions(this.database, now, { calls: monthsOf(calls) });
    return buyers === null ? 0 : this.eraseOlder(daysBefore(now, buyers));
  }

  private async eraseOlder(before: Date): Promise<number> {
    for (let erased = 0; ;) {
      const some = await this.database.transaction(async (manager) => {
        const keys = await manager.query<ErasableKey[]>(
          `select shop_id, id from transactions
           where ${goingBuyers}
           order by shop_id, id limit ${batch} for update skip locked`,
          [finalNames, before],
        );
        await eraseBuyers(manager, keys);
        return keys.length;
      });
      erased += some;
      if (some < batch) return erased;
    }
  }
}

const daysBefore = (now: Date, days: number | null): Date => new Date(now.getTime() - (days ?? 0) * dayMs);
