import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts that pages ask for, kept beside the transactions instead of being counted over all of them at every look, and
 * the indexes of what only few transactions are in. Triggers keep them, so that a hub of the former version counts too.
 */
export class Tallies1700000000018 implements MigrationInterface {
  readonly name = 'Tallies1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...triggers, ...patterns, ...indexes]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger tallies_made on transactions');
    await runner.query('drop trigger tallies_changed on transactions');
    await runner.query('drop trigger tallies_gone on transactions');
    await runner.query('drop trigger repair_patterns_made on transactions');
    await runner.query('drop trigger repair_patterns_changed on transactions');
    await runner.query(
      'drop function tally_made, tally_changed, tally_gone, patterns_made, patterns_changed',
    );
    await runner.query('drop table tallies, tally_changes, repair_patterns');
    await runner.query('drop index transactions_to_print, transactions_stopped');
    await runner.query('drop index transactions_deadlines');
    await runner.query(
      'create index transactions_due on transactions (deadline_at) where deadline_at is not null',
    );
  }
}

const columns = 'shop_id, state, actor, gate, due_kind, due_day, reported_day';

const repairable = `'blocked', 'amendment-failed', 'report-failed', 'held'`;

/** What a transaction counts under. Days are Japan's; `-infinity` where there is no deadline, or no report that waits for its payment. */
const keys = (row: string): string => `${row}.shop_id, ${row}.state, ${row}.actor, ${row}.gate,
  coalesce(${row}.deadline_kind, '') as due_kind,
  coalesce((${row}.deadline_at at time zone 'Asia/Tokyo')::date, '-infinity'::date) as due_day,
  case when ${row}.state = 'reported' then (${row}.state_since at time zone 'Asia/Tokyo')::date
    else '-infinity'::date end as reported_day`;

const sums = (parts: string): string =>
  `insert into tally_changes (${columns}, orders, billed_yen)
   select ${columns}, sum(orders), sum(billed_yen) from (${parts}) p
   group by ${columns} having sum(orders) <> 0 or sum(billed_yen) <> 0`;

const each = (of: string, sign: 1 | -1): string =>
  `select ${keys('t')}, ${sign} as orders, ${sign} * t.billed_yen as billed_yen from ${of} t`;

const tables = [
  `create table tallies (
    shop_id uuid not null,
    state text not null,
    actor text not null,
    gate text not null,
    due_kind text not null,
    due_day date not null,
    reported_day date not null,
    orders bigint not null,
    billed_yen numeric not null,
    primary key (shop_id, state, actor, gate, due_kind, due_day, reported_day)
  )`,
  // What has been added since the sums were drawn: rows that nobody else has to wait for.
  `create table tally_changes (
    shop_id uuid not null,
    state text not null,
    actor text not null,
    gate text not null,
    due_kind text not null,
    due_day date not null,
    reported_day date not null,
    orders bigint not null,
    billed_yen numeric not null
  )`,
  // Nobody writes between the count and the triggers.
  'lock table transactions in share row exclusive mode',
  `insert into tallies select ${columns}, sum(orders), sum(billed_yen) from (${each('transactions', 1)}) p group by ${columns}`,
  'analyze tallies',
];

const trigger = (name: string, body: string): string =>
  `create function ${name}() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`;

const triggers = [
  trigger('tally_made', sums(each('made', 1))),
  trigger('tally_gone', sums(each('gone', -1))),
  trigger('tally_changed', sums(`${each('gone', -1)} union all ${each('made', 1)}`)),
  `create trigger tallies_made after insert on transactions referencing new table as made
   for each statement execute function tally_made()`,
  `create trigger tallies_changed after update on transactions referencing old table as gone new table as made
   for each statement execute function tally_changed()`,
  `create trigger tallies_gone after delete on transactions referencing old table as gone
   for each statement execute function tally_gone()`,
];

/** What holds up the transactions `t` of a transition table, as src/desk/repairs/groups.ts names it. */
const patternsIn = (of: string): string => `
  insert into repair_patterns (shop_id, id, kind, name, field, code, state_since)
  select t.shop_id, t.id, g.kind, g.name, g.field, min(g.code), t.state_since from ${of} t cross join lateral (
    select 'problem' as kind, p->>'rule' as name, p->>'field' as field, p->>'npCode' as code
    from json_array_elements(t.facts->'wanted'->'problems') p where p->>'rule' not like 'unmapped-%'
    union all select 'problem', p->>'rule', p->>'field', p->>'npCode'
    from json_array_elements(t.facts->'wanted'->'shipmentProblems') p
    where t.state = 'report-failed' and p->>'rule' not like 'unmapped-%'
    union all select 'reason', r->>'code', '', r->>'code' from json_array_elements(t.reasons) r) g
  where t.state in (${repairable}) group by t.shop_id, t.id, g.kind, g.name, g.field, t.state_since`;

const patterns = [
  // Of the few transactions that wait to be put right: one row a pattern, so that none has to be read for the others.
  `create table repair_patterns (
    shop_id uuid not null,
    id uuid not null,
    kind text not null,
    name text not null,
    field text not null,
    code text,
    state_since timestamptz not null,
    primary key (shop_id, id, kind, name, field)
  )`,
  patternsIn('transactions'),
  'create index repair_patterns_by_pattern on repair_patterns (kind, name, field, state_since, id) include (shop_id, code)',
  'analyze repair_patterns',
  trigger('patterns_made', patternsIn('made')),
  trigger(
    'patterns_changed',
    `delete from repair_patterns p using gone t
       where t.state in (${repairable}) and p.shop_id = t.shop_id and p.id = t.id;
     ${patternsIn('made')}`,
  ),
  `create trigger repair_patterns_made after insert on transactions referencing new table as made
   for each statement execute function patterns_made()`,
  `create trigger repair_patterns_changed after update on transactions referencing old table as gone new table as made
   for each statement execute function patterns_changed()`,
];

const indexes = [
  `create index transactions_to_print on transactions (state_since, id) include (shop_id)
     where state = 'approved' and gate = 'wait'`,
  // Stopped goods are shown for some days, and counted by when they stopped.
  `create index transactions_stopped on transactions (updated_at) include (shop_id)
     where gate = 'stop' and state not in ('reported', 'paid', 'reporting', 'cancel-refused-paid', 'released')`,
  // The board lists a kind's deadlines in their order.
  `create index transactions_deadlines on transactions (deadline_at, id) include (deadline_kind, shop_id)
     where deadline_at is not null`,
  'drop index transactions_due',
];
