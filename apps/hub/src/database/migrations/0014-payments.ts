import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was billed and paid, what was deposited for it, and the guided moves of shops. */
export class Payments1700000000014 implements MigrationInterface {
  readonly name = 'Payments1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...billings, ...deposits, ...moves]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table if exists move_steps, moves, deposit_rows, deposit_files, contract_fees, billings',
    );
  }
}

const billings = [
  // One row a reported registration, derived from the facts; what NP said of the buyer's payment stands beside it.
  `create table billings (
    shop_id uuid not null,
    transaction_id uuid not null,
    attempt int not null,
    connection_id uuid not null references connections,
    merchant text not null,
    order_number text not null,
    shop_transaction_id text not null,
    np_transaction_id text,
    billed_yen bigint,
    reported_at timestamptz,
    cancelled_at timestamptz,
    paid_seen_at timestamptz,
    refund_due boolean not null,
    payment_status text,
    payment_raw text,
    paid_on date,
    asked_at timestamptz,
    primary key (shop_id, transaction_id, attempt),
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create index billings_by_month on billings (shop_id, reported_at, transaction_id, attempt)`,
  `create index billings_by_connection on billings (connection_id, reported_at)`,
  `create index billings_by_np_id on billings (merchant, np_transaction_id) where np_transaction_id is not null`,
  `insert into billings (shop_id, transaction_id, attempt, connection_id, merchant, order_number, shop_transaction_id,
     np_transaction_id, billed_yen, reported_at, cancelled_at, paid_seen_at, refund_due)
   select a.shop_id, a.transaction_id, a.number, t.connection_id, t.merchant, t.order_number, a.shop_transaction_id,
     a.np_transaction_id, (e.facts->'payload'->>'billedYen')::bigint,
     coalesce(e.facts->'reported'->>'at', e.facts->>'paidAt')::timestamptz,
     coalesce(e.facts->>'cancelledAt', e.facts->>'lapsedAt')::timestamptz, (e.facts->>'paidAt')::timestamptz,
     coalesce((e.facts->>'cancelRefusedPaid')::boolean, false)
   from transactions t join attempts a on a.shop_id = t.shop_id and a.transaction_id = t.id
   cross join lateral (select t.facts->'attempts'->(a.number - 1) as facts) e
   where e.facts->'reported'->>'at' is not null or e.facts->>'paidAt' is not null`,
];

const deposits = [
  // What the contract with NP charges; a gateway with public fees needs none.
  `create table contract_fees (
    connection_id uuid primary key references connections,
    rate_basis_points int not null,
    per_transaction_yen int not null,
    tax_percent int not null,
    by_login text not null,
    changed_at timestamptz not null
  )`,
  // `digest`: over the ids and figures of all rows, so that the same file again is known as such.
  `create table deposit_files (
    id uuid primary key,
    connection_id uuid not null references connections,
    merchant text not null,
    name text not null,
    state text not null check (state in ('reading', 'preview', 'taken')),
    digest text,
    from_day date,
    to_day date,
    at timestamptz not null,
    taken_at timestamptz,
    by_login text not null
  )`,
  `create unique index deposit_files_once on deposit_files (merchant, digest) where state = 'taken'`,
  `create index deposit_files_by_connection on deposit_files (connection_id, at desc, id desc)`,
  // The buyer's name in the file is never read, and so never here.
  `create table deposit_rows (
    file_id uuid not null references deposit_files on delete cascade,
    line int not null,
    serial text not null,
    np_transaction_id text not null,
    shop_transaction_id text not null,
    total_yen bigint,
    fee_yen bigint,
    tax_yen bigint,
    paid_yen bigint,
    shop_id uuid,
    transaction_id uuid,
    attempt int,
    expected_total_yen bigint,
    expected_fee_yen bigint,
    expected_tax_yen bigint,
    differences text[] not null default '{}',
    primary key (file_id, line)
  )`,
  `create index deposit_rows_by_np_id on deposit_rows (np_transaction_id)`,
  `create index deposit_rows_by_billing on deposit_rows (shop_id, transaction_id, attempt)`,
];

const moves = [
  `create table moves (
    id uuid primary key,
    shop_id uuid not null references shops,
    kind text not null check (kind in ('batch-to-real-time', 'own-link-to-hub')),
    state text not null check (state in ('planned', 'switched', 'done', 'abandoned')),
    settings json not null,
    switch_on date not null,
    from_connection_id uuid not null references connections,
    to_connection_id uuid references connections,
    created_at timestamptz not null,
    created_by text not null,
    switched_at timestamptz,
    ended_at timestamptz
  )`,
  `create unique index moves_one_open on moves (shop_id) where state in ('planned', 'switched')`,
  `create index moves_by_shop on moves (shop_id, created_at desc)`,
  `create table move_steps (
    move_id uuid not null references moves on delete cascade,
    step text not null,
    done boolean not null,
    by_login text not null,
    at timestamptz not null,
    primary key (move_id, step)
  )`,
];
