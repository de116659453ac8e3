import { z } from 'zod';
import { ApiProblem } from '../http/problem.js';

/** Settings are checked by the adapter's own schema: its errors name the field of the form. */
export async function named<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.map((issue) => ({
      field: [prefix, ...issue.path].join('.'),
      message: { ja: 'この項目の値を確認してください。', en: issue.message },
    }));
    throw new ApiProblem(
      400,
      'invalid-input',
      { ja: '入力内容を確認してください。', en: 'Please check what was entered.' },
      fields,
    );
  }
}
