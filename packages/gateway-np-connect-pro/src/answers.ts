import { isDeepStrictEqual } from 'node:util';
import { type HttpResponse, IoError, type LineResult } from '@np-hub/kit';
import { z } from 'zod';

/** Only what is needed to tell whose an entry is; everything else is read by the operation. */
const resultSchema = z.looseObject({
  shop_transaction_id: z.string().nullish(),
  np_transaction_id: z.string().nullish(),
  base_np_transaction_id: z.string().nullish(),
});
export type ResultItem = z.infer<typeof resultSchema>;

const errorSchema = z.looseObject({ id: z.string().nullish(), codes: z.array(z.string()).nullish() });

const bodySchema = z
  .looseObject({ results: z.array(z.unknown()).nullish(), errors: z.array(z.unknown()).nullish() })
  .refine((body) => Array.isArray(body.results) || Array.isArray(body.errors));

/** Whether a body has the shape of NP's answers at all. */
export const isAnswerOfNp = (json: unknown): boolean => bodySchema.safeParse(json).success;

/** How the entries of one operation's answer belong to its lines, and what they say. */
export interface AnswerReader<Value> {
  /** For each line the ids by which NP may name it; no id belongs to two lines. */
  readonly idsOfLines: readonly (readonly string[])[];
  readonly idOfResult: (item: ResultItem) => string | null | undefined;
  readonly done: (item: ResultItem, line: number) => LineResult<Value>;
  readonly refused: (codes: readonly string[]) => LineResult<Value>;
}

interface Mentions {
  readonly results: ResultItem[];
  readonly codes: string[];
}

export const lost = (cause: string): { readonly kind: 'lost'; readonly cause: string } => ({
  kind: 'lost',
  cause,
});

const readable = <T>(schema: z.ZodType<T>, items: readonly unknown[] | null | undefined): T[] =>
  (items ?? []).flatMap((item) => {
    const reading = schema.safeParse(item);
    return reading.success ? [reading.data] : [];
  });

/**
 * Reads a 2xx or 400 answer line by line, by id and never by position. A line that is not mentioned, or of
 * which the answer says two things, is `lost`; an entry about an id that was not asked for is ignored.
 * Gives null where the body is not one of NP's. Throws `rejected` where a batch was refused as a whole.
 */
export function readAnswer<Value>(
  response: HttpResponse,
  reader: AnswerReader<Value>,
): readonly LineResult<Value>[] | null {
  const body = bodySchema.safeParse(response.json);
  if (!body.success) return null;
  const results = readable(resultSchema, body.data.results);
  const errors = readable(errorSchema, body.data.errors);
  const lineOf = new Map(reader.idsOfLines.flatMap((ids, line) => ids.map((id) => [id, line] as const)));
  const mentions = reader.idsOfLines.map((): Mentions => ({ results: [], codes: [] }));
  const mentionsOf = (id: string | null | undefined) => mentions[lineOf.get(id ?? '') ?? -1];

  for (const item of results) mentionsOf(reader.idOfResult(item))?.results.push(item);
  for (const { id, codes } of errors) mentionsOf(id)?.codes.push(...(codes ?? []));

  const whole = response.status === 400 && (body.data.results ?? []).length === 0 ? codesOfWhole(errors) : [];
  if (whole.length > 0) return [refusedWhole(whole, reader)];
  return mentions.map((mention, line) => readLine(mention, line, reader));
}

/** The codes of errors that name no id, where no error names one. */
function codesOfWhole(errors: readonly z.infer<typeof errorSchema>[]): readonly string[] {
  const naming = errors.some(({ id }) => id != null && id !== '');
  return naming ? [] : [...new Set(errors.flatMap(({ codes }) => codes ?? []))];
}

/**
 * NP refused the request and named no line, so nothing was applied. With a single line it can only mean
 * that one. With several it is nobody's in particular: blaming each would block orders that are fine, so
 * the caller gets an error and can send the lines in smaller batches.
 */
function refusedWhole<Value>(codes: readonly string[], reader: AnswerReader<Value>): LineResult<Value> {
  if (reader.idsOfLines.length === 1) return reader.refused(codes);
  throw new IoError('rejected', `NP refused the request as a whole: ${codes.join(', ')}`, {
    applied: 'no',
    httpStatus: 400,
  });
}

function readLine<Value>(mention: Mentions, line: number, reader: AnswerReader<Value>): LineResult<Value> {
  const codes = [...new Set(mention.codes)];
  const [first, ...others] = mention.results;
  if (first === undefined)
    return codes.length === 0 ? lost('the answer does not mention the line') : reader.refused(codes);
  if (codes.length > 0) return lost('the answer names the line both as done and as refused');
  if (others.some((other) => !isDeepStrictEqual(other, first))) return lost('the answer contradicts itself');
  return reader.done(first, line);
}
