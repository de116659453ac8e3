/** Clocks may differ by so much: a time further ahead says nothing. */
const clockSkewMs = 10 * 60_000;

/**
 * The one rule about times that carts, files and their senders tell: none later than now is believed, or what comes
 * next would be older for as long as that clock is ahead. A little ahead is now; further ahead is as if nothing had been told.
 */
export function believedTime(told: Date | null, now: Date): Date | null {
  if (!told || Number.isNaN(told.getTime()) || told.getTime() > now.getTime() + clockSkewMs) return null;
  return told > now ? now : told;
}

/** The same for a text, in the form of the facts; null where it is no time. */
export const believedMoment = (told: string | null, now: Date): string | null =>
  believedTime(new Date(told ?? ''), now)?.toISOString() ?? null;
