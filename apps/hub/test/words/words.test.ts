import type { ErrorView, UnmappedWordView, WordMapView } from '@np-hub/model';
import { request } from '../support/client.js';
import { Windows } from '../../src/intake/windows.js';
import { SettingsChange } from '../../src/shops/settings-change.js';
import { Shops, type OpenShop } from '../../src/shops/shops.js';
import { Reread } from '../../src/words/reread.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from '../path/cart.js';
import { carrier, parcel, pausedShop, type PausedShop } from './paused-shop.js';

let hub: TestHub;
let cart: Cart;
let shop: PausedShop;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  shop = await pausedShop(hub, { adapter: 'subscription-store', policies: { creditTiming: 'at-once' } });
});
afterAll(() => hub.stop());

const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId: shop.id });
const words = async (): Promise<readonly UnmappedWordView[]> =>
  (await (await hub.as('viewer')).get<UnmappedWordView[]>(`/unmapped?shopId=${shop.id}`)).body;
const map = async (body: object) =>
  (await hub.as('operator')).put<{ resolved: number }>(`/shops/${shop.id}/words`, body);

test('an order with an unknown shipping method waits, is visible, is mapped once, and goes on', async () => {
  const method = [parcel(carrier('ふんわり便'))];
  const { outcomes } = await shop.take([
    shop.order('W-1', { parcels: method }),
    shop.order('W-2', { parcels: method }),
    shop.order('W-3'),
  ]);
  expect(outcomes.flatMap(({ newWords }) => newWords)).toEqual([{ axis: 'carrier', raw: 'ふんわり便' }]);
  await until('W-3', 'approved');
  const blocked = await until('W-1', 'blocked');
  expect([blocked.gate, cart.atNp('W-1'), cart.atNp('W-2')]).toEqual(['wait', [], []]);
  const page = await hub.page('W-1', 'support', shop.id);
  expect(page.problems).toEqual([
    expect.objectContaining({ field: 'shipment.carrier', rule: 'unmapped-carrier' }),
  ]);
  expect(page.actor).toBe('shop');
  const [waiting, ...others] = await words();
  expect(others).toEqual([]);
  expect(waiting).toMatchObject({ axis: 'carrier', raw: 'ふんわり便', orders: 2, shopId: shop.id });
  expect(waiting?.choices.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['yamato', 'unsupported']),
  );
  expect(waiting?.choices.map(({ value }) => value)).not.toContain('contracted');
  expect(await map({ axis: 'carrier', raw: 'ふんわり便', value: 'yamato' })).toMatchObject({
    status: 200,
    body: { resolved: 2 },
  });
  await until('W-1', 'approved');
  await until('W-2', 'approved');
  expect(await words()).toEqual([]);
  await shop.take([shop.order('W-4', { parcels: method })]);
  await until('W-4', 'approved');
});

test('the meaning says who gave it; without it unfinished orders wait again, and NP keeps what it has', async () => {
  const operator = await hub.as('operator');
  const { body } = await operator.get<WordMapView[]>(`/shops/${shop.id}/words`);
  expect(body).toEqual([
    expect.objectContaining({ axis: 'carrier', raw: 'ふんわり便', value: 'yamato', by: 'operator' }),
  ]);
  const removed = await operator.delete(`/shops/${shop.id}/words`, { axis: 'carrier', raw: 'ふんわり便' });
  expect(removed.status).toBe(204);
  const known = await until('W-1', ({ facts }) => facts.wanted.obstacles.length === 1);
  expect([known.state, known.gate]).toEqual(['approved', 'ship']);
  expect(cart.theOneAtNp('W-1')).toMatchObject({ state: 'approved', edits: 0 });
  expect((await words())[0]).toMatchObject({ raw: 'ふんわり便', orders: 3 });
  expect((await hub.page('W-1', 'support', shop.id)).attentions).toContain('unmapped-word');
  await shop.take([
    shop.order('W-1', {
      parcels: [parcel(carrier('ふんわり便'), { slipNumber: '1', shippedAt: shop.order('').orderedAt })],
    }),
  ]);
  await until('W-1', 'report-failed');
  await map({ axis: 'carrier', raw: 'ふんわり便', value: 'sagawa' });
  await until('W-1', 'reported');
  expect(cart.theOneAtNp('W-1').report).toMatchObject({ carrierCode: '50000' });
});

