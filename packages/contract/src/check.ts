/** One thing that an adapter has to do. A failing `run` throws; its message says what to do next. */
export interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

/** Throws the advice, and nothing but the advice: a stack would only lead away from the file to change. */
export function demand(isMet: boolean, advice: string): asserts isMet {
  if (isMet) return;
  const error = new Error(advice);
  error.stack = advice;
  throw error;
}

/** Throws where anything is left in the list, and names it. */
export function demandNone(found: readonly string[], advice: string): void {
  demand(found.length === 0, `${advice}\n${[...new Set(found)].map((each) => `  - ${each}`).join('\n')}`);
}

/** Hands checks to Jest. */
export function describeChecks(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run } of checks) it(name, async () => run());
  });
}
