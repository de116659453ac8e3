import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChangeFeed } from '../http/stream.js';
import { Tallies } from '../transactions/tallies.js';

interface Latest {
  readonly at: string;
  readonly id: string;
}

const beforeAny: Latest = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** Notices that some transaction has changed, by whichever hub, tells the open pages, and lets the sums be drawn. */
@Injectable()
export class Changes {
  private latest: Latest | null = null;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Tallies) private readonly tallies: Tallies,
  ) {}

  /** One query for all open pages together, and one more for whose session may have ended. */
  async run(): Promise<void> {
    await this.feed.endOutdated();
    const [row] = await this.database.query<Latest[]>(
      `select updated_at::text as at, id from transactions order by updated_at desc, id desc limit 1`,
    );
    if (!row) this.latest ??= beforeAny;
    if (!row || (row.at === this.latest?.at && row.id === this.latest.id)) return;
    // At the first look nobody knows what has changed, and every page may ask.
    const shopIds = this.latest && (await this.changedSince(this.latest));
    this.latest = row;
    this.feed.notify(shopIds);
    await this.tallies.run();
  }

  private async changedSince({ at, id }: Latest): Promise<readonly string[]> {
    const rows = await this.database.query<{ shop_id: string }[]>(
      'select distinct shop_id from transactions where (updated_at, id) > ($1::timestamptz, $2::uuid)',
      [at, id],
    );
    return rows.map(({ shop_id: shopId }) => shopId);
  }
}
