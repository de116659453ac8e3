import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a second factor is demanded of, and the notices of carts that were taken lately: none is taken twice. */
export class AccessRules1700000000016 implements MigrationInterface {
  readonly name = 'AccessRules1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table access_rules (
        only_row boolean primary key default true check (only_row),
        factor_from text check (factor_from in ('owner', 'operator', 'support', 'viewer'))
      )`,
    );
    await runner.query(
      `create table cart_notices (
        shop_id uuid not null references shops (id) on delete cascade,
        fingerprint text not null,
        taken_at timestamptz not null,
        primary key (shop_id, fingerprint)
      )`,
    );
    await runner.query('create index cart_notices_by_age on cart_notices (taken_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cart_notices');
    await runner.query('drop table access_rules');
  }
}