test('an unknown status and an unknown payment method hold the order up too, by name', async () => {
  await shop.take([
    shop.order('S-1', { status: { kind: 'unmapped', raw: '★処理済み' } }),
    shop.order('S-2', { payment: { kind: 'unmapped', raw: '後払い（新）' } }),
  ]);
  await until('S-1', 'blocked');
  await until('S-2', 'blocked');
  expect((await words()).map(({ axis, raw }) => `${axis} ${raw}`).sort()).toEqual([
    'payment 後払い（新）',
    'status ★処理済み',
  ]);
  expect((await map({ axis: 'status', raw: '★処理済み', value: 'cancelled' })).body.resolved).toBe(1);
  await until('S-1', 'cancelled');
  expect((await map({ axis: 'payment', raw: '後払い（新）', value: 'other' })).body.resolved).toBe(1);
  await until('S-2', 'released');
  expect([...cart.atNp('S-1'), ...cart.atNp('S-2')]).toEqual([]);
});

test('a status that is said to mean “shipped” sends the report of the slip that came with it', async () => {
  const parcels = [parcel({ kind: 'mapped', value: 'yamato', raw: 'ヤマト運輸' }, { slipNumber: '4001' })];
  await shop.take([shop.order('S-3', { parcels })]);
  await until('S-3', 'approved');
  await shop.take([shop.order('S-3', { parcels, status: { kind: 'unmapped', raw: '★発送しました' } })]);
  await until('S-3', ({ facts }) => facts.wanted.obstacles.length === 1);
  await map({ axis: 'status', raw: '★発送しました', value: 'shipped' });
  await until('S-3', 'reported');
  expect(cart.theOneAtNp('S-3').report).toMatchObject({ slipNumber: '4001' });
});

test('a carrier that NP does not take is found before anything is sent, unless the contract covers it', async () => {
  const parcels = [parcel(carrier('赤帽', 'unsupported'))];
  await shop.take([shop.order('C-1', { parcels })]);
  const blocked = await until('C-1', 'blocked');
  expect(blocked.facts.wanted.obstacles.map(({ rule }) => rule)).toEqual(['unsupported-carrier']);
  await shop.patch({ policies: { contractedCarrier: true } });
  await until('C-1', 'approved');
  await shop.patch({ policies: { contractedCarrier: false } });
});

test('only operators say what words mean, of their shops and with a meaning to choose from', async () => {
  const body = { axis: 'carrier', raw: 'x', value: 'yamato' };
  const viewer = await hub.as('viewer');
  expect((await viewer.put(`/shops/${shop.id}/words`, body)).status).toBe(403);
  const wrong = await (
    await hub.as('operator')
  ).put<ErrorView>(`/shops/${shop.id}/words`, { ...body, value: 'dove' });
  expect([wrong.status, wrong.body.fields.map(({ field }) => field)]).toEqual([400, ['value']]);
  const nowhere = await map({ ...body, axis: 'colour' });
  expect(nowhere.status).toBe(400);
  expect((await request(hub.url, 'GET', '/api/v1/unmapped')).status).toBe(401);
  const foreign = '00000000-0000-4000-8000-000000000000';
  expect((await (await hub.as('operator')).put(`/shops/${foreign}/words`, body)).status).toBe(404);
});

test('what the cart shows is not older than what was known before it was looked at, whatever its stamp says', async () => {
  const order = shop.order('S-1');
  await shop.take([order]);
  await until('S-1', 'approved');
  const stamp = new Date(hub.clock.now().getTime() - 60_000).toISOString();
  const changed = {
    ...order,
    changedAt: stamp,
    note: '電話済み',
    billedYen: 4_000,
    lines: [{ ...order.lines[0], name: '煎茶', quantity: 1, unitPriceYen: 4_000 }],
  };
  const sent = await shop.take([changed]);
  expect(sent.outcomes.map(({ kind }) => kind)).toEqual(['older']);
  const shown = await shop.take([changed], undefined, { isShown: true });
  expect(shown.outcomes.map(({ kind }) => kind)).toEqual(['changed']);
  await until('S-1', ({ state, facts }) => state === 'approved' && facts.wanted.payload.billedYen === 4_000);
  // A reading that began before what is known proves nothing.
  const earlier = await shop.take([order], stamp, { isShown: true });
  expect(earlier.outcomes.map(({ kind }) => kind)).toEqual(['older']);
});

