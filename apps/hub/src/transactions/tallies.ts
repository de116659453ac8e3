import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const keys = 'shop_id, state, actor, gate, due_kind, due_day, reported_day';

/**
 * SQL: how many transactions there are, and over how much, by shop, state, actor, gate and days. Triggers note what every
 * statement adds and takes away (migration 0018), so that it is exact at every moment and nobody waits for a counter.
 */
export const tallied = `(select ${keys}, orders, billed_yen from tallies
  union all select ${keys}, orders, billed_yen from tally_changes)`;

/** Draws the sums of what has been noted, so that there is little to add up at each look. */
@Injectable()
export class Tallies {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** One hub at a time; what is noted meanwhile stays for the next time. */
  async run(): Promise<void> {
    const [some] = await this.database.query<unknown[]>('select 1 from tally_changes limit 1');
    if (!some) return;
    await this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(
        `select pg_try_advisory_xact_lock(hashtextextended('tallies', 0)) as taken`,
      );
      if (!lock?.taken) return;
      await manager.query(
        `with drawn as (delete from tally_changes returning ${keys}, orders, billed_yen)
         insert into tallies as t (${keys}, orders, billed_yen)
         select ${keys}, sum(orders), sum(billed_yen) from drawn group by ${keys}
         on conflict (${keys}) do update set orders = t.orders + excluded.orders,
           billed_yen = t.billed_yen + excluded.billed_yen`,
      );
      await manager.query('delete from tallies where orders = 0 and billed_yen = 0');
    });
  }
}
