const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const japanMs = 9 * 60 * minuteMs;

export interface Hours {
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly digestAt: number | null;
}

const minuteOfDay = (at: Date): number => Math.floor(((at.getTime() + japanMs) % dayMs) / minuteMs);

/** The next time at which it is this minute of the day in Japan, after `at`. */
export function nextMinute(at: Date, minute: number): Date {
  const midnight = Math.floor((at.getTime() + japanMs) / dayMs) * dayMs - japanMs;
  const today = midnight + minute * minuteMs;
  return new Date(today > at.getTime() ? today : today + dayMs);
}

/** When the quiet hours end that hold at `at`; null: it is not quiet. They may go over midnight. */
export function quietUntil(at: Date, { quietFrom, quietTo }: Hours): Date | null {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null;
  const minute = minuteOfDay(at);
  const isQuiet =
    quietFrom < quietTo ? minute >= quietFrom && minute < quietTo : minute >= quietFrom || minute < quietTo;
  return isQuiet ? nextMinute(at, quietTo) : null;
}
