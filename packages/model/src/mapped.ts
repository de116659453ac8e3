import { z } from 'zod';

/**
 * A word of the outside world beside what we made of it. The raw word is never thrown away, and a word
 * that nobody has mapped stays `unmapped`: it is stored, shown and mappable by an operator, never guessed.
 */
export type Mapped<T> = { kind: 'mapped'; value: T; raw: string } | { kind: 'unmapped'; raw: string };

/** The zod schema of a `Mapped` word, given the schema of the canonical value. */
export const mappedSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('mapped'), value, raw: z.string() }),
    z.object({ kind: z.literal('unmapped'), raw: z.string() }),
  ]);

/** Reads one raw word through a vocabulary; an unknown word stays `unmapped`. */
export function mapWord<T>(vocabulary: Readonly<Record<string, T>>, raw: string): Mapped<T> {
  const known = Object.hasOwn(vocabulary, raw) ? vocabulary[raw] : undefined;
  return known === undefined ? { kind: 'unmapped', raw } : { kind: 'mapped', value: known, raw };
}
