import type { OrderReading } from '@np-hub/kit';
import { type Mapped, type Order, orderSchema } from '@np-hub/model';
import * as fc from 'fast-check';
import type { AdapterSubject } from './adapter-subject.js';
import { type Fixture, fixturesOf, frozen } from './adapter-samples.js';

/** A word that no cart has. */
const alienWord = '未知の語ヾ';

type Path = readonly string[];

/** Paths of every value inside, the value itself included. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? replaced(inner, rest, by) : inner));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, inner]) => [
      name,
      name === key ? replaced(inner, rest, by) : inner,
    ]),
  );
}

function expectSound(reading: OrderReading): void {
  if (reading.kind === 'order') expect(orderSchema.parse(reading.order)).toEqual(reading.order);
  else if (reading.kind === 'unreadable') expect(reading.problems.join('')).toMatch(/\S/);
  else expect(reading).toEqual({ kind: 'ignored', reason: expect.stringMatching(/\S/) });
}

/** The words of an order, by what they say. */
const wordsOf = (order: Order): [string, Mapped<unknown>][] => [
  ['status', order.status],
  ['payment', order.payment],
  ...order.parcels.flatMap(({ carrier }): [string, Mapped<unknown>][] =>
    carrier ? [['carrier', carrier]] : [],
  ),
];

export function describeReading<Settings>(subject: AdapterSubject<Settings>, settings: Settings): void {
  const fixtures = fixturesOf(subject);
  const read = (raw: unknown) => subject.adapter.readOrder(frozen(structuredClone(raw)), frozen(settings));

  describe('readOrder', () => {
    it.each(fixtures)('reads $name as its golden', ({ raw, expected }) => {
      expect(read(raw)).toEqual(expected);
    });

    it('has goldens of an order and of an unreadable one', () => {
      const kinds = fixtures.map(({ raw }) => read(raw).kind);
      expect(kinds).toEqual(expect.arrayContaining(['order', 'unreadable']));
    });

    it.each(fixtures)('gives $name in the shape of the model, and twice the same', ({ raw }) => {
      expectSound(read(raw));
      expect(read(raw)).toEqual(read(raw));
    });

    it('never throws, whatever comes', () => {
      fc.assert(fc.property(fc.jsonValue(), (raw) => expectSound(read(raw))));
    });

    it('never throws on an order with one broken value', () => {
      const broken = fc
        .constantFrom(...fixtures)
        .chain(({ raw }) =>
          fc
            .tuple(fc.constantFrom(...pathsOf(raw)), fc.jsonValue())
            .map(([path, value]) => replaced(raw, path, value)),
        );
      fc.assert(
        fc.property(broken, (raw) => expectSound(read(raw))),
        { numRuns: 500 },
      );
    });

    describeUnknownWords(fixtures, read);
  });
}

function describeUnknownWords(fixtures: readonly Fixture[], read: (raw: unknown) => OrderReading): void {
  const strange = fixtures.flatMap(({ raw }) =>
    pathsOf(raw).map((path) => read(replaced(raw, path, alienWord))),
  );
  const words = strange.flatMap((reading) => (reading.kind === 'order' ? wordsOf(reading.order) : []));
  const alien = words.filter(([, word]) => word.raw.includes(alienWord));

  it('leaves every unknown word unmapped, with what it was', () => {
    expect(alien.filter(([, word]) => word.kind === 'mapped')).toEqual([]);
    const axes = new Set(words.map(([axis]) => axis));
    expect(new Set(alien.map(([axis]) => axis))).toEqual(axes);
  });

  it('says which fields are unreadable without repeating what they hold', () => {
    const problems = strange.flatMap((reading) => (reading.kind === 'unreadable' ? reading.problems : []));
    expect(problems.filter((problem) => problem.includes(alienWord))).toEqual([]);
  });
}
