import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { CLOCK } from '../tokens.js';

/** The tables that only grow, kept by month so that old months can be dropped whole. */
const tables = ['history', 'calls', 'changes', 'webhook_deliveries'] as const;

/** Whole months that are kept beside the present one; absent: for good. */
const keptMonths = { changes: 13, webhook_deliveries: 3 } as const;

/** Percent of a page that new rows fill: a change gets its position once it is committed, and stays on its page. */
const filled: Readonly<Partial<Record<(typeof tables)[number], number>>> = { changes: 50 };

/** The first moment of the month that lies so many months after the one of `now`. */
export const monthStart = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));

const partitionName = (table: string, month: Date): string =>
  `${table}_${month.toISOString().slice(0, 7).replace('-', '_')}`;

/** Makes the partitions of the month of `now` and of the next `ahead` months; safe to repeat and to race. */
export async function ensurePartitions(database: DataSource, now: Date, ahead = 2): Promise<void> {
  for (const table of tables) {
    for (let month = -1; month <= ahead; month += 1) {
      const [from, to] = [monthStart(now, month), monthStart(now, month + 1)];
      await database.query(
        `create table if not exists ${partitionName(table, from)} partition of ${table}
         for values from ('${from.toISOString()}') to ('${to.toISOString()}')
         with (fillfactor = ${filled[table] ?? 100})`,
      );
    }
  }
}

/** Drops the months that are no longer kept. Of the feed it is noted how far it went: an older cursor has expired. */
export async function dropOldPartitions(
  database: DataSource,
  now: Date,
  kept: Partial<Readonly<Record<(typeof tables)[number], number>>> = keptMonths,
): Promise<void> {
  for (const [table, months] of Object.entries(kept)) {
    const oldestKept = partitionName(table, monthStart(now, -months));
    const old = await database.query<{ name: string }[]>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = $1::regclass and c.relname < $2 order by 1`,
      [table, oldestKept],
    );
    for (const { name } of old) {
      await database.transaction(async (manager) => {
        // One hub at a time; another one that saw the same month finds it gone.
        await manager.query('select 1 from change_clock where id = 1 for update');
        const [found] = await manager.query<{ name: string | null }[]>('select to_regclass($1) as name', [
          name,
        ]);
        if (!found?.name) return;
        if (table === 'changes') {
          await manager.query(
            `update change_clock set dropped = greatest(dropped, (select max(position) from ${name}))`,
          );
        }
        await manager.query(`drop table ${name}`);
      });
    }
  }
}

/** Keeps the partitions of the coming months ahead of time, and drops old ones. */
@Injectable()
export class Partitions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    await ensurePartitions(this.database, now);
    await dropOldPartitions(this.database, now);
  }
}
