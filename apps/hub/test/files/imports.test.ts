import { writeTable } from '@np-hub/kit';
import { Reread } from '../../src/words/reread.js';
import type { TestHub } from '../support/hub.js';
import { startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile, parcelsFile } from './support/test-cart.js';

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
});
afterAll(() => hub.stop());

const state = async (orderNumber: string): Promise<string | undefined> =>
  (await hub.stored(orderNumber, shop.id))?.state;

test('nothing is taken in before somebody starts it, and the preview says what is understood', async () => {
  const { status, body } = await shop.upload('受注.csv', ordersFile([{ number: 'P-1' }]));
  expect(status).toBe(201);
  expect(body).toMatchObject({
    state: 'uploaded',
    layout: 'orders',
    name: '受注.csv',
    madeAt: null,
    sameAs: null,
  });
  expect(body.preview).toMatchObject({
    encoding: 'cp932',
    header: true,
    missing: [],
    unknown: [],
    layouts: ['orders'],
  });
  expect(body.preview?.columns[0]).toMatchObject({
    name: 'number',
    header: '注文番号',
    position: 0,
    sample: ['P-1'],
  });
  expect(await shop.rows(body.id)).toEqual([]);
});

test('an order in two files waits for the second one, whichever comes first', async () => {
  const first = await shop.take('goods.csv', goodsFile(['W-1', 'W-2', 'W-1']));
  expect(first).toMatchObject({
    state: 'done',
    counts: { waiting: 3, taken: 0 },
    progress: { rows: 3, rowsTotal: 3 },
  });
  const [row] = await shop.rows(first.id);
  expect(row?.reasons[0]?.ja).toContain('「受注CSV」');
  expect(await state('W-1')).toBeUndefined();
  const second = await shop.take('orders.csv', ordersFile([{ number: 'W-1' }, { number: 'W-2' }], 'utf8'));
  expect(second).toMatchObject({ state: 'done', counts: { taken: 2, waiting: 0 } });
  const known = await hub.until('W-1', 'approved', { shopId: shop.id });
  expect(known.facts.wanted.payload.billedYen).toBe(2_000);
});

test('slip numbers from a file without a header add up over several files', async () => {
  await shop.take('goods.csv', goodsFile(['S-1']));
  await shop.take('orders.csv', ordersFile([{ number: 'S-1' }]));
  await hub.until('S-1', 'approved', { shopId: shop.id });
  const first = await shop.take(
    'slips_20261121090000.csv',
    parcelsFile([['S-1', '123456789012']]),
    '&layout=parcels',
  );
  expect(first).toMatchObject({
    state: 'done',
    layout: 'parcels',
    counts: { taken: 1 },
    preview: { header: false },
  });
  const second = await shop.take(
    'slips_20261121080000.csv',
    parcelsFile([['S-1', '123456789023']]),
    '&layout=parcels',
  );
  expect(second).toMatchObject({ state: 'done', counts: { taken: 1 } });
  await hub.until('S-1', 'reported', { shopId: shop.id });
});

test('a file that lacks a required column is not taken for one that needs no header', async () => {
  const file = writeTable(
    'utf8',
    ['注文番号', '受注日時', '支払方法'],
    [['E-1', '2026-11-21', 'NP後払い']],
  ).bytes;
  const { body } = await shop.upload('short.csv', file, '&start=1');
  expect(body).toMatchObject({ state: 'uploaded', layout: null, preview: { header: true } });
  expect(body.preview?.missing).toContain('status');
  expect(body.error?.ja).toBeTruthy();
});

test('an order that is read again while a newer file comes in keeps what that file says', async () => {
  const stampOf = (ms: number): string =>
    new Date(hub.clock.now().getTime() + ms + 9 * 3_600_000).toISOString().slice(0, 19).replace('Z', '') +
    '+09:00';
  const number = 'R-1';
  await shop.take('goods.csv', goodsFile([number]));
  await shop.take('orders.csv', ordersFile([{ number, changedAt: stampOf(-60_000) }]));
  const { id } = await hub.until(number, 'approved', { shopId: shop.id });
  const waiting = (least: number): Promise<void> =>
    hub.eventually(async () => {
      const rows = await hub.database.query<object[]>(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like 'select 1 from transactions t %for update of t'`,
      );
      return rows.length >= least;
    });
  const { taken, read } = await hub.database.transaction(async (manager) => {
    await manager.query('select 1 from transactions where id = $1 for update', [id]);
    const taking = shop.take(
      'orders.csv',
      ordersFile([{ number, changedAt: stampOf(0), status: 'キャンセル' }]),
    );
    await waiting(1);
    const reading = hub.app.get(Reread, { strict: false }).all(shop.id);
    await waiting(2);
    return { taken: taking, read: reading };
  });
  await read;
  expect((await taken).counts.taken).toBe(1);
  const row = await hub.until(number, 'cancelled', { shopId: shop.id });
  expect(row.facts.wanted.cancel?.by).toBe('cart');
});
