import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { CLOCK } from '../tokens.js';

/** The tables that only grow, kept by month so that old months can be dropped whole. */
const tables = ['history', 'calls', 'changes', 'webhook_deliveries'] as const;

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

/** Keeps the partitions of the coming months ahead of time. */
@Injectable()
export class Partitions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await ensurePartitions(this.database, this.clock.now());
  }
}
