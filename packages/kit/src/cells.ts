import type { Party } from '@np-hub/model';
import { z } from 'zod';
import type { FileRow } from './file.js';
import { cartText, writtenTime, writtenYen } from './vocabulary.js';

/** A cell of a file, trimmed; empty where the file has no such column. */
export const cellText = (row: FileRow, column: string): string =>
  Object.hasOwn(row, column) ? (row[column] ?? '').trim() : '';

/** A whole number as `writtenYen` reads it, as a schema for a cell: an empty or unreadable one is refused. */
export const cellWhole = cartText().transform(writtenYen).pipe(z.number());

/** A moment as `writtenTime` reads it, as a schema for a cell: an empty one is null, an unreadable one is refused. */
export const cellMomentOrNull = cartText()
  .transform((raw) => (raw === '' ? null : (writtenTime(raw) ?? undefined)))
  .pipe(z.string().nullable());

/** Two receivers at one place are one destination: kana and mail do not count. */
const placeOf = ({ name, company, department, postalCode, address, phone }: Party): string =>
  JSON.stringify([name, company, department, postalCode, address, phone]);

/** The different places among `receivers`; none where all of it goes to the buyer. */
export function destinationsOf(buyer: Party, receivers: readonly Party[]): Party[] {
  const places = new Map(receivers.map((receiver) => [placeOf(receiver), receiver]));
  return places.size === 1 && places.has(placeOf(buyer)) ? [] : [...places.values()];
}
