import { SchedulerRegistry } from '@nestjs/schedule';
import { Statistics } from '../src/database/statistics.js';
import { startTestHub, type TestHub } from './support/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  // It looks here only when it is told to.
  hub.app.get(SchedulerRegistry, { strict: false }).deleteInterval('statistics');
});
afterAll(() => hub.stop());

test('the planner hears of a table that has doubled, once for each doubling', async () => {
  const statistics = hub.app.get(Statistics, { strict: false });
  await statistics.refresh();
  await hub.database.query('create table grown (id int) with (autovacuum_enabled = false)');
  const known = async () => {
    const [row] = await hub.database.query<{ rows: number }[]>(
      `select reltuples::int as rows from pg_class where relname = 'grown'`,
    );
    return row?.rows;
  };
  const add = (rows: number) =>
    hub.database.query('insert into grown select generate_series(1, $1::int)', [rows]);
  await add(1_000);
  expect(await statistics.refresh()).not.toContain('grown');
  await add(9_000);
  expect(await statistics.refresh()).toContain('grown');
  expect(await known()).toBe(10_000);
  await add(5_000);
  expect(await statistics.refresh()).not.toContain('grown');
  await add(6_000);
  expect(await statistics.refresh()).toContain('grown');
  expect(await known()).toBe(21_000);
});
