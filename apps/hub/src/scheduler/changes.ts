import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChangeFeed } from '../http/stream.js';
import { Tallies } from '../transactions/tallies.js';

/** Notices that some transaction has changed, by whichever hub, tells the open pages, and lets the sums be drawn. */
@Injectable()
export class Changes {
  private latest = '';

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Tallies) private readonly tallies: Tallies,
  ) {}

  /** One query for all open pages together. */
  async run(): Promise<void> {
    const [row] = await this.database.query<{ latest: string }[]>(
      `select updated_at::text || id::text as latest from transactions order by updated_at desc, id desc limit 1`,
    );
    const latest = row?.latest ?? '';
    if (latest === this.latest) return;
    this.latest = latest;
    this.feed.notify();
    await this.tallies.run();
  }
}
