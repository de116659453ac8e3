import { countCharacters, isEncodable } from '../text.js';

/** How many offending characters there are and where the first stands (from 1); never the characters themselves. */
export type Offence = { readonly count: number; readonly position: number };

function offences(text: string, isOffence: (character: string) => boolean): Offence | null {
  const hits = [...text].flatMap((character, index) => (isOffence(character) ? [index + 1] : []));
  return hits[0] === undefined ? null : { count: hits.length, position: hits[0] };
}

const isControl = (character: string): boolean => /\p{Cc}/u.test(character);

/** Control characters: tabs, line breaks and the invisible rest. Assumed to be prohibited everywhere. */
export const findControls = (text: string): Offence | null => offences(text, isControl);

/** Characters lost on the way to code page 932: emoji, 𠮷 and other rare forms, halves of broken characters. */
export const findNotEncodable = (text: string): Offence | null =>
  offences(text, (character) => !isControl(character) && !isEncodable(character));

/** Characters outside a pattern that names one allowed character. */
export const findOthers = (text: string, allowed: RegExp): Offence | null =>
  offences(text, (character) => !allowed.test(character));

/** The limit and the length where a text is longer than the limit; null where it fits. */
export function findTooLong(text: string, limit: number): { limit: number; length: number } | null {
  const length = countCharacters(text);
  return length > limit ? { limit, length } : null;
}

/** Whether a text is `YYYY-MM-DD` and a day of the calendar. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
