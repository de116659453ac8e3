import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reconciliations of a shop with NP and with its cart, and the differences that they found. */
export class Reconciliation1700000000007 implements MigrationInterface {
  readonly name = 'Reconciliation1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists findings, reconciliations');
    await runner.query('alter table shops drop column reconcile_at');
  }
}

const statements = [
  // When the next nightly one begins; null: to be worked out from the shop's policies.
  'alter table shops add column reconcile_at timestamptz',
  `create index shops_to_reconcile on shops (reconcile_at nulls first) where mode = 'live'`,
  `create table reconciliations (
    id uuid primary key,
    shop_id uuid not null references shops,
    by_login text,
    asked_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    phase text not null default 'np' check (phase in ('np', 'cart', 'done')),
    -- The last transaction (np) or day (cart) that was compared to its end.
    position text,
    total int not null default 0,
    checked int not null default 0,
    skipped int not null default 0,
    cart_unread text,
    counts jsonb not null default '{}',
    failed boolean not null default false,
    error text,
    tries int not null default 0,
    next_at timestamptz not null,
    token uuid,
    lease_owner text,
    lease_until timestamptz
  )`,
  'create unique index reconciliations_one_open on reconciliations (shop_id) where finished_at is null',
  'create index reconciliations_due on reconciliations (next_at) where finished_at is null',
  'create index reconciliations_by_shop on reconciliations (shop_id, asked_at desc)',
  `create table findings (
    id uuid primary key,
    shop_id uuid not null,
    transaction_id uuid not null,
    -- The reconciliation that saw it last; null: none has yet.
    run_id uuid references reconciliations,
    kind text not null,
    attempt int,
    had text,
    shown text,
    state text not null check (state in ('open', 'repaired', 'resolved')),
    event text,
    action text,
    found_at timestamptz not null,
    resolved_at timestamptz,
    resolved_by text,
    resolution text check (resolution in ('done', 'dismissed', 'gone')),
    foreign key (shop_id, transaction_id) references transactions
  )`,
  `create unique index findings_one_open on findings (shop_id, transaction_id, kind, coalesce(attempt, 0)) where state = 'open'`,
  'create index findings_by_transaction on findings (shop_id, transaction_id)',
  'create index findings_by_run on findings (run_id)',
  'create index findings_newest on findings (found_at desc, id desc)',
  'create index findings_by_shop on findings (shop_id, found_at desc, id desc)',
  `create index findings_open on findings (shop_id) where state = 'open'`,
];
