import { z } from 'zod';

/** A refusal of the control API: an HTTP status and a sentence that says what to do. */
export class ControlProblem extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a body, query or parameter. Throws 400 that names every wrong field. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = schema.safeParse(input ?? {});
  if (!read.success) throw new ControlProblem(400, z.prettifyError(read.error));
  return read.data;
}
