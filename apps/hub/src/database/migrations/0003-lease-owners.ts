import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which hub holds an effect, so that what a dead hub held is free at once. Shops have the column already. */
export class LeaseOwners1700000000003 implements MigrationInterface {
  readonly name = 'LeaseOwners1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table effects add column lease_owner text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table effects drop column lease_owner');
  }
}
