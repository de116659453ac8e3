import type { ImportView } from '@np-hub/model';
import fc from 'fast-check';
import { startTestHub, addConnection, type TestHub } from '../support/hub.js';
import { FileShop } from '../files/support/shop.js';
import { pausedShop } from '../words/paused-shop.js';
import { anyFile } from './arbitrary.js';
import { count, limits, tell } from './fuzzing.js';

/** Files that are read to their end, as the hub reads those of a cart: bombs, and broken ones of every form. */

const mib = 1024 * 1024;
const headers = [
  '注文番号',
  '注文日時',
  '対応状況',
  '支払方法',
  '商品名',
  '商品単価',
  '個数',
  'お支払い合計',
];
const head = `${headers.join(',')}\n`;

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  // So that the thousandth file is looked at and not only counted.
  hub = await startTestHub({ shop: false, variables: { NP_HUB_REQUESTS_PER_MINUTE: '1000000' } });
  const { id } = await pausedShop(hub, { adapter: 'cagolab', connectionId: await addConnection(hub) });
  shop = new FileShop(hub, id);
  await shop.change('resume');
});
afterAll(async () => {
  tell();
  await hub.stop();
});

async function written(): Promise<string> {
  return JSON.stringify(
    await hub.database.query(
      'select (select count(*) from transactions) as orders, (select count(*) from history) as history, (select count(*) from file_parts) as parts',
    ),
  );
}

/** A file taken to its end, with no order from it, and a clear word about why. */
async function refused(kind: string, bytes: Uint8Array): Promise<ImportView | null> {
  const before = await written();
  const { status, body } = await shop.upload('x.csv', bytes, '&start=1');
  count(kind, status);
  expect(status).toBeLessThan(500);
  expect(status).not.toBe(429);
  expect(await written()).toBe(before);
  if (status >= 400) {
    expect((body as unknown as { message: { ja: string } }).message.ja).toMatch(/\S/u);
    return null;
  }
  const view = await shop.ended(body.id);
  count(kind, view.state);
  expect(['uploaded', 'done']).toContain(view.state);
  if (view.state === 'uploaded') expect(view.error?.ja).toMatch(/\S/u);
  expect(view.counts.taken ?? 0).toBe(0);
  return view;
}

const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(mib, 0x9d)]);
const gzip = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(mib, 0x81)]);

test.each<[string, () => Uint8Array]>([
  ['one line without an end', () => Buffer.alloc(8 * mib, 'あ')],
  [
    'a header, and one line without an end',
    () => Buffer.concat([Buffer.from(head), Buffer.alloc(8 * mib, 'a')]),
  ],
  ['a hundred thousand columns', () => Buffer.from(`${'a,'.repeat(100_000)}\n`.repeat(8))],
  [
    'a header, and a hundred thousand columns',
    () => Buffer.from(head + `${'1,'.repeat(100_000)}\n`.repeat(8)),
  ],
  ['a quotation that never ends', () => Buffer.concat([Buffer.from(`${head}"`), Buffer.alloc(8 * mib, 'a')])],
  ['quotation marks alone', () => Buffer.concat([Buffer.from(head), Buffer.alloc(4 * mib, '"')])],
  ['NUL alone', () => Buffer.alloc(4 * mib)],
  ['NUL in cells', () => Buffer.from(`${head}1\u0000,2026/11/20,\u0000\n`)],
  [
    'broken cp932',
    () =>
      Buffer.concat([
        Buffer.from([0x92, 0x8d, 0x95, 0xff, 0x81]),
        Buffer.alloc(mib, 0x81),
        Buffer.from([0x0a]),
      ]),
  ],
  ['UTF-16', () => Buffer.from(`\ufeff${head}`, 'utf16le')],
  ['a zip', () => zip],
  ['a gzip', () => gzip],
  ['many empty lines', () => Buffer.from(head + '\n'.repeat(200_000))],
])('%s: read within bounds of memory, refused with a word, nothing of it taken', async (name, make) => {
  const bytes = make();
  let peak = 0;
  const before = process.memoryUsage().rss;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  await refused(name, bytes).finally(() => clearInterval(timer));
  expect([name, Math.max(0, peak - before) < 200 * mib]).toEqual([name, true]);
});

test('files of every form, taken to their end', async () => {
  let underWay: Promise<unknown> = Promise.resolve();
  await fc.assert(
    fc.asyncProperty(anyFile(headers), (bytes) => {
      const run = refused('taken file', bytes).then(() => undefined);
      underWay = run;
      return run;
    }),
    limits(0.5),
  );
  await underWay.catch(() => undefined);
});
