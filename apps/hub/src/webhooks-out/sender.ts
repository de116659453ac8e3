import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ChangeView, Clock, IdSource } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Numbering } from '../changes/numbering.js';
import { cursorOf } from '../changes/cursor.js';
import { ChangePages } from '../changes/pages.js';
import type { Environment } from '../env.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import type { Timing } from '../timing.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING, TIMING } from '../tokens.js';
import { recordDelivery, type Delivery } from './deliveries.js';
import { send, type Sent } from './send.js';
import { signatureOf } from './signature.js';

/** An endpoint as far as calling it goes. */
export interface Target {
  readonly id: string;
  readonly shop_id: string;
  readonly url: string;
  readonly secret: Buffer;
}

interface Claimed extends Target {
  readonly position: string;
}

interface Failure extends Pick<Sent, 'outcome' | 'status' | 'retryAfterMs'> {
  /** The place from which it was sent. */
  readonly after: bigint;
}

const changesPerCall = 100;
/** Far longer than a call may take: a lease that runs out belonged to a hub that is gone. */
const leaseMs = 60_000;
const longestPauseMs = 3_600_000;
const mostCalls = 100;

/** The record that an endpoint's secret is sealed for. */
export const secretRecordId = (id: string): string => `webhook:${id}`;

/**
 * Sends the changes of a shop to its endpoints, each in order from its own place in the feed, one call at a time.
 * A call that is not answered with success is made again later, with all that has come meanwhile: delivery is at
 * least once. An endpoint that is slow or gone holds up no other.
 */
@Injectable()
export class WebhookSender {
  private readonly logger = new Logger('webhooks');
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ChangePages) private readonly pages: ChangePages,
    @Inject(Numbering) private readonly numbering: Numbering,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(TIMING) private readonly timing: Pick<Timing, 'retryMs'>,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'webhookPrivate'>,
  ) {}

  /** Starts a run for every endpoint that has something due and that no hub is calling now; waits for none. */
  async wake(): Promise<void> {
    const free = mostCalls - this.running.size;
    if (this.stopped || free <= 0) return;
    const { last } = await this.numbering.run();
    const token = this.ids.next();
    for (const endpoint of await this.claim(token, last, free)) {
      const run = this.deliver(endpoint, token)
        .catch((error: unknown) =>
          this.logger.error(`A run failed: ${error instanceof Error ? error.message : 'unknown failure'}`),
        )
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  /** Takes no more work, and waits for the calls under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  /** One call outside the order, for people to see whether it arrives. */
  test(target: Target): Promise<Delivery> {
    return this.call(target, { kind: 'test', after: null, end: null, rows: [] });
  }

  /** By one statement, so that two hubs never get the same. */
  private async claim(token: string, last: bigint, limit: number): Promise<readonly Claimed[]> {
    const now = this.clock.now();
    const [rows] = await this.database.query<[Claimed[], number]>(
      `update webhook_endpoints e set lease_token = $1, lease_until = $2 from (
         select w.id from webhook_endpoints w
         where not w.paused and w.next_at <= $3 and w.position < $4
           and (w.lease_until is null or w.lease_until < $3)
           and exists (select from changes c where c.shop_id = w.shop_id and c.position > w.position)
         order by w.next_at limit $5 for update skip locked) d
       where e.id = d.id returning e.id, e.shop_id, e.url, e.secret, e.position`,
      [token, new Date(now.getTime() + leaseMs), now, last.toString(), limit],
    );
    return rows;
  }

  /** Call after call, until everything is delivered, one fails, or people have stepped in. */
  private async deliver(endpoint: Claimed, token: string): Promise<void> {
    let after = BigInt(endpoint.position);
    let goesOn = true;
    while (goesOn && !this.stopped) {
      const { last } = await this.numbering.run();
      const query = { after, last, limit: changesPerCall, shopIds: [endpoint.shop_id] };
      const { rows, end } = await this.pages.batch(query);
      if (rows.length === 0) break;
      const delivery = await this.call(endpoint, { kind: 'changes', after, end, rows });
      const isDone = delivery.outcome === 'done';
      if (!isDone) await this.fail(endpoint, token, { ...delivery, after });
      goesOn = isDone && (await this.advance(endpoint, token, { from: after, to: end }));
      after = end;
    }
    await this.database.query(
      'update webhook_endpoints set lease_token = null, lease_until = null where id = $1 and lease_token = $2',
      [endpoint.id, token],
    );
  }

  private async call(
    target: Target,
    content: {
      readonly kind: Delivery['kind'];
      readonly after: bigint | null;
      readonly end: bigint | null;
      readonly rows: readonly ChangeView[];
    },
  ): Promise<Delivery & Pick<Sent, 'outcome' | 'retryAfterMs'>> {
    const { kind, after, end, rows } = content;
    const id = this.ids.next();
    const at = this.clock.now();
    const next = end === null ? null : cursorOf(end);
    const body = JSON.stringify({
      id,
      kind,
      webhookId: target.id,
      shopId: target.shop_id,
      changes: rows,
      next,
    });
    const secret = z.string().parse(openJson(this.keyring, secretRecordId(target.id), target.secret));
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'np-hub',
      'x-np-hub-delivery': id,
      'x-np-hub-signature': signatureOf(secret, at, body),
    };
    const { retryAfterMs, ...sent } = await send(
      { url: target.url, headers, body },
      this.environment.webhookPrivate,
    );
    const durationMs = this.clock.now().getTime() - at.getTime();
    const delivery = {
      id,
      endpointId: target.id,
      at,
      kind,
      after,
      end,
      changes: rows.length,
      durationMs,
      ...sent,
    };
    await recordDelivery(this.database.manager, delivery);
    return { ...delivery, retryAfterMs };
  }

  /** Goes on to the next place; false where people have paused it, removed it or sent it elsewhere meanwhile. */
  private async advance(
    { id, url }: Claimed,
    token: string,
    { from, to }: { readonly from: bigint; readonly to: bigint },
  ): Promise<boolean> {
    const now = this.clock.now();
    const [rows] = await this.database.query<[{ paused: boolean; url: string }[], number]>(
      `update webhook_endpoints set position = $4, failures = 0, trouble = null, next_at = $5, lease_until = $6
       where id = $1 and lease_token = $2 and position = $3 returning paused, url`,
      [id, token, from.toString(), to.toString(), now, new Date(now.getTime() + leaseMs)],
    );
    return rows[0]?.paused === false && rows[0].url === url;
  }

  /**
   * Comes back later, by the failures as they are now: calls of this run that arrived, and people, begin the count anew.
   * At once where people have sent it elsewhere meanwhile.
   */
  private async fail(
    { id, url }: Claimed,
    token: string,
    { after, outcome, status, retryAfterMs }: Failure,
  ): Promise<void> {
    // Spread, so that endpoints that failed together do not come back together.
    const spread = 0.5 + Math.random() / 2;
    await this.database.query(
      `update webhook_endpoints set failures = failures + 1, trouble = $5, next_at = $6::timestamptz + interval '1 millisecond'
         * least(greatest(least($7 * power(2, least(failures, 20)), $8) * $9::float8, $10), $8::float8)
       where id = $1 and lease_token = $2 and position = $3 and url = $4`,
      [
        id,
        token,
        after.toString(),
        url,
        status === null ? outcome : `${outcome}: HTTP ${status}`,
        this.clock.now(),
        this.timing.retryMs,
        longestPauseMs,
        spread,
        retryAfterMs ?? 0,
      ],
    );
  }
}
