import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderReading } from '@np-hub/kit';
import { type Mapped, type Order, orderSchema } from '@np-hub/model';
import * as fc from 'fast-check';
import { type Case, type Cases } from './adapter-cases.js';
import { frozen } from './adapter-samples.js';
import type { AdapterSubject } from './adapter-subject.js';
import { type Check, demand, demandNone } from './check.js';
import { leavesOf, pathsOf, replaced } from './raw-values.js';

/** A word that no cart has. */
const alienWord = '未知の語ヾ';

export type Read = (raw: unknown) => OrderReading;

/** `readOrder` on data that it cannot change behind our back. */
export const readerOf =
  <Settings>({ adapter }: AdapterSubject<Settings>, settings: Settings): Read =>
  (raw) =>
    adapter.readOrder(frozen(structuredClone(raw)), frozen(settings));

export function expectSound(reading: OrderReading): void {
  if (reading.kind === 'order') {
    const { data, error } = orderSchema.safeParse(reading.order);
    const wrong = error?.issues.map(({ path, message }) => `order.${path.join('.')}: ${message}`) ?? [];
    demandNone(
      wrong,
      'readOrder gives an order that is not in the shape of the model (packages/model/src/order.ts):',
    );
    expect(data).toEqual(reading.order);
    const hours = [
      reading.order.orderedAt,
      reading.order.changedAt,
      ...reading.order.parcels.map((parcel) => parcel.shippedAt),
    ];
    demandNone(
      hours.flatMap((time) => (time === null || /(Z|[+-]\d\d:\d\d)$/.test(time) ? [] : [time])),
      'readOrder gives times without an offset: read them with `writtenTime` or `japaneseTime` of the kit.',
    );
  } else if (reading.kind === 'unreadable') expect(reading.problems.join('')).toMatch(/\S/);
  else if (reading.kind === 'incomplete') {
    expect(reading.orderNumber).toMatch(/\S/);
    expect(reading.missing.length).toBeGreaterThan(0);
  } else expect(reading).toEqual({ kind: 'ignored', reason: expect.stringMatching(/\S/) });
}

/** The words of an order, by what they say. */
const wordsOf = (order: Order): [string, Mapped<unknown>][] => [
  ['status', order.status],
  ['payment', order.payment],
  ...order.parcels.flatMap(({ carrier }): [string, Mapped<unknown>][] =>
    carrier ? [['carrier', carrier]] : [],
  ),
];

const ordersOf = (readings: readonly OrderReading[]): Order[] =>
  readings.flatMap((reading) => (reading.kind === 'order' ? [reading.order] : []));

/** Cases that no cart can do without; each with what a good one looks like. */
function missingCases<Settings>(
  { adapter, oneDestination }: AdapterSubject<Settings>,
  readings: readonly OrderReading[],
) {
  const orders = ordersOf(readings);
  const has = (status: string) =>
    orders.some((order) => order.status.kind === 'mapped' && order.status.value === status);
  const isThere: readonly (readonly [boolean, string])[] = [
    [orders.length > 0, 'plain: an order to be paid by NP後払い, nothing special about it'],
    [
      readings.some(({ kind }) => kind === 'unreadable'),
      'unreadable: an order without its number, date or amount',
    ],
    [has('cancelled') || has('deleted'), 'cancelled: an order that the cart has cancelled'],
    [
      orders.some(({ parcels }) =>
        parcels.some((parcel) => parcel.shippedAt !== null && parcel.slipNumber !== ''),
      ),
      'shipped: an order that has left, with carrier and slip number',
    ],
    [
      orders.some(({ payment }) => payment.kind === 'mapped' && payment.value === 'other'),
      'other-payment: an order that is paid by something else than NP',
    ],
    [
      orders.some(({ destinations }) => destinations.length === 1),
      'gift: an order that goes to somebody else than the buyer',
    ],
    [
      oneDestination === true || orders.some(({ flags }) => flags.includes('several-destinations')),
      'two-destinations: an order with two receivers (or `oneDestination: true` in the test, where the cart cannot hold one)',
    ],
    [
      (adapter.file?.layouts.length ?? 0) < 2 || readings.some(({ kind }) => kind === 'incomplete'),
      'one-file-only: an order of which only one of the files has come (kind: incomplete)',
    ],
  ];
  return isThere.flatMap(([isMet, hint]) => (isMet ? [] : [hint]));
}

/** Writes a golden that is missing, where the person at the keyboard asks for it; one that is there is never touched. */
function writtenGolden(path: string, content: string): boolean {
  if (process.env['UPDATE_GOLDENS'] !== '1' || existsSync(path)) return false;
  writeFileSync(path, `${content}\n`, { flag: 'wx' });
  return true;
}

function goldenCheck(folder: string, cases: Cases, read: Read, name: string): Check {
  return {
    name: `reads ${name} as its golden`,
    run: async () => {
      const { raws, expected } = await cases.one(name);
      const readings = raws.map(({ raw }) => read(raw));
      const shown = JSON.stringify(raws[0]?.number === null ? readings[0] : readings, null, 2);
      const path = join(folder, 'fixtures', `${name}.out.json`);
      demand(
        expected !== null || !writtenGolden(path, shown),
        `fixtures/${name}.out.json has been written as src/read.ts reads the case now. Check every field of it against the cart's documentation, then run the tests again.`,
      );
      demand(
        expected !== null,
        `fixtures/${name}.out.json is not there yet. Check every field of this against the cart's documentation, correct src/read.ts where it is wrong, and save it under that name (UPDATE_GOLDENS=1 writes the missing ones):\n${shown}`,
      );
      expect(readings).toEqual(expected);
    },
  };
}

