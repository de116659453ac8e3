import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { ErrorView } from '@np-hub/model';
import { z } from 'zod';
import { ApiProblem } from './problem.js';

type StandardSchema = Parameters<StandardSchemaValidationPipe['validate']>[1];
type Field = ErrorView['fields'][number];

const japanese = z.locales.ja().localeError;
const english = z.locales.en().localeError;

const textOf = (told: string | { message: string } | null | undefined): string =>
  (typeof told === 'string' ? told : told?.message) ?? '';

/** A schema's own message is written `日本語 / English`; everything else is zod's, in both languages. */
function messageOf(issue: z.core.$ZodIssue): Field['message'] {
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return { ja: '必須です。', en: 'Required.' };
  const raw = issue as z.core.$ZodRawIssue;
  const standard = textOf(english(raw));
  const [ja = issue.message, en = ja] = issue.message.split(' / ');
  return issue.message === standard ? { ja: textOf(japanese(raw)), en: standard } : { ja, en };
}

/** The fields that a schema found wrong, by their paths. Parse with `reportInput`, so that a missing one is told apart. */
export const wrongFields = (issues: readonly z.core.$ZodIssue[]): Field[] =>
  issues.map((issue) => ({ field: issue.path.join('.'), message: messageOf(issue) }));

function problemFrom(issues: readonly z.core.$ZodIssue[]): ApiProblem {
  const fields = wrongFields(issues);
  return new ApiProblem(
    400,
    'invalid-input',
    { ja: '入力内容を確認してください。', en: 'Please check what was entered.' },
    fields,
  );
}

/**
 * Checks parameters that carry a zod schema, `@Body({ schema })`, `@Query({ schema })`, `@Param({ schema })`, and
 * names each field that is wrong, never its value.
 */
export class ValidationPipe extends StandardSchemaValidationPipe {
  protected override validate<Value>(value: unknown, schema: StandardSchema) {
    if (!(schema instanceof z.ZodType)) return super.validate<Value>(value, schema);
    const result = schema.safeParse(value, { reportInput: true });
    if (!result.success) throw problemFrom(result.error.issues);
    return { value: result.data as Value };
  }
}
