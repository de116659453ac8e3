import type { ThrottlerStorage } from '@nestjs/throttler';

interface Counted {
  /** When the present window began (ms). */
  readonly from: number;
  readonly count: number;
  /** In the window before. */
  readonly before: number;
  readonly blockedUntil: number;
}

const remembered = 10_000;

/**
 * Counts requests for the throttler, in memory, with the same effort for the first and for the sixty thousandth: the
 * library's own storage keeps and looks through the time of each. The window slides: of the one before, the part counts that it still
 * covers. Whoever is over the limit is turned away until the block ends, and begins anew.
 */
export class RequestCounts implements ThrottlerStorage {
  private readonly counted = new Map<string, Counted>();

  /** `now`: the present moment in ms; of the machine, whose strength the limit is about. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  increment(
    key: string,
    ttl: number,
    limit: number,
    blockMs: number,
  ): ReturnType<ThrottlerStorage['increment']> {
    const now = this.now();
    const known = present(this.counted.get(key), now, ttl);
    const isBlocked = known.blockedUntil > now;
    const count = known.count + (isBlocked ? 0 : 1);
    const hits = count + known.before * (1 - (now - known.from) / ttl);
    const blockedUntil = isBlocked || hits <= limit ? known.blockedUntil : now + blockMs;
    this.keep(key, { ...known, count, blockedUntil });
    return Promise.resolve({
      totalHits: Math.ceil(hits),
      timeToExpire: seconds(known.from + ttl - now),
      isBlocked: blockedUntil > now,
      timeToBlockExpire: seconds(Math.max(0, blockedUntil - now)),
    });
  }

  /** Of too many keys the one that was counted longest ago goes. */
  private keep(key: string, counted: Counted): void {
    this.counted.delete(key);
    this.counted.set(key, counted);
    const [oldest] = this.counted.keys();
    if (this.counted.size > remembered && oldest !== undefined) this.counted.delete(oldest);
  }
}

function present(known: Counted | undefined, now: number, ttl: number): Counted {
  const anew = { from: now, count: 0, before: 0, blockedUntil: 0 };
  if (!known || (known.blockedUntil > 0 && known.blockedUntil <= now)) return anew;
  if (known.blockedUntil > now || now - known.from < ttl) return known;
  return now - known.from < 2 * ttl ? { ...anew, from: known.from + ttl, before: known.count } : anew;
}

const seconds = (ms: number): number => Math.ceil(ms / 1_000);