test('an order that the cart shows in a shape that cannot be read waits, is asked about once, and goes on', async () => {
  const order = shop.order('S-2');
  await shop.take([order]);
  const { id } = await until('S-2', 'approved');
  const open = await hub.app.get(Shops, { strict: false }).open(shop.id);
  const adapter: OpenShop['adapter'] = {
    ...open.adapter,
    readOrder: () => ({ kind: 'unreadable', orderNumber: 'S-2', problems: [] }),
    pull: {
      checkConnection: () => Promise.resolve({ kind: 'ok', message: { ja: '', en: '' } }),
      async *fetchOrders() {
        yield [order];
      },
    },
  };
  const read = () =>
    hub.app
      .get(Windows, { strict: false })
      .read(
        { ...open, adapter },
        { from: new Date(0), to: new Date(0) },
        { total: { orders: 0, changed: 0, unreadable: 0 }, mustEnd: () => false },
      );
  for (let time = 0; time < 2; time += 1) expect(await read()).toBe(true);
  expect((await hub.stored('S-2', shop.id))?.gate).toBe('wait');
  const [told] = await hub.database.query<{ count: number }[]>(
    `select count(*)::int from history where transaction_id = $1 and event ->> 'type' = 'order-missing'`,
    [id],
  );
  expect(told?.count).toBe(1);
  await shop.take([order], undefined, { isShown: true });
  expect((await hub.stored('S-2', shop.id))?.gate).toBe('ship');
});

test('what a new meaning changes is begun anew where the hub ended in the middle of it', async () => {
  const method = [parcel(carrier('ゆうゆう便'), { slipNumber: '9001' })];
  await shop.take([shop.order('F-1', { parcels: method })]);
  await until('F-1', 'blocked');
  await map({ axis: 'carrier', raw: 'ゆうゆう便', value: 'yamato' });
  await until('F-1', 'approved');
  const meaning = { axis: 'carrier', raw: 'ゆうゆう便', value: 'unsupported' };
  const all = jest.spyOn(hub.app.get(Reread, { strict: false }), 'all');
  all.mockRejectedValueOnce(new Error('ended'));
  expect((await map(meaning)).status).toBe(500);
  const finish = () => hub.app.get(SettingsChange, { strict: false }).finish();
  await finish();
  expect((await hub.stored('F-1', shop.id))?.facts.wanted.obstacles).toEqual([]);
  hub.clock.forward(6 * 60_000);
  await finish();
  expect((await hub.stored('F-1', shop.id))?.facts.wanted.obstacles).toMatchObject([
    { rule: 'unsupported-carrier' },
  ]);
  const calls = all.mock.calls.length;
  hub.clock.forward(6 * 60_000);
  await finish();
  expect(all.mock.calls).toHaveLength(calls);
  all.mockRestore();
});

test('a change that has been followed to its end owes nothing', async () => {
  await shop.patch({ policies: { contractedCarrier: false } });
  const removed = await (
    await hub.as('operator')
  ).delete(`/shops/${shop.id}/words`, { axis: 'carrier', raw: 'ゆうゆう便' });
  expect(removed.status).toBe(204);
  expect(await hub.database.query('select 1 from shops where follow_due is not null')).toEqual([]);
});

test('hostile words are kept, shown and mapped like any other', async () => {
  for (const [index, raw] of [
    '__proto__',
    "'; drop table word_maps; --",
    '{"a",b\\}',
    'あ'.repeat(600),
  ].entries()) {
    const number = `H-${index}`;
    await shop.take([shop.order(number, { parcels: [parcel(carrier(raw))] })]);
    await until(number, 'blocked');
    const word = (await words()).find((each) => raw.startsWith(each.raw));
    expect(word).toMatchObject({ axis: 'carrier', orders: 1 });
    if (word?.raw !== raw) continue;
    expect((await map({ axis: 'carrier', raw, value: 'yamato' })).body.resolved).toBe(1);
    await until(number, 'approved');
  }
});
