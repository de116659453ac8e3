import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { fieldIssues, pathText, unkeepablePath } from '@np-hub/kit';
import type { ErrorView } from '@np-hub/model';
import { z } from 'zod';
import { ApiProblem, notKept, wrongField } from './problem.js';

type StandardSchema = Parameters<StandardSchemaValidationPipe['validate']>[1];
type Field = ErrorView['fields'][number];

/** The fields that a schema found wrong, by their paths (`amounts[0].yen`). */
export const wrongFields = (issues: readonly z.core.$ZodIssue[]): Field[] =>
  fieldIssues(issues).map(({ path, message }) => ({ field: pathText(path), message }));

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
 * names each field that is wrong, never its value. A field of a body or of an address that its schema does not have is
 * wrong: a misspelt one must be told, and not lost. Nothing of an address comes through that no database keeps.
 */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<Value>(value: Value, metadata: ArgumentMetadata): Promise<Value> {
    const { type, schema, data: name } = metadata;
    const isObject = (type === 'body' || type === 'query') && schema instanceof z.ZodObject;
    const read = await super.transform(
      value,
      isObject ? { ...metadata, schema: strictOf(schema) } : metadata,
    );
    // A body has been looked at as it was read.
    const place = type === 'query' || type === 'param' ? unkeepablePath(read) : undefined;
    if (place) throw wrongField(pathText([...(name ? [name] : []), ...place]), notKept);
    return read;
  }

  protected override validate<Value>(value: unknown, schema: StandardSchema) {
    if (!(schema instanceof z.ZodType)) return super.validate<Value>(value, schema);
    const result = schema.safeParse(value);
    if (!result.success) throw problemFrom(result.error.issues);
    return { value: result.data as Value };
  }
}

const strict = new WeakMap<z.ZodObject, z.ZodObject>();

function strictOf(schema: z.ZodObject): z.ZodObject {
  const known = strict.get(schema) ?? (schema.def.catchall ? schema : schema.strict());
  strict.set(schema, known);
  return known;
}
