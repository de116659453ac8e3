import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far a shop's sweep has come, by order date; null: none is under way. */
export class Sweeps1700000000029 implements MigrationInterface {
  readonly name = 'Sweeps1700000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shops add column swept_to timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shops drop column swept_to');
  }
}
