import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { RecentCounts } from '../accounts/recent-counts.js';
import { networkOf } from '../http/network.js';
import { problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';

/** A program that goes on with a key that has ended is turned away without a look; others beside it are not. */
const failuresPerKey = 20;
const failuresPerAddress = 300;

/** Counts requests with keys that are none, by address and key. */
@Injectable()
export class KeyThrottle {
  private readonly failures: RecentCounts;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.failures = new RecentCounts(clock);
  }

  /** Throws 429 where there were too many failures. */
  check(prefix: string, address: string): void {
    const network = networkOf(address);
    const isOver = (name: string, limit: number) => this.failures.of(name).count >= limit;
    if (isOver(`${network} ${prefix}`, failuresPerKey) || isOver(network, failuresPerAddress))
      throw problemOf(429);
  }

  failed(prefix: string, address: string): void {
    const network = networkOf(address);
    this.failures.add(`${network} ${prefix}`);
    this.failures.add(network);
  }
}
