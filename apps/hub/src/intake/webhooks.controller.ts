import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Shops } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { Absences } from './absences.js';

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

const rejections = {
  'bad-signature': [401, '通知の署名が正しくありません。', 'The signature of the notice is wrong.'],
  stale: [401, '通知の時刻が古すぎるか、先の時刻です。', 'The time of the notice is too old, or ahead.'],
  malformed: [400, '通知の内容を読み取れません。', 'The notice cannot be read.'],
} as const;

/** Notices from carts. A notice is a hint to pull, signed by the cart; nothing in it is taken as data. */
@Controller('webhooks')
export class WebhooksController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Absences) private readonly absences: Absences,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Post(':shopId')
  @HttpCode(204)
  async receive(
    @Param('shopId', { schema: z.uuid() }) shopId: string,
    @Headers() raw: RawHeaders,
    @Body() body: Buffer | undefined,
  ): Promise<void> {
    const shop = await this.shops.open(shopId);
    if (!shop.adapter.webhook) throw problemOf(404);
    const headers = Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const request = { headers, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
    const reading = shop.adapter.webhook.read(request, shop.settings, this.clock);
    if (reading.kind === 'rejected') {
      const [status, ja, en] = rejections[reading.reason];
      throw new ApiProblem(status, reading.reason, { ja, en });
    }
    const now = this.clock.now();
    await this.absences.noticeDeletions(shopId, reading.deleted, now);
    const sweeps = reading.deleted.length > 0;
    await this.database.query(
      `update shops set hinted_at = $2, next_run_at = least(next_run_at, $2), quiet_runs = 0,
         swept_at = case when $3 then null else swept_at end where id = $1`,
      [shopId, now, sweeps],
    );
  }
}
