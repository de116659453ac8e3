import fc from 'fast-check';
import { sameJson } from './same.js';

/** The fields of every object in one order, as JSON. */
const sorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, of: unknown) =>
    typeof of === 'object' && of !== null && !Array.isArray(of)
      ? Object.fromEntries(Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1)))
      : of,
  );

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

test('says what the JSON of both says', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(sameJson(one, other)).toBe(sorted(one) === sorted(other));
      expect(sameJson(one, JSON.parse(JSON.stringify(one)))).toBe(true);
    }),
  );
});

test.each([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { b: undefined, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, false],
  [[1], [1, 2], false],
  [[1, 2], [1], false],
  [[], {}, false],
  [null, {}, false],
  ['1', 1, false],
])('%j and %j: %p', (one, other, same) => {
  expect(sameJson(one, other)).toBe(same);
  expect(sameJson(other, one)).toBe(same);
});
