import { Tallies, tallied } from '../../src/transactions/tallies.js';
import { startDesk, type Desk } from './scene.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.hub.stop());

/** What is kept beside the transactions, and the same made anew from them: rows that the one has and the other has not. */
const differences: Readonly<Record<string, readonly [kept: string, anew: string]>> = {
  tallies: [
    `select shop_id, state, actor, gate, due_kind, due_day, reported_day, sum(orders)::int, sum(billed_yen)::int
     from ${tallied} t group by 1, 2, 3, 4, 5, 6, 7 having sum(orders) <> 0`,
    `select shop_id, state, actor, gate, coalesce(deadline_kind, ''),
       coalesce((deadline_at at time zone 'Asia/Tokyo')::date, '-infinity'::date),
       case when state = 'reported' then (state_since at time zone 'Asia/Tokyo')::date else '-infinity'::date end,
       count(*)::int, sum(billed_yen)::int from transactions group by 1, 2, 3, 4, 5, 6, 7`,
  ],
  keys: [
    'select shop_id, id, merchant, order_number, origin_number, np_number, ordered_at, blind, buyer_keys from order_keys',
    'select shop_id, id, merchant, order_number, origin_number, np_number, ordered_at, blind, buyer_keys from transactions',
  ],
  patterns: [
    'select shop_id, id, kind, name, field, state_since from repair_patterns',
    `select t.shop_id, t.id, g.* , t.state_since from transactions t cross join lateral (
       select 'problem', p->>'rule', p->>'field' from json_array_elements(t.facts->'wanted'->'problems') p
       where p->>'rule' not like 'unmapped-%'
       union select 'problem', p->>'rule', p->>'field' from json_array_elements(t.facts->'wanted'->'shipmentProblems') p
       where t.state = 'report-failed' and p->>'rule' not like 'unmapped-%'
       union select 'reason', r->>'code', '' from json_array_elements(t.reasons) r) g
     where t.state in ('blocked', 'amendment-failed', 'report-failed', 'held')`,
  ],
};

async function differing(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, [kept, anew]] of Object.entries(differences)) {
    const rows = await desk.hub.database.query<unknown[]>(
      `(${kept} except all ${anew}) union all (${anew} except all ${kept})`,
    );
    if (rows.length > 0) found.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return found;
}

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
