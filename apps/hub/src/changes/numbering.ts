import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** How far the feed goes, and what of it has been dropped. */
export interface FeedEnds {
  /** The last position given. */
  readonly last: bigint;
  /** The last position that went with an old month; 0 while everything is kept. */
  readonly dropped: bigint;
}

const batch = 5_000;

/**
 * Gives committed changes their place in the feed. Sequence numbers are drawn before the commit, so a reader that
 * went by them would skip what commits late. Positions are given afterwards, one numbering at a time, to all that
 * has been committed by then: whoever has seen a position has seen every smaller one. Changes of one transaction are
 * written under its lock, so that their sequence is their order, and the later one is never visible without the earlier.
 */
@Injectable()
export class Numbering {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Numbers what has been committed, and tells how far the feed goes then. */
  async run(): Promise<FeedEnds> {
    while (await this.hasNew()) {
      if ((await this.numberBatch()) < batch) break;
    }
    const [row] = await this.database.query<{ position: string; dropped: string }[]>(
      'select position, dropped from change_clock',
    );
    return { last: BigInt(row?.position ?? 0), dropped: BigInt(row?.dropped ?? 0) };
  }

  /** Most looks find nothing: they need not wait for the lock. */
  private async hasNew(): Promise<boolean> {
    const [row] = await this.database.query<{ some: boolean }[]>(
      'select exists (select from changes where position is null) as some',
    );
    return row?.some ?? false;
  }

  private numberBatch(): Promise<number> {
    return this.database.transaction(async (manager) => {
      // The next statement's snapshot begins after whoever numbered before has committed.
      await manager.query('select 1 from change_clock where id = 1 for update');
      const [row] = await manager.query<{ count: number }[]>(
        // By where they lie: nobody else changes a change that has no position, and `at` tells its month.
        `with fresh as (
           select month, place_there, at, row_number() over (order by sequence) as place from (
             select tableoid as month, ctid as place_there, at, sequence from changes
             where position is null order by sequence limit ${batch}) n),
         numbered as (
           update changes c set position = k.position + f.place from fresh f, change_clock k
           where c.at = f.at and c.tableoid = f.month and c.ctid = f.place_there returning 1)
         select count(*)::int as count from numbered`,
      );
      const count = row?.count ?? 0;
      await manager.query('update change_clock set position = position + $1', [count]);
      return count;
    });
  }
}
