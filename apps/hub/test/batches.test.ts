import { Batches } from '../src/batches.js';

test('what comes in one turn goes together, and what comes meanwhile goes next', async () => {
  const seen: (readonly number[])[] = [];
  const batches = new Batches((items: readonly number[]) => {
    seen.push(items);
    return Promise.resolve(items.map((item) => item * 2));
  }, 3);
  expect(await Promise.all([1, 2, 3, 4].map((item) => batches.run(item)))).toEqual([2, 4, 6, 8]);
  expect(seen).toEqual([[1, 2, 3], [4]]);
  expect(await batches.run(5)).toBe(10);
});

test('one that fails spoils none of the others', async () => {
  const batches = new Batches((items: readonly number[]) => {
    if (items.includes(2)) return Promise.reject(new Error('two'));
    return Promise.resolve(items);
  }, 10);
  const results = await Promise.allSettled([1, 2, 3].map((item) => batches.run(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
