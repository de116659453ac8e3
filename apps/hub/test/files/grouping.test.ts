import fc from 'fast-check';
import { freshnessOf } from '../../src/files/freshness.js';
import { completeOrders, type OrderedRow } from '../../src/files/grouping.js';

const rowsOf = (numbers: readonly number[]): OrderedRow[] =>
  numbers.map((number, index) => ({ line: index + 2, orderNumber: `A-${number}`, row: {} }));

async function groupsOf(rows: readonly OrderedRow[], limits: { orders: number; rows: number; held: number }) {
  const last = new Map(rows.map(({ orderNumber, line }) => [orderNumber, line]));
  let readings = 0;
  const read = async function* () {
    readings += 1;
    for (let start = 0; start < rows.length; start += 7) yield rows.slice(start, start + 7);
  };
  const batches = [];
  for await (const batch of completeOrders(read, last, limits)) batches.push(batch);
  return { groups: batches.flat(), batches, readings };
}

test('every order comes once, whole and in the order of the file, however its rows are scattered', async () => {
  const limits = fc.record({
    orders: fc.integer({ min: 1, max: 5 }),
    rows: fc.integer({ min: 1, max: 9 }),
    held: fc.integer({ min: 12, max: 40 }),
  });
  const numbers = fc
    .array(fc.integer({ min: 0, max: 40 }), { maxLength: 120 })
    .map((all) =>
      all.filter((number, index) => all.slice(0, index).filter((one) => one === number).length < 6),
    );
  await fc.assert(
    fc.asyncProperty(numbers, limits, async (of, given) => {
      const rows = rowsOf(of);
      const { groups, batches } = await groupsOf(rows, given);
      const expected = new Map<string, number[]>();
      for (const { orderNumber, line } of rows)
        expected.set(orderNumber, [...(expected.get(orderNumber) ?? []), line]);
      expect(new Map(groups.map((group) => [group.orderNumber, group.rows.map(({ line }) => line)]))).toEqual(
        expected,
      );
      expect(groups).toHaveLength(expected.size);
      expect(Math.max(0, ...batches.map(({ length }) => length))).toBeLessThanOrEqual(given.orders);
    }),
  );
});

test('a file sorted by order is read once; one sorted by goods is read again instead of being held in memory', async () => {
  const sorted = rowsOf(Array.from({ length: 300 }, (_, index) => Math.floor(index / 3)));
  expect((await groupsOf(sorted, { orders: 10, rows: 100, held: 20 })).readings).toBe(1);
  const scattered = rowsOf(Array.from({ length: 300 }, (_, index) => index % 100));
  const { groups, readings } = await groupsOf(scattered, { orders: 10, rows: 100, held: 100 });
  expect(groups).toHaveLength(100);
  expect(readings).toBeGreaterThan(1);
});

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 21, hour));
const known = { hash: 'a', knownAt: at(10) };
const noStamps = { known: null, fresh: null };

test.each([
  ['nothing known', undefined, { hash: 'b', madeAt: null }, noStamps, 'new'],
  ['the same content, however old', known, { hash: 'a', madeAt: at(1) }, noStamps, 'same'],
  ['a newer file', known, { hash: 'b', madeAt: at(11) }, noStamps, 'newer'],
  ['a file of the same time', known, { hash: 'b', madeAt: at(10) }, noStamps, 'older'],
  ['an older file', known, { hash: 'b', madeAt: at(9) }, noStamps, 'older'],
  ['a file of unknown age', known, { hash: 'b', madeAt: null }, noStamps, 'older'],
  ['a newer stamp in an older file', known, { hash: 'b', madeAt: at(9) }, stamps(1, 2), 'newer'],
  ['an older stamp in a newer file', known, { hash: 'b', madeAt: at(11) }, stamps(2, 1), 'older'],
  ['the same stamp: the file decides', known, { hash: 'b', madeAt: at(11) }, stamps(1, 1), 'newer'],
  [
    'a stamp on one side only: the file decides',
    known,
    { hash: 'b', madeAt: at(9) },
    { known: null, fresh: at(3).toISOString() },
    'older',
  ],
] as const)('freshness: %s', (...[, before, fresh, of, expected]) => {
  expect(freshnessOf(before, fresh, of)).toBe(expected);
});

function stamps(knownHour: number, freshHour: number) {
  return { known: at(knownHour).toISOString(), fresh: at(freshHour).toISOString() };
}
