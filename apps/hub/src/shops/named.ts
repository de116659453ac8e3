import { fieldIssues, pathText } from '@np-hub/kit';
import { z } from 'zod';
import { ApiProblem } from '../http/problem.js';

/** Settings are checked by the adapter's own schema: its errors name the field of the form. */
export async function named<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = fieldIssues(error.issues).map(({ path, message }) => ({
      field: pathText([prefix, ...path]),
      message,
    }));
    throw new ApiProblem(
      400,
      'invalid-input',
      { ja: '入力内容を確認してください。', en: 'Please check what was entered.' },
      fields,
    );
  }
}
