import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';

const windowMs = 15 * 60_000;
/** A program that goes on with a key that has ended is turned away without a look; others beside it are not. */
const failuresPerKey = 20;
const failuresPerAddress = 300;
const remembered = 10_000;

interface Failures {
  count: number;
  readonly until: number;
}

/** Counts requests with keys that are none, by address and key, in memory: a restart forgives. */
@Injectable()
export class KeyThrottle {
  private readonly failures = new Map<string, Failures>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Throws 429 where there were too many failures. */
  check(prefix: string, address: string): void {
    const tooMany =
      this.countOf(`${address} ${prefix}`) >= failuresPerKey || this.countOf(address) >= failuresPerAddress;
    if (tooMany) throw problemOf(429);
  }

  failed(prefix: string, address: string): void {
    this.count(`${address} ${prefix}`);
    this.count(address);
  }

  private countOf(name: string): number {
    const known = this.failures.get(name);
    return known && known.until > this.clock.now().getTime() ? known.count : 0;
  }

  private count(name: string): void {
    const now = this.clock.now().getTime();
    const known = this.failures.get(name);
    const current = known && known.until > now ? known : { count: 0, until: now + windowMs };
    current.count += 1;
    this.failures.delete(name);
    this.failures.set(name, current);
    // The one that failed longest ago goes first.
    const [oldest] = this.failures.keys();
    if (this.failures.size > remembered && oldest !== undefined) this.failures.delete(oldest);
  }
}
