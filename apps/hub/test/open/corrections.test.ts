import { startTestHub, type TestHub } from '../support/hub.js';
import { addOpenShop, orderBody, programOf, type Program } from './any-system.js';

let hub: TestHub;
let shopId: string;
let program: Program;

beforeAll(async () => {
  hub = await startTestHub();
  shopId = await addOpenShop(hub);
  program = await programOf(hub, shopId);
});
afterAll(() => hub.stop());

test('what the cart says while a correction is on its way stands under the correction', async () => {
  const number = 'C-1';
  await program.put(number, orderBody(hub));
  const { id } = await hub.until(number, 'approved', { shopId });
  const waits = (query: string): Promise<void> =>
    hub.eventually(async () => {
      const rows = await hub.database.query<object[]>(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
        [query],
      );
      return rows.length > 0;
    });
  const support = await hub.as('support');
  const lines = [{ name: '見本品', unitPriceYen: 3_000, quantity: 2 }];
  const { said, corrected } = await hub.database.transaction(async (manager) => {
    await manager.query('select 1 from transactions where id = $1 for update', [id]);
    const told = program.put(number, orderBody(hub, { lines, billedYen: 6_000 }));
    await waits('select id, order_number, sealed_order from transactions%for update');
    const correcting = support.post(`/transactions/${shopId}/${id}/actions/correct`, {
      fields: { 'buyer.phone': '03-1234-9999' },
    });
    await waits('select 1 from transactions t %for update of t');
    return { said: told, corrected: correcting };
  });
  expect([(await said).body.outcome, (await corrected).status]).toEqual(['changed', 200]);
  await hub.until(
    number,
    ({ state, facts }) => state === 'approved' && facts.wanted.payload.billedYen === 6_000,
    { shopId },
  );
  const atNp = hub.sandbox
    .transactions()
    .find(({ shopTransactionId, isLive }) => isLive && shopTransactionId === number);
  expect(JSON.stringify(atNp)).toContain('9999');
});
