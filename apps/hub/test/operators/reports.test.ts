import { healthSchema, reportSchema, type Health, type Report } from '@np-hub/model';
import { ReportKeeper } from '../../src/reports/report-keeper.js';
import { cartOf, type Cart } from '../path/cart.js';
import { request } from '../support/client.js';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

/** Yesterday and tomorrow in Japan: the test may run around midnight. */
function range(): string {
  const day = (days: number): string =>
    new Date(hub.clock.now().getTime() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return `from=${day(-1)}&to=${day(1)}`;
}

async function report(query = ''): Promise<Report> {
  await hub.app.get(ReportKeeper, { strict: false }).run();
  const { body } = await (await hub.as('support')).get<Report>(`/reports?${range()}${query}`);
  return reportSchema.parse(body);
}

test('orders are counted by day, shop and cart, each once however often it moves', async () => {
  const shipped = await cart.place();
  const held = await cart.placeMagic('保留RE009');
  const rejected = await cart.placeMagic('審査NG001');
  await hub.until(shipped, 'approved');
  await hub.until(held, 'held');
  await hub.until(rejected, 'rejected');
  expect((await report()).total).toMatchObject({
    orders: 3,
    approved: 1,
    held: 1,
    rejected: 1,
    reported: 0,
    fixSeconds: null,
  });
  expect((await report()).total).toMatchObject({ orders: 3, approved: 1, held: 1 });
  await cart.ship(shipped, '1234-5678-9012');
  await hub.until(shipped, 'reported');
  const address = (await hub.page(held)).buyer?.address.replace('保留RE009', '山田ビル405号室');
  expect((await hub.act(held, 'correct', { fields: { 'buyer.address': address } })).status).toBe(200);
  await hub.until(held, 'approved');
  const seen = await report(`&shopId=${hub.shopId}`);
  expect(seen.total).toMatchObject({ orders: 3, approved: 2, held: 1, rejected: 1, reported: 1 });
  expect(seen.total.fixSeconds).not.toBeNull();
  expect(seen.total.approvalSeconds).not.toBeNull();
  expect(seen.shops.map(({ id, figures }) => [id, figures.orders])).toEqual([[hub.shopId, 3]]);
  expect(seen.carts.map(({ id }) => id)).toEqual(['makeshop']);
  expect(seen.codes.map(({ code }) => code).sort()).toEqual(['NG001', 'RE009']);
  // NP's own contract alone knows its fees.
  expect(seen.fees).toEqual([]);
});

test('the figures come as a file, and a range that is none is refused', async () => {
  const signedIn = await request(hub.url, 'POST', '/api/v1/session', {
    body: { login: 'support', password: 'correct horse battery' },
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const file = await fetch(`${hub.url}/api/v1/reports/export.csv?${range()}`, { headers: { cookie } });
  expect(file.status).toBe(200);
  expect(await file.text()).toContain('カート,makeshop,3,');
  const support = await hub.as('support');
  expect((await support.get('/reports?from=2026-02-01&to=2026-01-01')).status).toBe(400);
  expect((await support.get('/reports?from=2020-01-01&to=2026-01-01')).status).toBe(400);
});

test('health tells what fails of each shop and connection', async () => {
  const health = async (): Promise<Health> =>
    healthSchema.parse((await (await hub.as('support')).get<Health>('/health-board')).body);
  const good = await health();
  expect(good.shops).toMatchObject([{ id: hub.shopId, condition: 'good', mode: 'live', failures: 0 }]);
  expect(good.connections).toMatchObject([{ condition: 'good', lastSuccessAt: expect.any(String) }]);
  // One that no order uses: nothing that goes well on it ends its trouble meanwhile.
  const id = await addConnection(hub);
  await hub.database.query(
    `update connections set trouble = 'unauthorized: HTTP 401', trouble_since = $1, recovery = 'down', paused_until = $2
     where id = $3`,
    [hub.clock.now(), new Date(hub.clock.now().getTime() + 86_400_000), id],
  );
  const refused = (await health()).connections.find((one) => one.id === id);
  expect(refused).toMatchObject({ condition: 'credentials', since: expect.any(String) });
  await (await hub.as('operator')).post(`/shops/${hub.shopId}/pause`);
  expect((await health()).shops).toMatchObject([{ condition: 'off', mode: 'paused', lagSeconds: null }]);
});
