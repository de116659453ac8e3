import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf } from './cart.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub({ shopSettings: { settlementType: '03' } });
});
afterAll(() => hub.stop());

test('an enclosed invoice holds gate and report until a person has marked it as printed', async () => {
  const cart = cartOf(hub);
  const number = await cart.place();
  await hub.until(number, 'approved');
  const page = await hub.page(number);
  expect(page).toMatchObject({ gate: 'wait', gateReason: 'invoice-not-printed' });
  expect(page.actions).toContain('mark-printed');
  await cart.ship(number, '123456789012');
  await hub.until(number, ({ facts }) => facts.wanted.shipment !== null);
  expect(cart.theOneAtNp(number).report).toBeNull();
  expect((await hub.act(number, 'mark-printed')).status).toBe(200);
  await hub.until(number, ['reported', 'paid']);
  expect((await hub.page(number)).actions).not.toContain('mark-printed');
});

test('an order without an enclosed invoice has nothing to mark', async () => {
  const own = await startTestHub();
  const number = await cartOf(own).place();
  await own.until(number, 'approved');
  expect((await own.page(number)).actions).not.toContain('mark-printed');
  expect((await own.act(number, 'mark-printed')).status).toBe(409);
  await own.stop();
});
