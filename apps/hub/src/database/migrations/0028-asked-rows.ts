import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known of an order when a person was asked whether an older row of it is to be taken; null: not noted. */
export class AskedRows1700000000028 implements MigrationInterface {
  readonly name = 'AskedRows1700000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import_rows add column known_print text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import_rows drop column known_print');
  }
}
