import type { Clock } from '@np-hub/model';

const windowMs = 15 * 60_000;
const remembered = 10_000;

interface Count {
  readonly count: number;
  readonly until: number;
}

/** Counts by name over 15 minutes from the first, in memory: a restart forgets, and of too many names the one counted longest ago goes. */
export class RecentCounts {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly clock: Clock) {}

  /** How often the name was counted, and the moment (epoch, in ms) at which that is forgotten. */
  of(name: string): Count {
    const now = this.clock.now().getTime();
    const known = this.counts.get(name);
    return known && known.until > now ? known : { count: 0, until: now + windowMs };
  }

  add(name: string): void {
    const { count, until } = this.of(name);
    this.forget(name);
    this.counts.set(name, { count: count + 1, until });
    const [oldest] = this.counts.keys();
    if (this.counts.size > remembered && oldest !== undefined) this.forget(oldest);
  }

  /** Undoes one `add`. */
  takeBack(name: string): void {
    const { count, until } = this.of(name);
    if (count > 0) this.counts.set(name, { count: count - 1, until });
  }

  forget(name: string): void {
    this.counts.delete(name);
  }
}
