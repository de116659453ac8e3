import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other systems use: the feed of changes, keys, and webhooks that go out. */
export class Open1700000000006 implements MigrationInterface {
  readonly name = 'Open1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...changes, ...keys, ...webhooks]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table if exists webhook_deliveries, webhook_endpoints, api_keys, change_clock, changes',
    );
    await runner.query('drop sequence if exists changes_sequence');
  }
}

const changes = [
  'create sequence changes_sequence',
  // `position` is given after the commit, by whoever reads next: it is the order of the feed (src/changes/numbering.ts).
  `create table changes (
    at timestamptz not null,
    sequence bigint not null default nextval('changes_sequence'),
    position bigint,
    shop_id uuid not null,
    transaction_id uuid not null,
    order_number text not null,
    state text not null,
    gate text not null,
    word_key text,
    np_transaction_id text,
    reasons text[] not null,
    instruction text,
    notice text,
    primary key (at, sequence)
  ) partition by range (at)`,
  `create index changes_new on changes (sequence) where position is null`,
  `create index changes_by_position on changes (position) where position is not null`,
  `create index changes_by_shop on changes (shop_id, position) where position is not null`,
  `create index changes_with_notice on changes (at desc, sequence desc) where notice is not null`,
  // One row: the last position given, and the last one that was dropped with an old month.
  `create table change_clock (
    id int primary key check (id = 1),
    position bigint not null,
    dropped bigint not null
  )`,
  'insert into change_clock (id, position, dropped) values (1, 0, 0)',
];

const keys = [
  `create table api_keys (
    id uuid primary key,
    name text not null,
    role text not null check (role in ('operator', 'support', 'viewer')),
    shop_ids uuid[],
    prefix text not null unique,
    secret_hash bytea not null,
    created_by text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
  )`,
  `create unique index api_keys_by_name on api_keys (lower(name)) where revoked_at is null`,
  // A key makes requests too, and is no user.
  'alter table idempotency_keys drop constraint idempotency_keys_user_id_fkey',
];

const webhooks = [
  `create table webhook_endpoints (
    id uuid primary key,
    shop_id uuid not null references shops,
    name text not null,
    url text not null,
    secret bytea not null,
    paused boolean not null default false,
    position bigint not null,
    failures int not null default 0,
    trouble text,
    next_at timestamptz not null,
    lease_token uuid,
    lease_until timestamptz,
    created_at timestamptz not null
  )`,
  `create index webhook_endpoints_by_shop on webhook_endpoints (shop_id)`,
  `create index webhook_endpoints_due on webhook_endpoints (next_at) where not paused`,
  `create table webhook_deliveries (
    id uuid not null,
    endpoint_id uuid not null,
    at timestamptz not null,
    kind text not null check (kind in ('changes', 'test')),
    first_position bigint,
    last_position bigint,
    changes int not null,
    outcome text not null,
    status int,
    duration_ms int not null,
    answer text,
    primary key (endpoint_id, at, id)
  ) partition by range (at)`,
];