function shapeCheck(cases: Cases, read: Read, name: string): Check {
  return {
    name: `gives ${name} in the shape of the model, and twice the same`,
    run: async () => {
      const { raws } = await cases.one(name);
      for (const { raw, number } of raws) {
        const reading = read(raw);
        expectSound(reading);
        expect(read(raw)).toEqual(reading);
        const own =
          reading.kind === 'order'
            ? reading.order.orderNumber
            : 'orderNumber' in reading
              ? reading.orderNumber
              : null;
        demand(
          number === null || own === null || own === number,
          `fixtures/${name}: readOrder says order ${own}, orderNumberOf of the layout says ${number}. Both have to read the number alike.`,
        );
      }
    },
  };
}

const rawsOf = (cases: readonly Case[]): unknown[] => cases.flatMap(({ raws }) => raws.map(({ raw }) => raw));

async function checkRobustness(cases: Cases, read: Read): Promise<void> {
  fc.assert(fc.property(fc.jsonValue(), (raw) => expectSound(read(raw))));
  const raws = rawsOf(await cases.all());
  if (raws.length === 0) return;
  const broken = fc
    .constantFrom(...raws)
    .chain((raw) =>
      fc
        .tuple(fc.constantFrom(...pathsOf(raw)), fc.jsonValue())
        .map(([path, value]) => replaced(raw, path, value)),
    );
  fc.assert(
    fc.property(broken, (raw) => expectSound(read(raw))),
    { numRuns: 500 },
  );
}

/** Every raw order with one value that no cart has, in each place. */
async function strangeReadings(cases: Cases, read: Read): Promise<OrderReading[]> {
  const raws = rawsOf(await cases.all());
  return raws.flatMap((raw) => pathsOf(raw).map((path) => read(replaced(raw, path, alienWord))));
}

async function checkUnknownWords(cases: Cases, strange: readonly OrderReading[]): Promise<void> {
  const words = ordersOf(strange).flatMap(wordsOf);
  const alien = words.filter(([, word]) => word.raw.includes(alienWord));
  demandNone(
    alien.flatMap(([axis, word]) =>
      word.kind === 'mapped' ? [`${axis}: ${JSON.stringify(word.value)}`] : [],
    ),
    'A word that nobody knows was taken for a known one. Use `mapWord`: what is not in the vocabulary stays unmapped, and the hub asks a person.',
  );
  const leaves = new Set(
    rawsOf(await cases.all())
      .flatMap(leavesOf)
      .map(String),
  );
  const axes = new Set(words.flatMap(([axis, word]) => (leaves.has(word.raw) ? [axis] : [])));
  const seen = new Set(alien.map(([axis]) => axis));
  demandNone(
    [...axes].filter((axis) => !seen.has(axis)),
    'An unknown word vanishes instead of staying, unmapped, with what it was (`raw`):',
  );
}

/** A person has to find the field; its content may be personal data and belongs into no message. */
function checkProblems(strange: readonly OrderReading[]): void {
  const problems = strange.flatMap((reading) => (reading.kind === 'unreadable' ? reading.problems : []));
  demandNone(
    problems.filter((problem) => problem.includes(alienWord)),
    'A problem repeats what a field holds, which may be personal data: name the field alone.',
  );
  demandNone(
    problems.filter((problem) => !/^\S.*: .*[\p{sc=Hira}\p{sc=Han}].* \/ \S/su.test(problem)),
    'A problem is told in one language alone, or without its place: write it with `problemAt` of the kit.',
  );
}

/** Goldens, and what holds of any raw order: shape, robustness, unknown words. */
export function readingChecks<Settings>(
  subject: AdapterSubject<Settings>,
  cases: Cases,
  read: Read,
): Check[] {
  let readings: Promise<OrderReading[]> | undefined;
  const strange = () => (readings ??= strangeReadings(cases, read));
  return [
    {
      name: 'has a case for everything that happens to orders',
      run: async () => {
        const readings = rawsOf(await cases.all()).map(read);
        const input = subject.adapter.file
          ? `<case>.${subject.adapter.file.layouts[0]?.id ?? '<layout>'}.in.csv`
          : '<case>.in.json';
        demandNone(
          missingCases(subject, readings),
          `Write these cases into fixtures/ (${input} and <case>.out.json):`,
        );
      },
    },
    ...cases.names.map((name) => goldenCheck(subject.folder, cases, read, name)),
    ...cases.names.map((name) => shapeCheck(cases, read, name)),
    { name: 'never throws, whatever comes', run: () => checkRobustness(cases, read) },
    {
      name: 'leaves every unknown word unmapped, with what it was',
      run: async () => checkUnknownWords(cases, await strange()),
    },
    {
      name: 'says which fields are unreadable without repeating what they hold',
      run: async () => checkProblems(await strange()),
    },
  ];
}
