import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type SchemaObject = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema: unknown }>['schema']>;

/** A shape in the words of the API's description. */
export const shapeOf = (schema: z.ZodType): SchemaObject =>
  z.toJSONSchema(schema, { target: 'openapi-3.0' }) as SchemaObject;

/** What a route promises to answer; `answer` null: nothing. */
export interface Promised {
  readonly status: number;
  readonly answer: z.ZodType | null;
}

/** Where a handler's `Promised` is kept, for those that hold answers against it. */
export const promisedBy = 'np-hub:promised';

/** What a route answers where it succeeds, and what the API's own description says of it; `answer` null: nothing. */
export function Described(summary: string, answer: z.ZodType | null, status = 200): MethodDecorator {
  const shape = answer && { schema: shapeOf(answer) };
  const promised: Promised = { status, answer };
  return applyDecorators(
    HttpCode(status),
    SetMetadata(promisedBy, promised),
    ApiOperation({ summary }),
    ApiResponse({ status, ...shape }),
  );
}

/** As `Described`, for a route that answers with a file or a text. */
export function DescribedFile(summary: string, mediaType = 'text/csv'): MethodDecorator {
  const schema: SchemaObject = { type: 'string' };
  return applyDecorators(
    ApiOperation({ summary }),
    ApiProduces(mediaType),
    ApiResponse({ status: 200, schema }),
  );
}
