import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';
import { differences } from './implied.js';

const dayMs = 86_400_000;

let hub: TestHub;
let cart: Cart;
let old: readonly string[];
/** Registered by the cart's own link: NP has it, the hub does not know its id. */
let linked: string;

/** A registration as the cart's own link would make it. */
async function registeredByTheCart(orderNumber: string): Promise<string> {
  const [merchant] = hub.sandbox.config.merchants;
  const party = {
    customer_name: '山田 花子',
    zip_code: '100-0005',
    address: '東京都千代田区丸の内1-2-3',
    tel: '090-1234-5678',
  };
  const response = await fetch(`${hub.sandbox.npBaseUrl}/transactions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${btoa(`${merchant?.merchantCode ?? ''}:${merchant?.spCode ?? ''}`)}`,
      'x-np-terminal-id': merchant?.terminalId ?? '',
    },
    body: JSON.stringify({
      transactions: [
        {
          shop_transaction_id: orderNumber,
          shop_order_date: '2026-11-20',
          settlement_type: '02',
          billed_amount: 5000,
          customer: { ...party, email: 'hanako@example.jp' },
          dest_customer: party,
          goods: [{ goods_name: '煎茶', goods_price: 5000, quantity: 1 }],
        },
      ],
    }),
  });
  const { results } = (await response.json()) as { results: { np_transaction_id: string }[] };
  return results[0]?.np_transaction_id ?? '';
}

beforeAll(async () => {
  hub = await startTestHub({ timing: { recentWindowMs: 40 * dayMs } });
  cart = cartOf(hub);
  const daysAgo = Array.from({ length: 30 }, (_, index) => index + 1);
  old = await Promise.all(
    daysAgo.map((days) =>
      cart.place({ orderedAt: new Date(Date.now() - days * dayMs).toISOString(), paymentStatus: '審査OK' }),
    ),
  );
  linked = old[0] ?? '';
});
afterAll(() => hub.stop());

test('a shop with a month of old orders is connected: none of them is registered, or painted over', async () => {
  for (const number of old) await hub.until(number, 'released');
  await hub.settle();
  expect(hub.sandbox.transactions()).toEqual([]);
  expect(new Set(old.map((number) => cart.word(number)))).toEqual(new Set(['審査OK']));
  const page = await hub.page(linked);
  expect(page).toMatchObject({ gate: 'stop', gateReason: 'released' });
  expect(page.actions).toContain('adopt');
  expect(page.actions).not.toContain('cancel');
});

test('an order placed after take-over is registered, unless NP has it already by another way', async () => {
  const [fresh, known, worded] = await Promise.all([
    cart.place(),
    cart.place({ npTransactionId: '30000009999' }),
    cart.place({ paymentStatus: '審査OK' }),
  ]);
  await hub.until(fresh, 'approved');
  await hub.until(known, 'released');
  await hub.until(worded, 'released');
});

test('adopted by its NP id: edited to what the cart says, reviewed anew, and on the usual way from there', async () => {
  const npTransactionId = await registeredByTheCart(linked);
  const id = (await hub.stored(linked))?.id ?? '';
  for (const [wrong, status] of [
    ['3000', 400],
    ['３００ABC', 400],
    [123, 400],
  ] as const)
    expect((await hub.act(linked, 'adopt', { npTransactionId: wrong })).status).toBe(status);
  expect((await hub.act(linked, 'adopt', { npTransactionId: '3000' })).body).toMatchObject({
    error: 'malformed-np-id',
    fields: [{ field: 'npTransactionId' }],
  });
  const adopted = await hub.act(linked, 'adopt', { npTransactionId: ` ${npTransactionId} ` });
  expect(adopted).toMatchObject({ status: 200, body: { id, gate: 'wait' } });
  await hub.until(linked, ({ state, gate }) => state === 'approved' && gate === 'ship');
  const atNp = cart.theOneAtNp(linked);
  expect(atNp).toMatchObject({ npTransactionId, edits: 1, shopTransactionId: linked });
  expect(differences(cart.order(linked), atNp)).toEqual([]);
  await cart.ship(linked, '1234-5678-9012');
  await hub.until(linked, 'reported');
});

test('an NP id that another order has is refused by name', async () => {
  const npTransactionId = cart.theOneAtNp(linked).npTransactionId;
  const answer = await hub.act(old[1] ?? '', 'adopt', { npTransactionId });
  expect(answer).toMatchObject({ status: 409, body: { error: 'np-id-in-use' } });
  expect((await hub.stored(old[1] ?? ''))?.state).toBe('released');
});

test('an old order cannot be registered anew without its id: the cart’s own link may have it at NP', async () => {
  const answer = await hub.act(old[2] ?? '', 'adopt', { npTransactionId: null });
  expect(answer).toMatchObject({ status: 409, body: { error: 'not-allowed' } });
});

test('what staff released is adopted again without an id, as a new registration', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  expect((await hub.act(number, 'release')).status).toBe(200);
  await hub.until(number, 'released');
  expect(cart.theOneAtNp(number).state).toBe('cancelled');
  expect((await hub.act(number, 'adopt', { npTransactionId: null })).status).toBe(200);
  await hub.until(number, 'approved');
  expect(cart.atNp(number).map(({ state }) => state)).toEqual(['cancelled', 'approved']);
});

test('an old order that changes in the cart stays released', async () => {
  const number = old[3] ?? '';
  await cart.editParty(number, { address2: '別館2階' });
  await hub.settle();
  expect((await hub.stored(number))?.state).toBe('released');
  expect(cart.atNp(number)).toEqual([]);
});
