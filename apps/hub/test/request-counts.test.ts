import fc from 'fast-check';
import { RequestCounts } from '../src/http/request-counts.js';

const ttl = 60_000;
let now = 0;
const counts = () => {
  now = 1_000;
  const storage = new RequestCounts(() => now);
  return (limit: number, key = 'one') => storage.increment(key, ttl, limit, ttl);
};

test('over the limit nobody is let in until the block ends; then the count begins anew', async () => {
  const ask = counts();
  for (let index = 0; index < 3; index += 1) expect((await ask(3)).isBlocked).toBe(false);
  expect(await ask(3)).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
  now += 59_000;
  expect(await ask(3)).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
  expect((await ask(3, 'another')).isBlocked).toBe(false);
  now += 1_000;
  expect(await ask(3)).toMatchObject({ isBlocked: false, totalHits: 1 });
});

test('of the minute before, the part counts that is not over', async () => {
  const ask = counts();
  for (let index = 0; index < 10; index += 1) await ask(10);
  now += 90_000;
  expect(await ask(10)).toMatchObject({ isBlocked: false, totalHits: 6 });
  now += 120_000;
  expect(await ask(10)).toMatchObject({ isBlocked: false, totalHits: 1 });
});

test('whatever the times, nobody gets through more often than twice the limit in a minute, and who keeps to half of it is never stopped', async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(pauses, fc.integer({ min: 1, max: 20 }), async (between, limit) => {
      const ask = counts();
      const letIn: number[] = [];
      for (const pause of between) {
        now += pause;
        if (!(await ask(limit)).isBlocked) letIn.push(now);
        expect(letIn.filter((at) => at > now - ttl).length).toBeLessThanOrEqual(2 * limit);
      }
      const calm = counts();
      for (let index = 0; index < 100; index += 1) {
        now += (2 * ttl) / limit;
        expect((await calm(limit)).isBlocked).toBe(false);
      }
    }),
  );
});
