import { createHash } from 'node:crypto';
import { Body, Controller, Headers, Inject, Param, Post } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
import { Described } from '../http/described.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Shops } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { Absences } from './absences.js';

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

const hourMs = 3_600_000;
/** Longer than any cart's window, on both sides of now. */
const keptMs = 24 * hourMs;

const sameMomentMs = 5_000;

const fingerprintOf = (proof: string): string => createHash('sha256').update(proof).digest('hex');

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

  @Described('Takes a signed webhook of a cart', null, 204)
  @Public()
  @Post(':shopId')
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
    const takenAt = await this.takenAt(shopId, reading.proof);
    if (takenAt) {
      // Two changes within one second may be told of in the same words: read once more, should the first look have been too early.
      if (now.getTime() - takenAt.getTime() < sameMomentMs) await this.hint(shopId, now, false);
      throw replayed();
    }
    await this.absences.noticeDeletions(shopId, reading.deleted, now);
    await this.hint(shopId, now, reading.deleted.length > 0);
    await this.remember(shopId, reading.proof, now);
  }

  private async hint(shopId: string, now: Date, sweeps: boolean): Promise<void> {
    await this.database.query(
      `update shops set hinted_at = $2, next_run_at = least(next_run_at, $2), quiet_runs = 0,
         swept_at = case when $3 then null else swept_at end where id = $1`,
      [shopId, now, sweeps],
    );
  }

  /** When this very notice was taken; undefined where it was not. */
  private async takenAt(shopId: string, proof: string | undefined): Promise<Date | undefined> {
    if (proof === undefined) return undefined;
    const [known] = await this.database.query<{ taken_at: Date }[]>(
      'select taken_at from cart_notices where shop_id = $1 and fingerprint = $2',
      [shopId, fingerprintOf(proof)],
    );
    return known?.taken_at;
  }

  private async remember(shopId: string, proof: string | undefined, now: Date): Promise<void> {
    if (proof === undefined) return;
    await this.database.query(
      'insert into cart_notices (shop_id, fingerprint, taken_at) values ($1, $2, $3) on conflict do nothing',
      [shopId, fingerprintOf(proof), now],
    );
  }

  /** What is older is refused by its time alone. */
  @Interval(hourMs)
  async forget(): Promise<void> {
    await this.database.query('delete from cart_notices where taken_at < $1', [
      new Date(this.clock.now().getTime() - keptMs),
    ]);
  }
}

const replayed = (): ApiProblem =>
  new ApiProblem(409, 'already-taken', {
    ja: 'この通知はすでに受け取っています。',
    en: 'This notice was taken already.',
  });
