import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChangeFeed } from '../http/stream.js';

/** Notices that some transaction has changed, by whichever hub, and tells the open pages. */
@Injectable()
export class Changes {
  private latest = '';

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
  ) {}

  /** One query for all open pages together. */
  async run(): Promise<void> {
    const [row] = await this.database.query<{ latest: string }[]>(
      `select updated_at::text || id::text as latest from transactions order by updated_at desc, id desc limit 1`,
    );
    const latest = row?.latest ?? '';
    if (latest !== this.latest) this.feed.notify();
    this.latest = latest;
  }
}
