import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits to be written at NP, by shop: each shop has its turn, however much another has brought before it. */
export class Turns1700000000027 implements MigrationInterface {
  readonly name = 'Turns1700000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index effects_turns on effects (connection_id, operation, shop_id, due_at)
       where token is null and lane = 'write'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index effects_turns');
  }
}
