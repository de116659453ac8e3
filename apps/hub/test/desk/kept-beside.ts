import type { DataSource } from 'typeorm';
import { tallied } from '../../src/transactions/tallies.js';

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
  billings: [
    `select shop_id, transaction_id, attempt, connection_id, merchant, order_number, np_transaction_id, billed_yen,
       reported_at, cancelled_at, paid_seen_at, refund_due from billings`,
    `select a.shop_id, a.transaction_id, a.number, t.connection_id, t.merchant, t.order_number, a.np_transaction_id,
       (e.facts->'payload'->>'billedYen')::bigint,
       coalesce(e.facts->'reported'->>'at', e.facts->>'paidAt')::timestamptz,
       coalesce(e.facts->>'cancelledAt', e.facts->>'lapsedAt')::timestamptz, (e.facts->>'paidAt')::timestamptz,
       coalesce((e.facts->>'cancelRefusedPaid')::boolean, false)
     from transactions t join attempts a on a.shop_id = t.shop_id and a.transaction_id = t.id
     cross join lateral (select t.facts->'attempts'->(a.number - 1) as facts) e
     where e.facts->'reported'->>'at' is not null or e.facts->>'paidAt' is not null`,
  ],
};

/** One line for each kind of what is kept beside the transactions and does not agree with them. */
export async function differencesIn(database: DataSource): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, [kept, anew]] of Object.entries(differences)) {
    const rows = await database.query<unknown[]>(
      `(${kept} except all ${anew}) union all (${anew} except all ${kept})`,
    );
    if (rows.length > 0) found.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return found;
}
