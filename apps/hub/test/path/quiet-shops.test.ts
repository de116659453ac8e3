import { SchedulerRegistry } from '@nestjs/schedule';
import { Pull } from '../../src/intake/pull.js';
import { addConnection, addShop, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ shop: false, timing: { shopsAtOnce: 2 } });
  hub.app.get(SchedulerRegistry, { strict: false }).deleteInterval('pull');
});
afterAll(() => hub.stop());

test('one tick looks at all shops that are due, with so many hands at once as there are', async () => {
  const connectionId = await addConnection(hub);
  for (let count = 0; count < 7; count += 1)
    await addShop(hub, { connectionId, name: `静かなショップ${count}` });
  await hub.database.query(`update shops set next_run_at = $1`, [hub.clock.now()]);
  const pull = hub.app.get(Pull, { strict: false });
  await pull.work();
  await pull.idle();
  const [row] = await hub.database.query<{ shops: number }[]>(
    'select count(distinct shop_id)::int as shops from runs where finished_at is not null',
  );
  expect(row?.shops).toBe(7);
});
