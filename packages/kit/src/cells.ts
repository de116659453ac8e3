import type { Party } from '@np-hub/model';
import { z } from 'zod';
import type { FileRow } from './file.js';
import { cartText, cartWhole, japaneseTime } from './vocabulary.js';

/** A cell of a file, trimmed; empty where the file has no such column. */
export const cellText = (row: FileRow, column: string): string =>
  Object.hasOwn(row, column) ? (row[column] ?? '').trim() : '';

/** A whole number as people and spreadsheets write it: `1,980円`, `￥1980`, `1980.00`. */
export const cellWhole = cartText()
  .transform((raw): unknown => raw.normalize('NFKC').replaceAll(/[,¥円\s]|\.0+$/g, ''))
  .pipe(cartWhole as z.ZodType<number>);

const written =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$|^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/;

/**
 * A day or moment as files and APIs write it, as ISO 8601 with +09:00: slashes, hyphens or 年月日, one digit or two, with
 * or without time and seconds, digits alone, or ISO with its own offset. Null for anything else, and for a day that does not exist.
 */
export function cellMoment(raw: string): string | null {
  const text = raw.normalize('NFKC').trim();
  const zoned = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(zoned)) return japaneseTime(new Date(zoned + 9 * 3_600_000).toISOString().slice(0, 19));
  const parts = written.exec(text)?.slice(1) ?? [];
  const six = parts[0] === undefined ? parts.slice(6) : parts.slice(0, 6);
  return japaneseTime(six.map((part) => (part ?? '').padStart(2, '0')).join(''));
}

/** `cellMoment` as a schema: an empty cell is null, an unreadable one is refused. */
export const cellMomentOrNull = cartText()
  .transform((raw) => (raw === '' ? null : (cellMoment(raw) ?? undefined)))
  .pipe(z.string().nullable());

/** Two receivers at one place are one destination: kana and mail do not count. */
const placeOf = ({ name, company, department, postalCode, address, phone }: Party): string =>
  JSON.stringify([name, company, department, postalCode, address, phone]);

/** The different places among `receivers`; none where all of it goes to the buyer. */
export function destinationsOf(buyer: Party, receivers: readonly Party[]): Party[] {
  const places = new Map(receivers.map((receiver) => [placeOf(receiver), receiver]));
  return places.size === 1 && places.has(placeOf(buyer)) ? [] : [...places.values()];
}
