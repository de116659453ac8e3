import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { networkOf } from '../http/network.js';
import { ApiProblem } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { RecentCounts } from './recent-counts.js';

const triesPerLogin = 10;
/** An office shares one address. */
const triesPerAddress = 50;

const loginName = (login: string): string => `login ${login.toLowerCase()}`;
const addressName = (address: string): string => `address ${networkOf(address)}`;

/** Counts sign-ins that failed, by login and by address. */
@Injectable()
export class LoginThrottle {
  private readonly tries: RecentCounts;

  constructor(@Inject(CLOCK) private readonly clock: Clock) {
    this.tries = new RecentCounts(clock);
  }

  /** Counts a try before it is looked at, so that many at once gain nothing. Throws 429 where there were too many. */
  begin(login: string, address: string): void {
    this.count(addressName(address), triesPerAddress);
    this.count(loginName(login), triesPerLogin);
  }

  /** Counts a try of whoever shows no login. Throws 429. */
  beginAddress(address: string): void {
    this.count(addressName(address), triesPerAddress);
  }

  /** The person was who they said: their own tries are forgotten. */
  succeeded(login: string, address: string): void {
    this.tries.forget(loginName(login));
    this.tries.takeBack(addressName(address));
  }

  private count(name: string, limit: number): void {
    const { count, until } = this.tries.of(name);
    if (count >= limit) {
      const minutes = Math.ceil((until - this.clock.now().getTime()) / 60_000);
      throw new ApiProblem(429, 'too-many-tries', {
        ja: `ログインの試行回数が上限に達しました。${minutes}分後にもう一度お試しください。`,
        en: `Too many attempts to sign in. Please try again in ${minutes} minutes.`,
      });
    }
    this.tries.add(name);
  }
}
