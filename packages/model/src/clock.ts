/** Where time comes from. Injected everywhere, so that a test can replay a seed. */
export interface Clock {
  now(): Date;
}

/** Where ids come from. Injected for the same reason. */
export interface IdSource {
  next(): string;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The calendar day in Japan, `YYYY-MM-DD`. */
export function japaneseDay(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
}
