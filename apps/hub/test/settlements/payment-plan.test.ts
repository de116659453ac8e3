import { cartOf } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ timing: { paymentsByAge: true } });
}, 60_000);
afterAll(() => hub.stop());

const hourMs = 3_600_000;

test('a payment is first asked for a day after the report, and then by its age, on full hours', async () => {
  const cart = cartOf(hub);
  const number = await cart.place();
  await hub.until(number, 'approved');
  await cart.ship(number, '4012-3456-7892');
  const { id, facts } = await hub.until(number, 'reported');
  const reportedAt = Date.parse(facts.attempts[0]?.reported?.at ?? '');
  const dueAt = async (): Promise<number> => {
    const [row] = await hub.database.query<{ due_at: Date }[]>(
      `select due_at from effects where lane = 'payment' and transaction_id = $1`,
      [id],
    );
    return row?.due_at.getTime() ?? 0;
  };
  expect(await dueAt()).toBe(reportedAt + 24 * hourMs);
  expect((await hub.page(number)).attempts[0]?.payment).toBeNull();

  await hub.database.query(`update effects set due_at = $2 where lane = 'payment' and transaction_id = $1`, [
    id,
    hub.clock.now(),
  ]);
  await hub.eventually(async () => (await hub.page(number)).attempts[0]?.payment?.status === 'unpaid');
  const next = await dueAt();
  expect(next % hourMs).toBe(0);
  expect(next).toBeGreaterThan(reportedAt + 23 * hourMs);
  expect(next).toBeLessThan(hub.clock.now().getTime() + 26 * hourMs);
});
