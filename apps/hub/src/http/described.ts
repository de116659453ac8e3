import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type SchemaObject = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema: unknown }>['schema']>;

/** What the API's own description says of a route: one sentence, and the shape of its answer; null: an empty one. */
export function Described(summary: string, answer: z.ZodType | null, status = 200): MethodDecorator {
  const shape = answer && { schema: z.toJSONSchema(answer, { target: 'openapi-3.0' }) as SchemaObject };
  return applyDecorators(ApiOperation({ summary }), ApiResponse({ status, ...shape }));
}
