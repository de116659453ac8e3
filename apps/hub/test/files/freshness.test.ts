import type { FileOrder } from '@np-hub/kit';
import { Intake } from '../../src/intake/intake.js';
import { Shops } from '../../src/shops/shops.js';
import type { TestHub } from '../support/hub.js';
import { startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile } from './support/test-cart.js';

let hub: TestHub;
let shop: FileShop;
const orderedAt = new Date(Date.now() - 30 * 60_000).toISOString();

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
});
afterAll(() => hub.stop());

const order = (number: string, address: string, changedAt = '', status = '新規受付') => ({
  number,
  orderedAt,
  changedAt,
  address,
  status,
});

/** The address that NP is to have, by the hash of the payload. */
const wanted = async (number: string): Promise<string | undefined> =>
  (await hub.stored(number, shop.id))?.facts.wanted.payload.hash;

test('the same file twice changes nothing, and says so', async () => {
  await shop.take('goods.csv', goodsFile(['F-1']));
  const file = ordersFile([order('F-1', '東京都港区赤坂1-1-1')]);
  const first = await shop.take('orders_20261121100000.csv', file);
  expect(first).toMatchObject({ sameAs: null, counts: { taken: 1 }, madeAt: '2026-11-21T01:00:00.000Z' });
  await hub.until('F-1', 'approved', { shopId: shop.id });
  const [before] = await hub.database.query<{ version: number }[]>(
    `select version from transactions where order_number = 'F-1'`,
  );
  const second = await shop.take('orders_20261121120000.csv', file);
  expect(second).toMatchObject({ state: 'done', counts: { unchanged: 1, taken: 0, older: 0 } });
  expect(second.sameAs?.id).toBe(first.id);
  const [after] = await hub.database.query<{ version: number }[]>(
    `select version from transactions where order_number = 'F-1'`,
  );
  expect(after).toEqual(before);
  // It was still so at noon: what was made before noon is older now.
  const third = await shop.take(
    'orders_20261121110000.csv',
    ordersFile([order('F-1', '東京都港区赤坂9-9-9')]),
  );
  expect(third).toMatchObject({ state: 'asking', counts: { older: 1 } });
});

test('a newer file updates; an older one and one of unknown age ask first', async () => {
  await shop.take('goods.csv', goodsFile(['F-2', 'F-3']));
  const both = (address: string) => ordersFile([order('F-2', address), order('F-3', '東京都港区赤坂1-1-1')]);
  await shop.take('orders_20261121100000.csv', both('東京都港区赤坂1-1-1'));
  const first = await wanted('F-2');
  const newer = await shop.take('orders_20261121110000.csv', both('東京都港区赤坂2-2-2'));
  expect(newer).toMatchObject({ state: 'done', counts: { taken: 1, unchanged: 1 } });
  expect(await wanted('F-2')).not.toBe(first);
  const older = await shop.take('orders_20261121090000.csv', both('東京都港区赤坂3-3-3'));
  expect(older).toMatchObject({
    state: 'asking',
    counts: { taken: 0, older: 1, unchanged: 1 },
    olderAccepted: false,
  });
  expect((await shop.rows(older.id, 'older'))[0]).toMatchObject({ orderNumber: 'F-2', line: 2 });
  const unknown = await shop.take('orders.csv', both('東京都港区赤坂4-4-4'));
  expect(unknown).toMatchObject({ state: 'asking', counts: { older: 1 } });
  expect(await wanted('F-2')).not.toBe(first);
});

test('what a person accepts is taken, and nothing else; what is left stays as it was', async () => {
  await shop.take('goods.csv', goodsFile(['F-4', 'F-5']));
  const file = (four: string, five: string) => ordersFile([order('F-4', four), order('F-5', five)]);
  const now = new Date(hub.clock.now().getTime() - 60_000).toISOString();
  await shop.take('a.csv', file('東京都港区赤坂1-1-1', '東京都港区赤坂1-1-1'), `&madeAt=${now}`);
  const [four, five] = [await wanted('F-4'), await wanted('F-5')];
  const asked = await shop.take('b_20261121080000.csv', file('東京都港区赤坂2-2-2', '東京都港区赤坂1-1-1'));
  expect(asked.state).toBe('asking');
  const left = await shop.act(`/imports/${asked.id}/discard`);
  expect(left.body).toMatchObject({ state: 'done', counts: { older: 1 } });
  expect(await wanted('F-4')).toBe(four);
  expect((await shop.act(`/imports/${asked.id}/accept-older`)).status).toBe(409);
  const again = await shop.take('b_20261121080000.csv', file('東京都港区赤坂2-2-2', '東京都港区赤坂1-1-1'));
  await shop.act(`/imports/${again.id}/accept-older`);
  const accepted = await shop.ended(again.id);
  expect(accepted).toMatchObject({
    state: 'done',
    olderAccepted: true,
    counts: { taken: 1, unchanged: 1, older: 0 },
  });
  expect(await wanted('F-4')).not.toBe(four);
  expect(await wanted('F-5')).toBe(five);
});

