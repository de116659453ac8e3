import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';
import { aliveAtNp } from './implied.js';

let first: TestHub;
let second: TestHub;
let cart: Cart;

beforeAll(async () => {
  first = await startTestHub();
  const { sandbox, databaseUrl, clock } = first;
  second = await startTestHub({ sandbox, databaseUrl, clock, shop: false });
  Object.assign(second, { shopId: first.shopId, connectionId: first.connectionId });
  cart = cartOf(first);
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

test('two hubs on one database: no order is registered, reported or cancelled twice', async () => {
  const { displayOrderNumbers: numbers } = await first.control<{ displayOrderNumbers: string[] }>(
    'POST',
    '/makeshop/orders/bulk',
    { count: 60, seed: 5 },
  );
  const [shipped, cancelled] = [numbers.slice(0, 25), numbers.slice(25, 40)];
  for (const number of numbers) await first.until(number, 'approved');
  await Promise.all([
    ...shipped.map((number, index) => cart.ship(number, `1234-5678-${1000 + index}`)),
    ...cancelled.map((number) => cart.cancel(number)),
  ]);
  for (const number of shipped) await first.until(number, 'reported');
  for (const number of cancelled) await second.until(number, 'cancelled');
  await first.settle();
  for (const number of numbers) expect(cart.atNp(number)).toHaveLength(1);
  const alive = numbers.filter((number) => aliveAtNp(cart.atNp(number)).length === 1);
  expect(alive).toHaveLength(numbers.length - cancelled.length);
  const sent = await first.database.query<{ type: string; count: number }[]>(
    `select event->>'operation' as type, count(*)::int from history where event->>'type' = 'operation-sent' group by 1`,
  );
  expect(Object.fromEntries(sent.map(({ type, count }) => [type, count]))).toEqual({
    register: 60,
    report: 25,
    cancel: 15,
  });
});

test('two hubs on one database: one shop is never read by both at once', async () => {
  await cart.fault({ fault: 'latency', target: 'makeshop', operation: 'searchOrder', delayMs: 120 });
  const since = first.clock.now();
  await first.eventually(async () => {
    const [row] = await first.database.query<{ count: number }[]>(
      'select count(*)::int from runs where started_at >= $1 and finished_at is not null',
      [since],
    );
    return (row?.count ?? 0) > 10;
  });
  await cart.noFaults();
  const runs = await first.database.query<{ started: Date; finished: Date }[]>(
    `select started_at as started, finished_at as finished from runs
     where started_at >= $1 and finished_at is not null order by started_at`,
    [since],
  );
  const overlaps = runs.filter((run, index) => {
    const before = runs[index - 1];
    return before !== undefined && run.started < before.finished;
  });
  expect(runs.length).toBeGreaterThan(3);
  expect(overlaps).toEqual([]);
});

test('when one hub stops, the other goes on alone', async () => {
  await second.stop();
  second.stop = () => Promise.resolve();
  const number = await cart.place();
  await first.until(number, 'approved');
});
