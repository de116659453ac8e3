import { longestSearch, normaliseOrderNumber } from '@np-hub/model';
import { z } from 'zod';

/** What is looked for. A NUL is no text to PostgreSQL. */
export const searchSchema = z
  .string()
  .max(
    longestSearch,
    `検索の文字は${longestSearch}文字以内で入力してください。 / Search for at most ${longestSearch} characters.`,
  )
  .transform((text) => text.replaceAll('\u0000', '').trim());

/**
 * How carts may have spelt an order number that somebody typed: as typed, in capitals, and in small letters. Each is
 * looked up by the index over the numbers as they are; one that a cart spelt in both (`Web-12`) is found as typed alone.
 */
export function numberSpellings(typed: string): readonly string[] {
  const number = normaliseOrderNumber(typed);
  return [...new Set([number, number.toUpperCase(), number.toLowerCase()])];
}

/** A pattern of `like` for everything that begins with a text. */
export const beginningWith = (text: string): string => `${text.replaceAll(/[\\%_]/gu, '\\$&')}%`;
