import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { adapterChecks } from '../src/adapter.js';
import { casesOf } from '../src/adapter-cases.js';
import { fileMutants } from './mutants-files.js';
import { orderMutants } from './mutants-orders.js';
import type { Sample } from './mutate.js';
import { readSample, soundAdapter, soundFixtures, subjectOf, writePackage } from './sample.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(dirname(folder), { recursive: true })));

/** A package whose goldens are what the sound adapter reads. */
async function packageWith(fixtures: Readonly<Record<string, string | null>> = {}): Promise<string> {
  const folder = writePackage({ ...soundFixtures, ...fixtures });
  folders.push(folder);
  const subject = subjectOf({ ...soundAdapter }, folder);
  const cases = casesOf(subject, { secret: '' });
  for (const name of cases.names) {
    if (`${name}.out.json` in fixtures) continue;
    const { raws } = await cases.one(name);
    const golden = JSON.stringify(raws.map(({ raw }) => readSample(raw)));
    writeFileSync(join(folder, 'fixtures', `${name}.out.json`), golden);
  }
  return folder;
}

/** The checks that fail, with what they say. */
async function failures(
  adapter: Sample,
  folder: string,
  { only, ...more }: { only?: string; [name: string]: unknown } = {},
): Promise<Map<string, string>> {
  const subject = { ...subjectOf({ ...adapter }, folder), ...more };
  const failed = new Map<string, string>();
  const checks = Object.values(adapterChecks(subject, { secret: 'sample-secret-0000' })).flat();
  for (const { name, run } of checks.filter((check) => only === undefined || check.name === only))
    try {
      await run();
    } catch (error) {
      failed.set(name, error instanceof Error ? error.message : String(error));
    }
  return failed;
}

let folder: string;
beforeAll(async () => {
  folder = await packageWith();
});

test('the sound sample passes', async () => {
  expect([...(await failures(soundAdapter, folder))]).toEqual([]);
});

test.each([...fileMutants, ...orderMutants])('%s is found by "%s"', async (_, check, adapter) => {
  expect([...(await failures(adapter, folder, { only: check })).keys()]).toEqual([check]);
});

const lacking: readonly (readonly [name: string, hint: string])[] = [
  ['cancelled.orders.in.csv', 'cancelled: an order'],
  ['shipped.slips.in.csv', 'shipped: an order'],
  ['other-payment.orders.in.csv', 'other-payment: an order'],
  ['gift.orders.in.csv', 'gift: an order'],
  ['two.orders.in.csv', 'two-destinations: an order'],
  ['unreadable.orders.in.csv', 'unreadable: an order'],
  ['slip-alone.slips.in.csv', 'one-file-only: an order'],
];

test.each(lacking)('without %s the suite asks for "%s"', async (name, hint) => {
  const failed = await failures(soundAdapter, await packageWith({ [name]: null }));
  expect(failed.get('has a case for everything that happens to orders')).toContain(hint);
});

test('a cart that holds one destination says so', async () => {
  const lone = await packageWith({ 'two.orders.in.csv': null });
  expect([...(await failures(soundAdapter, lone, { oneDestination: true }))]).toEqual([]);
});

test('a golden that is not there is shown, to be checked and saved', async () => {
  const fresh = await packageWith({ 'plain.out.json': null });
  const failed = await failures(soundAdapter, fresh);
  expect(failed.get('reads plain as its golden')).toMatch(
    /plain\.out\.json is not there yet[^]*"orderNumber": "1"/,
  );
});

test('a golden that is not there is written on request, and one that is there never', async () => {
  const fresh = await packageWith({ 'plain.out.json': null, 'gift.out.json': '[]' });
  process.env['UPDATE_GOLDENS'] = '1';
  try {
    const failed = await failures(soundAdapter, fresh);
    expect(failed.get('reads plain as its golden')).toContain('plain.out.json has been written');
    expect(failed.has('reads gift as its golden')).toBe(true);
  } finally {
    delete process.env['UPDATE_GOLDENS'];
  }
  expect(readFileSync(join(fresh, 'fixtures/gift.out.json'), 'utf8')).toBe('[]');
  expect([...(await failures(soundAdapter, fresh)).keys()]).toEqual(['reads gift as its golden']);
});

test.each([
  [
    'a fixture whose columns are not found',
    'plain.orders.in.csv',
    '知らない,列\r\n1,2\r\n',
    /no column found for number.*知らない/,
  ],
  ['a fixture of an unknown layout', 'plain.nowhere.in.csv', 'x', /no layout "nowhere".*orders, slips/],
])('%s is named, with what to write', async (_, name, content, advice) => {
  const strange = await packageWith({ [name]: content, 'plain.out.json': '[]' });
  expect((await failures(soundAdapter, strange)).get('reads plain as its golden')).toMatch(advice);
});

test('what is left of a template is found by its place', async () => {
  const left = await packageWith();
  writeFileSync(join(left, 'src/index.ts'), "export const label = 'FILL_IN';\n");
  expect((await failures(soundAdapter, left)).get('has nothing left to be filled in')).toContain(
    'src/index.ts:1',
  );
});

test('a pull cart without a stand-in is asked for one', async () => {
  const failed = await failures(soundAdapter, folder, { pull: undefined });
  expect(failed.get('fetchOrders brings every order of every page once')).toContain('cartHolding');
});
