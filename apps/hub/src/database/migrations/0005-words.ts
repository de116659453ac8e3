import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words of carts without a meaning, the meanings that people give them, and the number that NP knows an order by. */
export class Words1700000000005 implements MigrationInterface {
  readonly name = 'Words1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists word_maps, unmapped_words');
    await runner.query('alter table transactions drop column np_number');
    await runner.query('alter table transactions drop column origin_number, drop column unmapped');
  }
}

const statements = [
  `alter table transactions add column origin_number text, add column unmapped text[] not null default '{}'`,
  // Two shops may have one sale under numbers of their own: what NP and the buyer know decides whether it is one.
  `alter table transactions add column np_number text generated always as (coalesce(origin_number, order_number)) stored`,
  `create index transactions_by_np_number on transactions (np_number text_pattern_ops)`,
  `create index transactions_unmapped on transactions (shop_id) where unmapped <> '{}'`,
  `create table unmapped_words (
    shop_id uuid not null references shops,
    axis text not null check (axis in ('status', 'payment', 'carrier', 'mall')),
    raw text not null,
    first_seen_at timestamptz not null,
    primary key (shop_id, axis, raw)
  )`,
  `create table word_maps (
    shop_id uuid not null references shops,
    axis text not null check (axis in ('status', 'payment', 'carrier', 'mall')),
    raw text not null,
    value text not null,
    by_login text not null,
    at timestamptz not null,
    primary key (shop_id, axis, raw)
  )`,
];
