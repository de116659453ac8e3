import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from '../path/cart.js';
import { carrier, parcel, pausedShop, type PausedShop } from '../words/paused-shop.js';

const dayMs = 86_400_000;

let hub: TestHub;
let cart: Cart;
let shop: PausedShop;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  shop = await pausedShop(hub, { adapter: 'subscription-store' });
});
afterAll(() => hub.stop());

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId: shop.id });
const policies = (given: object) => shop.patch({ policies: given });
const page = (number: string) => hub.page(number, 'support', shop.id);
const act = async (number: string, action: string) => {
  const id = (await hub.stored(number, shop.id))?.id ?? '';
  return (await hub.as('support')).post(`/transactions/${shop.id}/${id}/actions/${action}`);
};
/** 発送予定日 so many days from today, in Japan. */
const inDays = (days: number): string =>
  new Date(hub.clock.now().getTime() + 9 * 3_600_000 + days * dayMs).toISOString().slice(0, 10);

test('a new shop starts with the policies of its cart', async () => {
  expect((await policies({})).policies).toMatchObject({
    creditTiming: 'before-shipment',
    emailRequired: true,
  });
});

test('N days before 発送予定日: orders wait, a changed setting moves those that wait, and no others', async () => {
  await policies({ creditTiming: 'before-shipment', creditDaysBefore: 3 });
  await shop.take([2, 4, 6, 40].map((days) => shop.order(`T-${days}`, { plannedShipOn: inDays(days) })));
  await until('T-2', 'approved');
  for (const days of [4, 6, 40]) await until(`T-${days}`, 'received');
  expect(await page('T-6')).toMatchObject({
    plannedShipOn: inDays(6),
    creditStart: new Date(`${inDays(3)}T00:00:00+09:00`).toISOString(),
    actor: 'none',
  });
  await policies({ creditDaysBefore: 5 });
  await until('T-4', 'approved');
  for (const days of [6, 40]) await until(`T-${days}`, 'received');
  expect([...cart.atNp('T-6'), ...cart.atNp('T-40')]).toEqual([]);
});

test('a date that is missing is not guessed: the order says so, and a person may start the check', async () => {
  await shop.take([shop.order('T-none')]);
  const blocked = await until('T-none', 'blocked');
  expect(blocked.facts.wanted.obstacles).toEqual([expect.objectContaining({ field: 'plannedShipOn' })]);
  expect((await page('T-none')).actions).toContain('check-credit');
  expect((await act('T-none', 'check-credit')).status).toBe(200);
  await until('T-none', 'approved');
});

test('by hand: nothing goes before a person asks, and what was asked for stays', async () => {
  await policies({ creditTiming: 'by-hand' });
  await shop.take([shop.order('T-hand')]);
  await until('T-hand', 'received');
  expect(await page('T-hand')).toMatchObject({ creditStart: 'by-hand', actor: 'shop' });
  expect(cart.atNp('T-hand')).toEqual([]);
  await act('T-hand', 'check-credit');
  await shop.take([shop.order('T-hand', { note: 'read again' })]);
  await until('T-hand', 'approved');
  await shop.take([shop.order('T-wait')]);
  await policies({ creditTiming: 'at-once' });
  await until('T-wait', 'approved');
});

test('reports by hand: a slip number alone reports nothing; the press does, also before the approval', async () => {
  await policies({ creditTiming: 'by-hand', reportTrigger: 'by-hand' });
  const parcels = [parcel(carrier('ヤマト', 'yamato'), { slipNumber: '1234-5678-9012' })];
  await shop.take([shop.order('R-1', { parcels }), shop.order('R-2', { parcels })]);
  await act('R-1', 'check-credit');
  await until('R-1', 'approved');
  expect(await page('R-1')).toMatchObject({ actor: 'shop', state: 'approved' });
  expect((await page('R-1')).actions).toContain('report');
  expect((await act('R-1', 'report')).status).toBe(200);
  await until('R-1', 'reported');
  expect((await act('R-2', 'report')).status).toBe(200);
  await until('R-2', 'received');
  await act('R-2', 'check-credit');
  await until('R-2', 'reported');
  expect(cart.theOneAtNp('R-2').report).toMatchObject({ carrierCode: '59010' });
});

test('a shop that reports by the cart’s word again has what waits reported, without another reading', async () => {
  const parcels = [
    parcel(carrier('ヤマト', 'yamato'), { slipNumber: '1', shippedAt: shop.order('').orderedAt }),
  ];
  await shop.take([shop.order('R-3', { parcels })]);
  await act('R-3', 'check-credit');
  await until('R-3', 'approved');
  await policies({ reportTrigger: 'shipped' });
  await until('R-3', 'reported');
});

test('fee bands reach NP; a changed band says nothing to NP of what it has, until the order changes', async () => {
  await policies({
    creditTiming: 'at-once',
    feeMode: 'add',
    feeBands: [{ fromYen: 1, toYen: 9999, feeYen: 205 }],
  });
  await shop.take([shop.order('F-1')]);
  await until('F-1', 'approved');
  expect(cart.theOneAtNp('F-1').payload).toMatchObject({ billed_amount: 3205 });
  await policies({ feeBands: [{ fromYen: 1, toYen: 9999, feeYen: 300 }] });
  expect([cart.theOneAtNp('F-1').edits, (await page('F-1')).payload?.billedYen]).toEqual([0, 3205]);
  await shop.take([shop.order('F-1', { billedYen: 3100 })]);
  await hub.eventually(async () => cart.theOneAtNp('F-1').edits === 1);
  expect(cart.theOneAtNp('F-1').payload).toMatchObject({ billed_amount: 3400 });
  await policies({ feeMode: 'replace' });
  await shop.take([shop.order('F-2')]);
  expect((await until('F-2', 'blocked')).facts.wanted.problems.map(({ rule }) => rule)).toEqual([
    'fee-unknown',
  ]);
  await policies({ feeMode: 'keep' });
  await until('F-2', 'approved');
});

// The last one: nobody is signed in any more after so many days.
test('a changed date moves its order, and the clock starts the check', async () => {
  await policies({ creditTiming: 'before-shipment' });
  await shop.take(['T-7', 'T-8'].map((number) => shop.order(number, { plannedShipOn: inDays(40) })));
  await until('T-8', 'received');
  await shop.take([shop.order('T-7', { plannedShipOn: inDays(1) })]);
  await until('T-7', 'approved');
  await shop.take([shop.order('T-8', { plannedShipOn: inDays(30) })]);
  await until('T-8', 'received');
  hub.clock.forward(26 * dayMs);
  await until('T-8', 'approved');
});
