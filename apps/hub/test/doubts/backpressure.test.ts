import { limits, type TroubleView } from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

/** Longer than every pause before a lost call is repeated for the third time. */
const resolvingMs = limits.callAtMostMs + 16 * limits.resolveFirstMs;

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({ timing: { retryMs: 100 } });
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());
afterEach(() => cart.noFaults());

const troubles = async (): Promise<readonly TroubleView[]> =>
  (await (await hub.as('viewer')).get<readonly TroubleView[]>('/troubles')).body;

test('NP is down: one batch is in doubt and the rest waits; small questions ask for it; then everything goes on', async () => {
  const operator = await hub.as('operator');
  await operator.post(`/shops/${hub.shopId}/pause`);
  const numbers: string[] = [];
  for (let count = 0; count < 12; count += 1) numbers.push(await cart.place());
  await operator.patch(`/connections/${hub.connectionId}`, { settings: { registerBatchSize: 4 } });
  await cart.fault({ fault: 'server-error', target: 'np' });
  await operator.post(`/shops/${hub.shopId}/resume`);
  await hub.eventually(async () => (await troubles()).some(({ waiting }) => waiting > 0));
  const [trouble] = await troubles();
  expect(trouble).toMatchObject({ kind: 'connection', id: hub.connectionId, failure: 'unavailable' });
  const registrations = async () => (await cart.calls())['np.register'] ?? 0;
  const before = await registrations();
  await hub.eventually(async () => {
    const [row] = await hub.database.query<{ failures: number }[]>('select failures from connections');
    return (row?.failures ?? 0) >= 4;
  });
  expect(await registrations()).toBe(before);
  const states = await Promise.all(numbers.map(async (number) => (await hub.stored(number))?.state));
  expect(states.filter((state) => state === 'in-doubt').length).toBeLessThanOrEqual(4);
  expect(await troubles()).toMatchObject([{ since: trouble?.since }]);

  await cart.noFaults();
  hub.clock.forward(resolvingMs);
  for (const number of numbers) await hub.until(number, 'approved');
  for (const number of numbers) expect(cart.theOneAtNp(number).isLive).toBe(true);
  await hub.eventually(async () => (await troubles()).length === 0);
});

test('a cart is down: its words wait, people see it, and NP hears of everything all the same', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  await cart.fault({ fault: 'server-error', target: 'makeshop' });
  await hub.eventually(async () => (await troubles()).some(({ kind }) => kind === 'cart'));
  expect((await hub.act(number, 'cancel')).status).toBe(200);
  await hub.until(number, 'cancelled');
  expect(cart.theOneAtNp(number).state).toBe('cancelled');
  await cart.noFaults();
  await hub.eventually(async () => (await troubles()).length === 0);
  await hub.settle();
  expect(cart.word(number)).toBe('審査NG');
});
