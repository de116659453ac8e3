import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators run the hub with: shops out of service, notifications, cards of their own, daily figures. */
export class Operators1700000000015 implements MigrationInterface {
  readonly name = 'Operators1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table if exists report_days, report_codes, report_dirty, report_marks, channels, alerts, feed_readers,
         code_cards, seen_codes`,
    );
    await runner.query('drop index if exists calls_by_connection');
    await runner.query('alter table shops drop column retired_at');
  }
}

const statements = [
  // Orders placed from then on are not taken over any more; those before go on to their end.
  'alter table shops add column retired_at timestamptz',
  // How far each reader of the feed of changes has come; its row is its lock, so that there is one at a time.
  `create table feed_readers (
    name text primary key,
    position bigint not null,
    read_at timestamptz
  )`,
  // Nobody is told what was before; the figures take all that the feed still has.
  `insert into feed_readers (name, position) select 'alerts', position from change_clock
     union all select 'reports', dropped from change_clock`,
  // What there is to tell, numbered under the reader's lock: whoever has seen a number has seen every smaller one.
  // No personal data: numbers of orders, shops, codes.
  `create table alerts (
    id bigint generated always as identity primary key,
    key text not null unique,
    at timestamptz not null,
    topic text not null,
    shop_id uuid,
    connection_id uuid,
    body json not null
  )`,
  'create index alerts_by_age on alerts (at)',
  // How a connection has fared lately (health): looked up by connection, the newest first.
  'create index calls_by_connection on calls (connection_id, at desc)',
  `create table channels (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    name text not null,
    kind text not null check (kind in ('mail', 'webhook', 'slack', 'chatwork')),
    sealed bytea not null,
    topics text[] not null,
    shop_ids uuid[],
    language text not null check (language in ('ja', 'en')),
    quiet_from int check (quiet_from between 0 and 1439),
    quiet_to int check (quiet_to between 0 and 1439),
    digest_at int check (digest_at between 0 and 1439),
    paused boolean not null default false,
    -- The last alert that was sent.
    position bigint not null,
    failures int not null default 0,
    trouble text,
    sent_at timestamptz,
    next_at timestamptz not null,
    lease_token uuid,
    lease_until timestamptz,
    created_at timestamptz not null
  )`,
  'create index channels_by_user on channels (user_id, created_at)',
  'create index channels_due on channels (next_at) where not paused',
  `create table code_cards (
    code text primary key,
    card json not null,
    by_login text not null,
    changed_at timestamptz not null
  )`,
  `create table seen_codes (
    code text primary key,
    first_seen_at timestamptz not null,
    shop_id uuid not null,
    transaction_id uuid not null,
    order_number text not null
  )`,
  // When each order first came to a result: what the changes tell once, kept by order.
  `create table report_marks (
    shop_id uuid not null,
    transaction_id uuid not null,
    taken_at timestamptz,
    approved_at timestamptz,
    held_at timestamptz,
    rejected_at timestamptz,
    blocked_at timestamptz,
    primary key (shop_id, transaction_id)
  )`,
  // Days (of the order, in Japan) whose figures have to be counted anew.
  `create table report_dirty (
    shop_id uuid not null,
    day date not null,
    primary key (shop_id, day)
  )`,
  `create table report_days (
    shop_id uuid not null,
    day date not null,
    figures json not null,
    primary key (shop_id, day)
  )`,
  `create table report_codes (
    shop_id uuid not null,
    day date not null,
    code text not null,
    times int not null,
    primary key (shop_id, day, code)
  )`,
];
