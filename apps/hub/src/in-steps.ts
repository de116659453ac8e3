import { setImmediate as turn } from 'node:timers/promises';

/** So many items take a few milliseconds. */
const step = 32;

/** As `map`, with a turn for everybody else after every few items: a thousand orders at once never keep a single one waiting. */
export async function inSteps<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    if (results.length > 0 && results.length % step === 0) await turn();
    results.push(work(item));
  }
  return results;
}

/**
 * Works at two items at a time, so that one is thought about while the database is at the other; `keep` gets the results one
 * after the other, in the order of the items. Nothing is under way any more when it throws.
 */
export async function twoAtOnce<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  keep: (result: Result) => Promise<void>,
): Promise<void> {
  let [before, last] = [Promise.resolve(), Promise.resolve()];
  try {
    for await (const item of items) {
      const result = work(item);
      last = Promise.allSettled([result]).then(() => undefined);
      await before;
      before = result.then(keep);
      before.catch(() => undefined);
    }
    await before;
  } finally {
    await Promise.allSettled([before, last]);
  }
}
