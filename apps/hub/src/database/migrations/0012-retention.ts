import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long each kind of data is kept; a kind without a row is kept by its default. */
export class Retention1700000000012 implements MigrationInterface {
  readonly name = 'Retention1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table retention (
        kind text primary key check (kind in ('buyers', 'runs', 'calls')),
        days int check (days > 0)
      )`,
    );
    await runner.query('create index runs_by_age on runs (started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table retention');
    await runner.query('drop index runs_by_age');
  }
}
