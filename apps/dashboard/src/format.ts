import type { Language } from './text/language.js';

const locales: Readonly<Record<Language, string>> = { ja: 'ja-JP', en: 'en-GB' };
const timeZone = 'Asia/Tokyo';

/** Whole yen: `12,800円`, `¥12,800`, `-¥500`. */
export const formatYen = (yen: number, language: Language): string =>
  language === 'ja'
    ? `${yen.toLocaleString('ja-JP')}円`
    : `${yen < 0 ? '-' : ''}¥${Math.abs(yen).toLocaleString('en-GB')}`;

/** Date and time in Japan, to the minute. An unreadable moment comes back as it is. */
export function formatMoment(at: string, language: Language): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return date.toLocaleString(locales[language], {
    timeZone,
    year: 'numeric',
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A day written `YYYY-MM-DD`: `2026/11/24`, `24 Nov 2026`. What is no such day comes back as it is. */
export function formatDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const month = language === 'ja' ? 'numeric' : 'short';
  return date.toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month,
    day: 'numeric',
  });
}

/** Date and time to the second, with the zone, for people who compare logs. */
export function formatExactMoment(at: string, language: Language): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const text = date.toLocaleString(locales[language], { timeZone, dateStyle: 'medium', timeStyle: 'medium' });
  return language === 'ja' ? `${text}（日本時間）` : `${text} JST`;
}

const minuteMs = 60_000;
const steps: readonly (readonly [unit: 'day' | 'hour' | 'minute', lengthMs: number])[] = [
  ['day', 1440 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
];

/** How far from now: `3 分前`, `2 日後`. Under a minute it is "just now" or "in a moment". */
export function formatRelative(at: string, nowMs: number, language: Language): string {
  const differenceMs = Date.parse(at) - nowMs;
  if (Number.isNaN(differenceMs)) return at;
  const step = steps.find(([, lengthMs]) => Math.abs(differenceMs) >= lengthMs);
  if (!step && differenceMs > 0) return language === 'ja' ? 'まもなく' : 'in a moment';
  if (!step) return language === 'ja' ? 'たった今' : 'just now';
  const [unit, lengthMs] = step;
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'always' });
  return format.format(Math.trunc(differenceMs / lengthMs), unit).replace(' ', language === 'ja' ? '' : ' ');
}

/** What a `datetime-local` field shows for a moment: the time in Japan. */
export function toJapaneseInput(date: Date): string {
  return new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(0, 16);
}

/** The moment that a `datetime-local` field means in Japan, as ISO 8601 in UTC; null where it is none. */
export function fromJapaneseInput(text: string): string | null {
  const date = new Date(`${text}:00+09:00`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
