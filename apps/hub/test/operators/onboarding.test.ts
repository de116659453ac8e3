import {
  onboardedSchema,
  rehearsalSchema,
  type Onboarded,
  type Rehearsal,
  type ShopView,
} from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import type { ApiAnswer } from '../support/client.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

/** What an operator types: the name, two choices, and seven settings. */
function typed(changes: { np?: object; cart?: object } = {}) {
  const [merchant] = hub.sandbox.config.merchants;
  const [shop] = hub.sandbox.config.shops;
  return {
    adapter: 'makeshop',
    settings: {
      endpoint: hub.sandbox.makeshopUrl,
      shopId: shop?.shopId,
      token: shop?.token,
      apiKey: shop?.apiKey,
      ...changes.cart,
    },
    gateway: 'np-connect-pro',
    gatewaySettings: {
      baseUrl: hub.sandbox.npBaseUrl,
      merchantCode: merchant?.merchantCode,
      spCode: merchant?.spCode,
      terminalId: merchant?.terminalId,
      ...changes.np,
    },
  };
}

type Problem = { error: string; fields: { field: string }[] };

async function post<Body>(path: string, body: object): Promise<ApiAnswer<Body>> {
  return (await hub.as('operator')).post<Body>(path, body);
}

const count = async (table: string): Promise<number> => {
  const [row] = await hub.database.query<{ count: number }[]>(`select count(*)::int as count from ${table}`);
  return row?.count ?? 0;
};

test('a wrong SP code is told before anything is saved, at its field', async () => {
  const wrong = typed({ np: { spCode: 'WRONG' } });
  const rehearsed = rehearsalSchema.parse((await post<Rehearsal>('/onboarding/rehearsal', wrong)).body);
  expect(rehearsed.gateway).toMatchObject({ ok: false, fields: expect.arrayContaining(['spCode']) });
  expect(rehearsed.cart.ok).toBe(true);
  const refused = await post<Problem>('/onboarding/shops', { ...wrong, name: '一号店' });
  expect(refused.status).toBe(400);
  expect(refused.body.fields.map(({ field }) => field)).toContain('gatewaySettings.spCode');
  expect([await count('shops'), await count('connections')]).toEqual([0, 0]);
});

test('a wrong token of the cart is told at its field, and so is a setting that has the wrong form', async () => {
  const { body } = await post<Rehearsal>('/onboarding/rehearsal', typed({ cart: { token: 'wrong' } }));
  expect(body.cart.ok).toBe(false);
  expect(body.cart.fields).toContain('token');
  const malformed = await post<Problem>('/onboarding/rehearsal', typed({ np: { terminalId: '' } }));
  expect(malformed.status).toBe(400);
  expect(malformed.body.fields.map(({ field }) => field)).toEqual(['gatewaySettings.terminalId']);
});

test('a dry run shows what would become of the latest orders, and sends and keeps nothing', async () => {
  const good = await cart.place();
  const bad = await cart.place({ sender: { tel: '12' } });
  const { body, status } = await post<Rehearsal>('/onboarding/rehearsal', typed());
  expect(status).toBe(200);
  const seen = new Map(rehearsalSchema.parse(body).orders.map((order) => [order.orderNumber, order]));
  expect(seen.get(good)).toMatchObject({
    outcome: 'taken',
    state: 'registering',
    operation: 'register',
    problems: [],
  });
  expect(seen.get(bad)).toMatchObject({ outcome: 'taken', state: 'blocked', operation: null, actor: 'shop' });
  expect(seen.get(bad)?.problems.map(({ field }) => field)).toContain('customer.phone');
  expect(body.words.every(({ orders }) => orders > 0)).toBe(true);
  expect(body.outgoing.find(({ key }) => key === 'approved')?.word).toBe('審査OK');
  expect([hub.sandbox.transactions().length, await count('transactions')]).toEqual([0, 0]);
  expect(JSON.stringify(body)).not.toContain('sender');
});

test('a shop goes live in one flow, is copied with its secrets, and is taken out of service without losing work', async () => {
  const made = await post<Onboarded>('/onboarding/shops', { ...typed(), name: '一号店' });
  expect(made.status).toBe(201);
  const { shop, connectionId } = onboardedSchema.parse(made.body);
  expect(shop).toMatchObject({ mode: 'draft', connectionName: '一号店' });
  const { settings } = typed({ cart: { token: undefined, apiKey: undefined } });
  const copy = { adapter: 'makeshop', settings, connectionId, copyOf: shop.id, name: '二号店' };
  expect((await post<Onboarded>('/onboarding/shops', copy)).status).toBe(201);

  const operator = await hub.as('operator');
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${shop.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  const before = await cart.place();
  await hub.until(before, 'approved', { shopId: shop.id });
  const retired = await operator.post<ShopView>(`/shops/${shop.id}/retire`);
  expect(retired.body).toMatchObject({ mode: 'live', retiredAt: expect.any(String) });
  const work = await operator.get<{ total: number }>(`/shops/${shop.id}/open-work`);
  expect(work.body.total).toBeGreaterThan(0);
  hub.clock.forward(2_000);
  const after = await cart.place();
  await operator.post(`/shops/${shop.id}/run-now`);
  await hub.until(after, 'released', { shopId: shop.id });
  await cart.ship(before, '1234-5678-9012');
  await operator.post(`/shops/${shop.id}/run-now`);
  await hub.until(before, 'reported', { shopId: shop.id });
});
