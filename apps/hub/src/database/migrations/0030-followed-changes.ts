import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a change of a shop brings about is owed with the change, so that it is begun anew where a hub ends half-way. */
export class FollowedChanges1700000000030 implements MigrationInterface {
  readonly name = 'FollowedChanges1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shops add column follow_due timestamptz');
    await runner.query('create index shops_to_follow on shops (follow_due) where follow_due is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shops drop column follow_due');
  }
}
