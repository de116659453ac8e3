/** Clocks may differ by so much: a time further ahead says nothing. */
const clockSkewMs = 10 * 60_000;

/**
 * The one rule about times that carts, files and their senders tell: one that lies far ahead is as if nothing had been
 * told, or what comes next would be older for as long as that clock is ahead. A little ahead it counts as it is told,
 * because only so the later of two changes of a cart whose clock is ahead is known.
 */
export const believedTime = (told: Date | null, now: Date): Date | null =>
  told && told.getTime() <= now.getTime() + clockSkewMs ? told : null;

/** The same for a text, in the form of the facts; null where it is no time. */
export const believedMoment = (told: string | null, now: Date): string | null =>
  believedTime(new Date(told ?? ''), now)?.toISOString() ?? null;
