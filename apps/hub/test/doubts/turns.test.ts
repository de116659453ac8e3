import { claimWrites } from '../../src/dispatch/claims.js';
import { addOpenShop, orderBody, programOf } from '../open/any-system.js';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

const hour = 3_600_000;

let hub: TestHub;
let busy: string;
let quiet: string;

/** A connection that rests, so that what its shops bring waits there. */
beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  hub.connectionId = await addConnection(hub);
  await hub.database.query(
    `update connections set recovery = 'down', paused_until = now() + interval '1 day'`,
  );
  busy = await addOpenShop(hub, { name: '大きなショップ' });
  quiet = await addOpenShop(hub, { name: '小さなショップ' });
  const orders = (shop: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ orderNumber: `${shop}${index}`, ...orderBody(hub) }));
  await (await programOf(hub, busy)).post('orders', { orders: orders('A', 300) });
  await (await programOf(hub, quiet)).post('orders', { orders: orders('B', 3) });
}, 60_000);
afterAll(() => hub.stop());

/** What would go in the next call of so many lines, as it would be claimed now; nothing is kept of it. */
async function nextCall(limit: number): Promise<readonly string[]> {
  const now = hub.clock.now();
  const group = { lane: 'write', connectionId: hub.connectionId, operation: 'register' } as const;
  const lease = {
    token: '00000000-0000-4000-8000-000000000001',
    owner: 'nobody',
    now: now.toISOString(),
    until: new Date(now.getTime() + hour).toISOString(),
  };
  let numbers: string[] = [];
  const undo = new Error('undo');
  await hub.database
    .transaction(async (manager) => {
      const claimed = await claimWrites(manager, group, limit, lease);
      const rows = await manager.query<{ order_number: string }[]>(
        'select order_number from transactions where id = any($1) order by shop_id = $2, order_number',
        [claimed.map(({ transactionId }) => transactionId), busy],
      );
      numbers = rows.map(({ order_number: number }) => number);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return numbers;
}

test('a shop with little to send goes with the next call, however much another has brought before it', async () => {
  expect((await nextCall(4)).map((number) => number[0])).toEqual(['B', 'B', 'A', 'A']);
  expect((await nextCall(10)).map((number) => number[0])).toEqual([...'BBBAAAAAAA']);
  expect(await nextCall(1_000)).toHaveLength(303);
});

test('a near deadline goes before the turns of the shops, the nearest first', async () => {
  const end = async (number: string, hours: number) =>
    hub.database.query('update transactions set deadline_at = $2 where order_number = $1', [
      number,
      new Date(hub.clock.now().getTime() + hours * hour),
    ]);
  await end('A7', 3);
  await end('A8', 1);
  await end('A9', 48);
  expect(await nextCall(1)).toEqual(['A8']);
  expect(await nextCall(2)).toEqual(['A7', 'A8']);
  // The far one is the next of its own shop, and the other shop has its turns all the same.
  const five = await nextCall(5);
  expect(five.filter((number) => number.startsWith('A'))).toEqual(['A7', 'A8', 'A9']);
});
