import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices that gateways send by themselves, and what a shop shows at its checkout. */
export class GatewayNotices1700000000009 implements MigrationInterface {
  readonly name = 'GatewayNotices1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists checkout_texts, gateway_notices');
    await runner.query('drop index if exists attempts_by_first_id, attempts_by_second_id');
  }
}

const statements = [
  // Some gateways have two ids for one transaction, and may name it by either (packages/model/src/id-forms.ts).
  `create index attempts_by_first_id on attempts (merchant, split_part(np_transaction_id, '/', 1))
     where np_transaction_id is not null`,
  `create index attempts_by_second_id on attempts (merchant, split_part(np_transaction_id, '/', 2))
     where np_transaction_id like '%/%'`,
  // `sealed`: the notice as it came, while it waits for its transaction; null once it has been taken.
  `create table gateway_notices (
    id uuid primary key,
    connection_id uuid not null references connections,
    fingerprint text not null,
    about text not null,
    ids text[] not null,
    received_at timestamptz not null,
    seen_at timestamptz not null,
    due_at timestamptz not null,
    sealed bytea,
    unique (connection_id, fingerprint)
  )`,
  `create index gateway_notices_waiting on gateway_notices (due_at) where sealed is not null`,
  `create table checkout_texts (
    shop_id uuid not null references shops,
    language text not null,
    text text not null,
    linked_words text not null,
    confirmed_on date not null,
    by_login text not null,
    at timestamptz not null,
    primary key (shop_id, language)
  )`,
];
