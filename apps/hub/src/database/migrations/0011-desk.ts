import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people at the desk keep beside the facts, and the indexes of search, inbox, ship gate, deadlines and repairs. */
export class Desk1700000000011 implements MigrationInterface {
  readonly name = 'Desk1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...indexes]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index if exists ${indexNames.join(', ')}`);
    await runner.query('drop table if exists buyer_links, desk_entries, desk_marks');
  }
}

const tables = [
  // `done_print`, `snoozed_print`: the situation that was put away. Another one brings the order back.
  `create table desk_marks (
    shop_id uuid not null,
    transaction_id uuid not null,
    assignee text,
    snoozed_until timestamptz,
    snoozed_print text,
    done_at timestamptz,
    done_print text,
    primary key (shop_id, transaction_id),
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create index desk_marks_by_assignee on desk_marks (assignee) where assignee is not null`,
  // Texts may hold personal data: they are sealed. `detail` is a login, a moment or field names.
  `create table desk_entries (
    id uuid primary key,
    shop_id uuid not null,
    transaction_id uuid not null,
    at timestamptz not null,
    by_login text not null,
    kind text not null check (kind in
      ('note', 'assigned', 'snoozed', 'done', 'reopened', 'link-made', 'link-revoked', 'link-used')),
    detail text,
    sealed_text bytea,
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create index desk_entries_by_transaction on desk_entries (shop_id, transaction_id, at desc, id desc)`,
  // The token itself is known to the buyer alone.
  `create table buyer_links (
    id uuid primary key,
    shop_id uuid not null,
    transaction_id uuid not null,
    token_hash bytea not null unique,
    fields text[] not null,
    made_by text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz,
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create index buyer_links_by_transaction on buyer_links (shop_id, transaction_id, made_at desc)`,
];

const indexes = [
  // Search: by number within a shop, so that few shops among many cost no more than all of them.
  `create index transactions_find_number on transactions (shop_id, order_number text_pattern_ops)`,
  `create index transactions_find_origin on transactions (shop_id, origin_number text_pattern_ops)
     where origin_number is not null`,
  `create index attempts_find_np_id on attempts (np_transaction_id text_pattern_ops) where np_transaction_id is not null`,
  // Inbox: what somebody has to act on, and holds that wait for NP.
  `create index transactions_to_act on transactions (state_since, id) include (actor, shop_id)
     where actor in ('buyer', 'shop', 'nobody') or (actor = 'np' and state = 'held')`,
  `create index transactions_to_act_by_deadline on transactions
     (coalesce(deadline_at, '9999-12-31T00:00:00Z'::timestamptz), id) include (actor, shop_id)
     where actor in ('buyer', 'shop', 'nobody') or (actor = 'np' and state = 'held')`,
  // Ship gate: goods that may still be in the warehouse.
  `create index transactions_at_gate on transactions (shop_id, order_number) include (gate, updated_at)
     where state not in ('reported', 'paid', 'reporting', 'cancel-refused-paid', 'released')`,
  // Deadlines and repairs: a state from its beginning.
  `create index transactions_by_state_since on transactions (state, state_since, id)`,
];

const indexNames = [
  'transactions_find_number',
  'transactions_find_origin',
  'attempts_find_np_id',
  'transactions_to_act',
  'transactions_to_act_by_deadline',
  'transactions_at_gate',
  'transactions_by_state_since',
];
