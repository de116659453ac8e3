/** At most so many requests a second for everybody who names the same key, such as one credential. */
export interface RateLimit {
  readonly key: string;
  readonly requestsPerSecond: number;
}

/** A bound on memory, far above the number of credentials of one process. */
const keysKept = 10_000;

/** The next free moment of each key, shared by all clients of the process. Monotonic milliseconds. */
const nextFreeAt = new Map<string, number>();

function forgetPast(nowMs: number): void {
  if (nextFreeAt.size < keysKept) return;
  for (const [key, freeAt] of nextFreeAt) if (freeAt <= nowMs) nextFreeAt.delete(key);
}

/**
 * Takes the next turn of a key, first come first served and evenly spaced. Gives the milliseconds to wait,
 * or null, without taking the turn, where it would come later than `withinMs` from now.
 */
export function takeTurn(limit: RateLimit, withinMs: number): number | null {
  const nowMs = performance.now();
  const turnAt = Math.max(nowMs, nextFreeAt.get(limit.key) ?? 0);
  if (turnAt - nowMs > withinMs) return null;
  forgetPast(nowMs);
  nextFreeAt.set(limit.key, turnAt + 1_000 / limit.requestsPerSecond);
  return turnAt - nowMs;
}
