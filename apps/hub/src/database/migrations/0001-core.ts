import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections, shops, transactions with their attempts, payloads, history, effects and calls. */
export class Core1700000000001 implements MigrationInterface {
  readonly name = 'Core1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...parties, ...transactions, ...work]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table if exists runs, calls, effects, history, payloads, attempts, transactions, shops, connections cascade',
    );
  }
}

const parties = [
  `create table connections (
    id uuid primary key,
    name text not null,
    gateway text not null,
    merchant text not null,
    settings bytea not null,
    trouble text,
    paused_until timestamptz,
    created_at timestamptz not null
  )`,
  `create table shops (
    id uuid primary key,
    name text not null,
    adapter text not null,
    connection_id uuid not null references connections,
    settings bytea not null,
    policies jsonb not null,
    mode text not null check (mode in ('draft', 'live', 'paused')),
    takeover_at timestamptz,
    next_run_at timestamptz,
    hinted_at timestamptz,
    swept_at timestamptz,
    quiet_runs int not null default 0,
    lease_owner text,
    lease_until timestamptz,
    created_at timestamptz not null
  )`,
  `create index shops_due on shops (next_run_at) where mode = 'live'`,
];

const transactions = [
  `create table transactions (
    shop_id uuid not null references shops,
    id uuid not null,
    order_number text not null,
    connection_id uuid not null references connections,
    merchant text not null,
    version int not null,
    facts json not null,
    state text not null,
    state_since timestamptz not null,
    gate text not null,
    actor text not null,
    attentions text[] not null,
    word_key text,
    billed_yen bigint not null,
    np_transaction_id text,
    slip_number text,
    reasons json not null,
    deadline_kind text,
    deadline_at timestamptz,
    deadline_told text,
    ordered_at timestamptz not null,
    sealed_order bytea,
    reading_hash text not null,
    content_hash text not null,
    reread boolean not null default false,
    blind text[] not null,
    missed_reads int not null default 0,
    deletion_noticed_at timestamptz,
    pushed_word text,
    pushed_at timestamptz,
    push_error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (shop_id, id),
    unique (shop_id, order_number)
  )`,
  `create index transactions_recent on transactions (updated_at desc, id desc)`,
  `create index transactions_by_shop on transactions (shop_id, updated_at desc, id desc)`,
  `create index transactions_by_state on transactions (state)`,
  `create index transactions_by_order on transactions (order_number text_pattern_ops)`,
  `create index transactions_by_np_id on transactions (np_transaction_id) where np_transaction_id is not null`,
  `create index transactions_by_slip on transactions (slip_number) where slip_number is not null`,
  `create index transactions_by_blind on transactions using gin (blind)`,
  `create index transactions_due on transactions (deadline_at) where deadline_at is not null`,
  `create index transactions_by_date on transactions (shop_id, ordered_at)`,
  `create table attempts (
    shop_id uuid not null,
    transaction_id uuid not null,
    number int not null,
    merchant text not null,
    order_number text not null,
    shop_transaction_id text not null,
    np_transaction_id text,
    live boolean not null,
    primary key (shop_id, transaction_id, number),
    foreign key (shop_id, transaction_id) references transactions
  )`,
  // The last line of defence: one live attempt per order, also where two shops import the same order of one merchant.
  `create unique index attempts_one_live on attempts (merchant, order_number) where live`,
  `create table payloads (
    shop_id uuid not null,
    transaction_id uuid not null,
    hash text not null,
    sealed bytea not null,
    created_at timestamptz not null,
    primary key (shop_id, transaction_id, hash),
    foreign key (shop_id, transaction_id) references transactions
  )`,
];

const work = [
  `create table history (
    shop_id uuid not null,
    transaction_id uuid not null,
    sequence int not null,
    at timestamptz not null,
    event json not null,
    state text not null,
    outcome text,
    by_login text,
    call_id uuid,
    primary key (shop_id, transaction_id, sequence, at)
  ) partition by range (at)`,
  `create table calls (
    id uuid not null,
    at timestamptz not null,
    connection_id uuid,
    shop_id uuid,
    operation text not null,
    lines int not null,
    outcome text not null,
    duration_ms int not null,
    error text,
    primary key (id, at)
  ) partition by range (at)`,
  `create table effects (
    shop_id uuid not null,
    transaction_id uuid not null,
    lane text not null check (lane in ('write', 'credit', 'payment', 'word')),
    connection_id uuid not null,
    operation text not null,
    attempt int not null,
    due_at timestamptz not null,
    tries int not null default 0,
    pace text,
    token uuid,
    lease_until timestamptz,
    primary key (shop_id, transaction_id, lane),
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create index effects_due on effects (lane, connection_id, operation, due_at) where token is null`,
  `create index effects_leased on effects (lease_until) where token is not null`,
  `create table runs (
    id uuid primary key,
    shop_id uuid not null references shops,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome text not null,
    orders int not null default 0,
    changed int not null default 0,
    unreadable int not null default 0,
    error text
  )`,
  `create index runs_by_shop on runs (shop_id, started_at desc)`,
];
