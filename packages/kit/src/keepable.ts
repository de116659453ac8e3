import { z } from 'zod';

/** A NUL, or half of a character that is written in two: no database keeps them. */
const unkeepable = /\0|\p{Surrogate}/gu;
/** As JSON can write them. */
const unkeepableEscape = /\\u(?:0000|d[89a-f])/iu;

/** Whether JSON may hold text that no database keeps: a cheap look before a thorough one. */
export const mayBeUnkeepable = (json: string): boolean => unkeepableEscape.test(json);

/** The same with � in place of what no database keeps. */
export const keepable = (text: string): string => text.replaceAll(unkeepable, '\uFFFD');

/** Where in a value read from JSON the first text stands that no database keeps; undefined where there is none. */
export function unkeepablePath(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return keepable(value) === value ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (keepable(key) !== key) return [];
    const path = unkeepablePath(inner);
    if (path) return [key, ...path];
  }
  return undefined;
}

/** A number or word of one line that people search for, of 100 characters at most. */
export const searchableLine = z
  .string()
  .trim()
  .max(100)
  .regex(
    /^[^\p{Cc}\p{Surrogate}]*$/u,
    '制御文字や壊れた文字は使えません。 / No control characters, and no broken ones.',
  );
