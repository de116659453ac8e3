import type { Order, ReconciliationView } from '@np-hub/model';
import { Intake } from '../../src/intake/intake.js';
import { Windows } from '../../src/intake/windows.js';
import { ShopChanged } from '../../src/shops/held.js';
import { Shops, type OpenShop } from '../../src/shops/shops.js';
import { addOpenShop, orderBody, programOf } from '../open/any-system.js';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';
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

/** Nobody but a contract takes it: whether NP does is for the shop's settings to say. */
const parcels = [parcel(carrier('赤帽', 'unsupported'))];
const contracted = (contractedCarrier: boolean) => shop.patch({ policies: { contractedCarrier } });
const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId: shop.id, timeoutMs: 20_000 });

/** One reading of the shop's cart, as its settings are at the beginning; false where a change has overtaken it. */
async function read(pages: () => AsyncIterable<readonly Order[]>): Promise<boolean> {
  const open = await hub.app.get(Shops, { strict: false }).open(shop.id);
  const adapter: OpenShop['adapter'] = {
    ...open.adapter,
    readOrder: (raw) => ({ kind: 'order', order: raw as Order }),
    pull: {
      checkConnection: () => Promise.resolve({ kind: 'ok', message: { ja: '', en: '' } }),
      fetchOrders: pages,
    },
  };
  const window = { from: new Date(0), to: new Date(0) };
  const total = { orders: 0, changed: 0, unreadable: 0 };
  return hub.app
    .get(Windows, { strict: false })
    .read({ ...open, adapter }, window, { total, mustEnd: () => false })
    .catch((error: unknown) => {
      if (error instanceof ShopChanged) return false;
      throw error;
    });
}

const isWaiting = async (query: string, least = 1): Promise<boolean> => {
  const rows = await hub.database.query<object[]>(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
    [query],
  );
  return rows.length >= least;
};

test('a page that comes after a change is not taken in by the settings from before it', async () => {
  const order = shop.order('O-1', { parcels });
  await shop.take([order]);
  await until('O-1', 'blocked');
  const later = { ...order, note: '電話済み' };
  const isWhole = await read(async function* () {
    yield [];
    await contracted(true);
    await until('O-1', 'approved');
    yield [later];
  });
  expect((await hub.stored('O-1', shop.id))?.facts.wanted.obstacles).toEqual([]);
  expect(isWhole).toBe(false);
  const again = await read(async function* () {
    yield [later];
  });
  expect(again).toBe(true);
  expect((await hub.stored('O-1', shop.id))?.facts.wanted.obstacles).toEqual([]);
  await contracted(false);
});

test('a change waits for the page that is being taken in, and then reads its orders by the new settings', async () => {
  const order = shop.order('O-2', { parcels });
  const { reading, changing } = await hub.database.transaction(async (manager) => {
    await manager.query(
      `select pg_advisory_xact_lock(hashtextextended('new orders of ' || merchant, 0)) from connections where id = $1`,
      [hub.connectionId],
    );
    const page = read(async function* () {
      yield [order];
    });
    await hub.eventually(() => isWaiting('%new orders of%'));
    let isChanged = false;
    const change = contracted(true).finally(() => (isChanged = true));
    await hub.eventually(async () => isChanged || (await isWaiting('%hashtextextended($1, 0))')));
    return { reading: page, changing: change };
  });
  expect(await reading).toBe(true);
  await changing;
  await until('O-2', 'approved');
  await contracted(false);
});

test('two changes of one shop at the same time are both kept', async () => {
  await Promise.all([
    contracted(true),
    shop.patch({ policies: { splitShipments: 'first' } }),
    shop.patch({ name: '同時の変更' }),
  ]);
  const { name, policies } = await shop.patch({});
  expect([name, policies.contractedCarrier, policies.splitShipments]).toEqual(['同時の変更', true, 'first']);
  await contracted(false);
});

test('a reconciliation that its settings have overtaken reads the day once more by the new ones', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  await hub.eventually(async () => cart.word(number) === '審査OK');
  const client = await hub.as('operator');
  const path = `/shops/${hub.shopId}/reconciliations`;
  const id = await hub.database.transaction(async (manager) => {
    // As whoever changes the shop does it.
    await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `what orders are read by of ${hub.shopId}`,
    ]);
    await manager.query(
      `update shops set policies = policies || '{"splitShipments": "first"}'::jsonb where id = $1`,
      [hub.shopId],
    );
    const asked = await client.post<ReconciliationView>(path);
    await hub.eventually(async () => {
      const [row] = await hub.database.query<{ inCart: boolean; pulls: number }[]>(
        `select phase = 'cart' as "inCart", (select count(*)::int from runs where finished_at is null) as pulls
         from reconciliations where id = $1`,
        [asked.body.id],
      );
      const waiting = 'select pg_advisory_xact_lock_shared(hash%';
      return row?.inCart === true && (await isWaiting(waiting, 1 + row.pulls));
    });
    return asked.body.id;
  });
  await hub.eventually(async () => {
    const { body } = await client.get<ReconciliationView>(`${path}/${id}`);
    return body.outcome === 'done' && body.checked > 0;
  });
});

test('orders sent by API while the shop’s settings change are taken in by the new ones', async () => {
  const shopId = await addOpenShop(hub);
  const operator = await hub.as('operator');
  const timing = (creditTiming: string) =>
    operator.patch(`/shops/${shopId}`, { policies: { creditTiming, duplicates: 'off' } });
  await timing('by-hand');
  const program = await programOf(hub, shopId);
  const intake = hub.app.get(Intake, { strict: false });
  const routesOf = intake.routesOf.bind(intake);
  const opening = jest.spyOn(intake, 'routesOf').mockImplementationOnce(async (opened) => {
    const routes = await routesOf(opened);
    await timing('at-once');
    return routes;
  });
  expect((await program.put('O-API', orderBody(hub))).body.outcome).toBe('created');
  opening.mockRestore();
  await hub.until('O-API', 'approved', { shopId, timeoutMs: 20_000 });
});
