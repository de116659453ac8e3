import { japaneseTime } from './vocabulary.js';

const japanOffsetMs = 9 * 3_600_000;

/** A moment as a part of a file's name, in Japan's time: `20261121_093000`. */
export function fileStamp(at: Date): string {
  const digits = new Date(at.getTime() + japanOffsetMs).toISOString().replaceAll(/\D/g, '');
  return `${digits.slice(0, 8)}_${digits.slice(8, 14)}`;
}

/** The moment that a file's name tells as such a part, with or without the century and `_`; null where it tells none. */
export function stampedAt(fileName: string): Date | null {
  const parts = /(?<!\d)(?:20)?(\d{6})[-_T]?(\d{6})(?!\d)/.exec(fileName);
  const time = parts ? japaneseTime(`20${parts[1]}${parts[2]}`) : null;
  return time === null ? null : new Date(time);
}
