import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { ApiProblem } from '../http/problem.js';
import { CLOCK } from '../tokens.js';

const windowMs = 15 * 60_000;
const triesPerLogin = 10;
/** An office shares one address. */
const triesPerAddress = 50;
const remembered = 10_000;

interface Tries {
  count: number;
  readonly until: number;
}

/** Counts sign-ins that failed, by login and by address, in memory: a restart forgives. */
@Injectable()
export class LoginThrottle {
  private readonly tries = new Map<string, Tries>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Counts a try before it is looked at, so that many at once gain nothing. Throws 429 where there were too many. */
  begin(login: string, address: string): void {
    this.count(`address ${address}`, triesPerAddress);
    this.count(`login ${login.toLowerCase()}`, triesPerLogin);
  }

  /** The person was who they said: their own tries are forgotten. */
  succeeded(login: string, address: string): void {
    this.tries.delete(`login ${login.toLowerCase()}`);
    const ofAddress = this.tries.get(`address ${address}`);
    if (ofAddress) ofAddress.count -= 1;
  }

  private count(key: string, limit: number): void {
    const now = this.clock.now().getTime();
    const known = this.tries.get(key);
    const current = known && known.until > now ? known : { count: 0, until: now + windowMs };
    if (current.count >= limit) {
      const minutes = Math.ceil((current.until - now) / 60_000);
      throw new ApiProblem(429, 'too-many-tries', {
        ja: `ログインの試行回数が上限に達しました。${minutes}分後にもう一度お試しください。`,
        en: `Too many attempts to sign in. Please try again in ${minutes} minutes.`,
      });
    }
    current.count += 1;
    this.tries.set(key, current);
    if (this.tries.size > remembered) this.forget(now);
  }

  private forget(now: number): void {
    for (const [key, { until }] of this.tries) {
      if (until <= now || this.tries.size > remembered) this.tries.delete(key);
    }
  }
}
