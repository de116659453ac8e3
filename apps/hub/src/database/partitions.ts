import type { DataSource } from 'typeorm';

/** The tables that only grow, kept by month so that old months can be dropped whole. */
const tables = ['history', 'calls'] as const;

/** Makes the partitions of the month of `now` and of the next `ahead` months; safe to repeat and to race. */
export async function ensurePartitions(database: DataSource, now: Date, ahead = 2): Promise<void> {
  for (const table of tables) {
    for (let month = -1; month <= ahead; month += 1) {
      const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1));
      const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month + 1, 1));
      const name = `${table}_${from.toISOString().slice(0, 7).replace('-', '_')}`;
      await database.query(
        `create table if not exists ${name} partition of ${table} for values from ('${from.toISOString()}') to ('${to.toISOString()}')`,
      );
    }
  }
}
