import { Inject, Injectable } from '@nestjs/common';
import type { IoError, IoErrorKind } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { Timing } from '../timing.js';
import { CLOCK, TIMING } from '../tokens.js';

/** How a call failed as a whole. `message` is safe to show. */
export interface Failure {
  readonly kind: IoErrorKind;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

/** What a thrown error says of the other side. */
export const failureFrom = ({ kind, message, details }: IoError): Failure => ({
  kind,
  message,
  retryAfterMs: details.retryAfterMs,
});

/** The longest pause, as a multiple of the first. */
const longestPauses = 15;

/**
 * Keeps calls away from what does not answer. A connection that fails rests, each time longer; then one question that
 * changes nothing is asked; then single lines go out, until one of them is answered. A cart's calls change nothing that
 * could be lost, so that the next small one is the question. Work waits meanwhile, and nothing of it is lost.
 */
@Injectable()
export class Recovery {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** A call over a connection has failed as a whole. Those that fail together count once. */
  async connectionFailed(id: string, operation: string, failure: Failure): Promise<void> {
    const now = this.clock.now();
    await this.database.query(
      `update connections set trouble = $2, failing = $3, recovery = 'down', trouble_since = coalesce(trouble_since, $4),
         failures = failures + 1,
         paused_until = $4::timestamptz + make_interval(secs => coalesce($5::float8, ${pauseSql('failures')}))
       where id = $1 and (recovery is distinct from 'down' or paused_until <= $4)`,
      [id, `${failure.kind}: ${failure.message}`, operation, now, secondsOf(failure), ...this.pauses()],
    );
  }

  /**
   * A call has been answered: everything goes on. An answered question proves nothing for changes that have failed, as
   * long as there are any to make.
   */
  async connectionAnswered(id: string, operation: string): Promise<void> {
    await this.database.query(
      `update connections c set trouble = null, failing = null, recovery = null, trouble_since = null, failures = 0,
         paused_until = null
       where c.id = $1 and (c.recovery is not null or c.trouble is not null or c.paused_until is not null)
         and (not $2 or c.failing like 'find-%' or not exists (
           select 1 from effects e where e.connection_id = c.id and e.lane = 'write'))`,
      [id, operation.startsWith('find-')],
    );
  }

  /** Takes a connection whose rest is over, to ask its question; false where somebody else has it. */
  async takeForQuestion(id: string, untilMs: number): Promise<boolean> {
    const now = this.clock.now();
    const [, taken] = await this.database.query<[unknown, number]>(
      `update connections set paused_until = $3 where id = $1 and recovery = 'down' and paused_until <= $2`,
      [id, now, new Date(now.getTime() + untilMs)],
    );
    return taken > 0;
  }

  /** The question was answered: single lines may go. */
  async questionAnswered(id: string): Promise<void> {
    await this.database.query(
      `update connections set recovery = 'trying', paused_until = null where id = $1 and recovery = 'down'`,
      [id],
    );
  }

  async questionFailed(id: string, failure: Failure): Promise<void> {
    await this.database.query(
      `update connections set trouble = $2, failures = failures + 1,
         paused_until = $3::timestamptz + make_interval(secs => coalesce($4::float8, ${pauseSql('failures', 5)}))
       where id = $1 and recovery = 'down'`,
      [id, `${failure.kind}: ${failure.message}`, this.clock.now(), secondsOf(failure), ...this.pauses()],
    );
  }

  /** A call to a shop's cart has failed as a whole. Once may be chance; from the second time on its words wait. */
  async cartFailed(shopId: string, what: 'pull' | 'push', failure: Failure): Promise<void> {
    await this.database.query(
      `update shops set cart_failing = $3, cart_trouble_since = coalesce(cart_trouble_since, $4),
         cart_failures = cart_failures + 1, cart_trouble = case when cart_failures > 0 then $2 end,
         cart_paused_until = case when cart_failures > 0 then
           $4::timestamptz + make_interval(secs => coalesce($5::float8, ${pauseSql('cart_failures - 1')})) end
       where id = $1`,
      [
        shopId,
        `${failure.kind}: ${failure.message}`,
        what,
        this.clock.now(),
        secondsOf(failure),
        ...this.pauses(),
      ],
    );
  }

  /** A cart has answered. That it can be read does not prove that it takes words. */
  async cartAnswered(shopId: string, what: 'pull' | 'push'): Promise<void> {
    await this.database.query(
      `update shops set cart_trouble = null, cart_failing = null, cart_trouble_since = null, cart_failures = 0,
         cart_paused_until = null
       where id = $1 and cart_failures > 0 and ($2 = 'push' or cart_failing = 'pull')`,
      [shopId, what],
    );
  }

  /** Words to a cart that is in trouble go one at a time. */
  async isCartInTrouble(shopId: string): Promise<boolean> {
    const [row] = await this.database.query<unknown[]>(
      'select 1 from shops where id = $1 and cart_trouble is not null',
      [shopId],
    );
    return row !== undefined;
  }

  private pauses(): readonly number[] {
    const firstSeconds = this.timing.retryMs / 1_000;
    return [firstSeconds, firstSeconds * longestPauses];
  }
}

/** Twice as long after each failure, by the count before this one; `first` is the number of its first parameter. */
const pauseSql = (failures: string, first = 6): string =>
  `least($${first} * power(2, least(${failures}, 20)), $${first + 1})`;

const secondsOf = ({ retryAfterMs }: Failure): number | null =>
  retryAfterMs === undefined ? null : retryAfterMs / 1_000;
