import { Tallies } from '../../src/transactions/tallies.js';
import { differencesIn } from './kept-beside.js';
import { startDesk, type Desk } from './scene.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.hub.stop());

const differing = () => differencesIn(desk.hub.database);
const fold = () => desk.hub.app.get(Tallies, { strict: false }).run();

test('counts, patterns and what orders are found by agree with the transactions, drawn together or not', async () => {
  expect(await differing()).toEqual([]);
  await fold();
  expect(await differing()).toEqual([]);
  const [left] = await desk.hub.database.query<{ patterns: number }[]>(
    'select count(*)::int as patterns from repair_patterns',
  );
  expect(left?.patterns).toBeGreaterThan(1);
});

test('what another version of the hub writes is counted and found too', async () => {
  const { database } = desk.hub;
  await database.query(
    `update transactions set blind = blind || '{abc}', origin_number = 'ELSE-1', merchant = merchant || 'X',
       deadline_kind = 'hold-ageing', deadline_at = '2027-01-31T23:00:00Z' where state = 'held'`,
  );
  await database.query(
    `update transactions set state = 'report-failed', billed_yen = billed_yen + 5,
       facts = jsonb_set(facts::jsonb, '{wanted,shipmentProblems}', '[{"field": "shipment.slipNumber", "rule": "required", "npCode": null}]')::json
     where state = 'reported'`,
  );
  await database.query(`update transactions set blind = '{}', buyer_keys = '{}' where state = 'approved'`);
  expect(await differing()).toEqual([]);
  await fold();
  expect(await differing()).toEqual([]);
});