test('what has come since the question is not overwritten by an answer to it, and is asked about again', async () => {
  await shop.take('goods.csv', goodsFile(['S-1', 'S-2', 'S-3']));
  const file = (address: string, status = '新規受付') => [
    order('S-1', address, '', status),
    order('S-2', address),
    order('S-3', address),
  ];
  await shop.take('s_20261121100000.csv', ordersFile(file('東京都港区赤坂1-1-1')));
  for (const number of ['S-1', 'S-2', 'S-3']) await hub.until(number, 'approved', { shopId: shop.id });
  const asked = await shop.take('s_20261121090000.csv', ordersFile(file('東京都港区赤坂2-2-2')));
  expect(asked).toMatchObject({ state: 'asking', counts: { older: 3 } });
  const [cancelled] = file('東京都港区赤坂1-1-1', 'キャンセル');
  await shop.take('s_20261121110000.csv', ordersFile(cancelled ? [cancelled] : []));
  await hub.until('S-1', 'cancelled', { shopId: shop.id });
  await shownByCart('S-2', '東京都港区赤坂3-3-3');
  const before = [await wanted('S-1'), await wanted('S-2'), await wanted('S-3')];

  await shop.act(`/imports/${asked.id}/accept-older`);
  const accepted = await shop.ended(asked.id);
  expect(accepted).toMatchObject({ state: 'asking', counts: { taken: 1, older: 2 } });
  const now = [await wanted('S-1'), await wanted('S-2'), await wanted('S-3')];
  expect(now.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(now[2]).not.toBe(before[2]);
  expect(await hub.stored('S-1', shop.id)).toMatchObject({ state: 'cancelled' });
  const rows = await shop.rows(asked.id, 'older');
  expect(rows.map(({ orderNumber }) => orderNumber)).toEqual(['S-1', 'S-2']);
  expect(rows[0]?.reasons.at(-1)?.ja).toContain('もう一度確認してください');

  await shop.act(`/imports/${asked.id}/accept-older`);
  expect(await shop.ended(asked.id)).toMatchObject({ state: 'done', counts: { taken: 3, older: 0 } });
  expect(await wanted('S-2')).not.toBe(before[1]);
});

/** The cart itself shows another address, as it does to whoever reads it. */
async function shownByCart(number: string, address: string): Promise<void> {
  const [shops, intake] = [
    hub.app.get(Shops, { strict: false }),
    hub.app.get(Intake, { strict: false }),
  ] as const;
  const opened = await shops.open(shop.id);
  const raw: FileOrder = {
    orders: [
      {
        ...order(number, address),
        payment: 'NP後払い',
        name: '山田 太郎',
        postal: '107-0052',
        phone: '03-1234-5678',
      },
    ],
    goods: [{ number, goods: '靴下', price: '1000' }],
  };
  const reading = opened.adapter.readOrder(raw, opened.settings);
  if (reading.kind !== 'order') throw new Error(`It reads as ${reading.kind}`);
  const read = { order: reading.order, raw, isShown: true };
  const { changed } = await intake.take(opened, [read], hub.clock.now().toISOString());
  expect(changed).toBe(1);
}

test('the order’s own time of change goes before the time of the file', async () => {
  await shop.take('goods.csv', goodsFile(['F-6']));
  const file = (address: string, minute: number) =>
    ordersFile([order('F-6', address, `2026-11-21T10:${String(minute).padStart(2, '0')}:00+09:00`)]);
  await shop.take('o_20261121110000.csv', file('東京都港区赤坂1-1-1', 30));
  const first = await wanted('F-6');
  const stale = await shop.take('o_20261121120000.csv', file('東京都港区赤坂2-2-2', 20));
  expect(stale).toMatchObject({ state: 'asking', counts: { older: 1 } });
  expect(await wanted('F-6')).toBe(first);
  const fresh = await shop.take('o_20261121080000.csv', file('東京都港区赤坂3-3-3', 40));
  expect(fresh).toMatchObject({ state: 'done', counts: { taken: 1 } });
  expect(await wanted('F-6')).not.toBe(first);
});

test('a file that says it comes from the future is believed about nothing', async () => {
  await shop.take('goods.csv', goodsFile(['F-7']));
  const first = await shop.take('o_20991231000000.csv', ordersFile([order('F-7', '東京都港区赤坂1-1-1')]));
  expect(first).toMatchObject({ madeAt: null, counts: { taken: 1 } });
});

test('an order’s own time of change that lies in the future is not believed: the time of the file decides', async () => {
  await shop.take('goods.csv', goodsFile(['F-8']));
  const file = (address: string, changedAt: string) => ordersFile([order('F-8', address, changedAt)]);
  await shop.take('o_20261121100000.csv', file('東京都港区赤坂1-1-1', '2099-12-31T00:00:00+09:00'));
  const first = await wanted('F-8');
  const newer = await shop.take(
    'o_20261121110000.csv',
    file('東京都港区赤坂2-2-2', '2026-11-21T10:30:00+09:00'),
  );
  expect(newer).toMatchObject({ state: 'done', counts: { taken: 1 } });
  expect(await wanted('F-8')).not.toBe(first);
});

test('an order that a newer file has only unreadably is not shipped before the next sound one', async () => {
  await shop.take('goods.csv', goodsFile(['F-9']));
  const sound = ordersFile([order('F-9', '東京都港区赤坂1-1-1')]);
  await shop.take('orders_20261121100000.csv', sound);
  await hub.until('F-9', 'approved', { shopId: shop.id });
  expect(await hub.stored('F-9', shop.id)).toMatchObject({ gate: 'ship' });
  const broken = ordersFile([{ ...order('F-9', '東京都港区赤坂1-1-1'), orderedAt: ' ' }]);
  const import_ = await shop.take('orders_20261121110000.csv', broken);
  expect(import_.counts).toMatchObject({ refused: 1 });
  const page = await hub.page('F-9', 'support', shop.id);
  expect(page).toMatchObject({ gate: 'wait', gateReason: 'order-missing' });
  expect(page.attentions).toContain('order-missing');
  await shop.take('orders_20261121120000.csv', sound);
  await hub.until('F-9', ({ gate }) => gate === 'ship', { shopId: shop.id });
  expect((await hub.page('F-9', 'support', shop.id)).attentions).toEqual([]);
});
