import holidays from '@holiday-jp/holiday_jp';
import { japaneseDay } from '@np-hub/model';

const dayMs = 86_400_000;

/** A working day in Japan: neither a weekend nor a public holiday. `day` is `YYYY-MM-DD`. */
function isBusinessDay(day: string): boolean {
  const noon = new Date(`${day}T12:00:00+09:00`);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.isHoliday(noon);
}

/** 18:00 of the next business day in Japan: NP's promise for a longer review (RE029, np-connect-pro.md 3). */
export function nextBusinessDayEvening(from: Date): string {
  let at = from.getTime() + dayMs;
  while (!isBusinessDay(japaneseDay(new Date(at)))) at += dayMs;
  return new Date(`${japaneseDay(new Date(at))}T18:00:00+09:00`).toISOString();
}
