import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions, answers kept for repeated requests, and proof that the keys fit the data. */
export class Accounts1700000000002 implements MigrationInterface {
  readonly name = 'Accounts1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists key_checks, idempotency_keys, sessions, users');
  }
}

const statements = [
  `create table users (
    id uuid primary key,
    login text not null,
    name text not null,
    password_hash text not null,
    role text not null check (role in ('operator', 'support', 'viewer')),
    shop_ids uuid[],
    disabled boolean not null default false,
    created_at timestamptz not null
  )`,
  `create unique index users_by_login on users (lower(login))`,
  `create table sessions (
    token_hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    user_agent text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null
  )`,
  `create index sessions_by_user on sessions (user_id)`,
  // Answers hold personal data: they are sealed. No answer yet: the request is being worked on since created_at.
  `create table idempotency_keys (
    user_id uuid not null references users on delete cascade,
    key text not null,
    request_hash text not null,
    sealed_answer bytea,
    created_at timestamptz not null,
    primary key (user_id, key)
  )`,
  `create index idempotency_keys_by_age on idempotency_keys (created_at)`,
  `create table key_checks (
    id int primary key check (id = 1),
    sealed bytea not null,
    root_hash text not null
  )`,
];
