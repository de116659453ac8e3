import type { BulkResults, ErrorView, TransactionView } from '@np-hub/model';
import { Shops } from '../../src/shops/shops.js';
import { StatusUpdates } from '../../src/status-push/updates.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from '../path/cart.js';
import { pausedShop, type PausedShop } from '../words/paused-shop.js';

let hub: TestHub;
let cart: Cart;
let shop: PausedShop;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  shop = await pausedShop(hub, {
    adapter: 'subscription-store',
    policies: { creditTiming: 'at-once', onRejected: 'change-to-cod' },
  });
});
afterAll(() => hub.stop());

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId: shop.id });
const page = (number: string) => hub.page(number, 'support', shop.id);
/** The buyer's address carries what the sandbox's NP is to answer. */
const answered = (number: string, magic: string, change: object = {}) => {
  const order = shop.order(number, change);
  return { ...order, buyer: { ...order.buyer, address: `${order.buyer.address}${magic}` } };
};

/** What the next result file says of an order, as the hub makes it; and that the file has left. */
async function shown(number: string) {
  const updates = hub.app.get(StatusUpdates, { strict: false });
  const open = await hub.app.get(Shops, { strict: false }).open(shop.id);
  const id = (await hub.stored(number, shop.id))?.id ?? '';
  return hub.database.transaction(async (manager) => {
    const due = await updates.of(manager, open, [{ shopId: shop.id, transactionId: id }]);
    const at = hub.clock.now().toISOString();
    await updates.noteSent(
      manager,
      due.map((each) => ({ ...each, error: null })),
      at,
    );
    return due[0]?.update;
  });
}

test('与信NG with 自動で代引きに変更: the word takes the order to the cart along, once, and the history shows it', async () => {
  await shop.take([answered('I-1', '審査NG002')]);
  await until('I-1', 'rejected');
  expect((await page('I-1')).instruction).toEqual({ name: 'change-to-cod', byCart: true, askedAt: null });
  const update = await shown('I-1');
  expect(update).toMatchObject({ orderNumber: 'I-1', word: '与信NG', instruction: 'change-to-cod' });
  expect(update?.reasons?.join()).toMatch(/（\w+）/u);
  const told = await page('I-1');
  expect(told.instruction?.askedAt).not.toBeNull();
  expect(told.timeline.map(({ name }) => name)).toContain('instruction-given');
  expect((await shown('I-1'))?.instruction).toBeNull();
  await shop.take([
    answered('I-1', '審査NG002', { payment: { kind: 'mapped', value: 'other', raw: '代引き' } }),
  ]);
  await until('I-1', 'released');
  expect((await page('I-1')).instruction).toBeNull();
});

test('never for a hold; in real time only for orders that a course generated', async () => {
  await shop.take([answered('I-2', '保留RE026')]);
  await until('I-2', 'held');
  expect((await shown('I-2'))?.instruction).toBeNull();
  await shop.patch({ policies: { realTime: true } });
  const generated = { subscription: { courseNumber: 'C-1', count: 3, generated: true } };
  await shop.take([
    answered('I-3', '審査NG002'),
    answered('I-4', '審査NG002', generated),
    answered('I-5', '保留RE026', generated),
  ]);
  for (const number of ['I-3', 'I-4']) await until(number, 'rejected');
  await until('I-5', 'held');
  expect([await shown('I-3'), await shown('I-4'), await shown('I-5')]).toMatchObject([
    { instruction: null },
    { instruction: 'change-to-cod' },
    { instruction: 'stop-course' },
  ]);
  expect((await page('I-5')).subscription).toEqual(generated.subscription);
  await shop.patch({ policies: { realTime: false } });
});

describe('one action on many', () => {
  const bulk = async <Body = BulkResults>(action: string, body: object, key?: string) =>
    (await hub.as('support')).post<Body>(`/transactions/bulk/${action}`, body, key);

  test('each is done or refused on its own, in the order of the keys; pressed twice it is done once', async () => {
    await shop.patch({ policies: { creditTiming: 'by-hand' } });
    const numbers = Array.from({ length: 120 }, (_, index) => `B-${index}`);
    await shop.take(numbers.map((number) => shop.order(number)));
    const rows = await Promise.all(numbers.map((number) => until(number, 'received')));
    const gone = '00000000-0000-4000-8000-000000000000';
    const keys = [...rows.map(({ id }) => ({ shopId: shop.id, id })), { shopId: shop.id, id: gone }];
    const first = await bulk('check-credit', { keys }, 'one-press');
    const again = await bulk('check-credit', { keys }, 'one-press');
    expect(again.body).toEqual(first.body);
    expect(first.body.results.map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
    expect(first.body.results.filter(({ ok }) => ok)).toHaveLength(120);
    expect(first.body.results.at(-1)).toMatchObject({ ok: false, error: { error: 'unknown-transaction' } });
    for (const number of numbers) await until(number, ['reviewing', 'approved']);
    const refused = await bulk('report', { keys: keys.slice(0, 1) });
    expect(refused.body.results[0]).toMatchObject({ ok: false, error: { error: 'not-allowed' } });
    expect(
      hub.sandbox.transactions().filter(({ shopTransactionId: id }) => id.startsWith('B-')),
    ).toHaveLength(120);
  });

  test('bad input names its field, and a viewer may not', async () => {
    const empty = await bulk<ErrorView>('cancel', { keys: [] });
    expect([empty.status, empty.body.fields[0]?.field]).toEqual([400, 'keys']);
    expect((await bulk('adopt', { keys: [{ shopId: shop.id, id: shop.id }] })).status).toBe(400);
    const viewer = await hub.as('viewer');
    const body = { keys: [{ shopId: shop.id, id: shop.id }] };
    expect((await viewer.post('/transactions/bulk/cancel', body)).status).toBe(403);
    const after = await viewer.get<ErrorView>('/transactions?after=bad');
    expect([after.status, after.body.fields[0]?.field]).toEqual([400, 'after']);
  });
});

test('an action pressed while the registration is under way is kept', async () => {
  await shop.patch({ policies: { creditTiming: 'at-once' } });
  await cart.fault({ fault: 'latency', operation: 'register', delayMs: 600_000, times: 1 });
  await shop.take([shop.order('P-1')]);
  const row = await until('P-1', ({ facts }) => facts.inFlight?.phase === 'sent');
  const pressed = await (
    await hub.as('support')
  ).post<TransactionView>(`/transactions/${shop.id}/${row.id}/actions/cancel`);
  expect([pressed.status, pressed.body.state]).toEqual([200, 'registering']);
  await cart.noFaults();
  await until('P-1', 'cancelled');
  expect(cart.theOneAtNp('P-1').state).toBe('cancelled');
});
