import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people should look at is few among all transactions: listed and counted along an index that holds nothing else. */
export class Attentions1700000000026 implements MigrationInterface {
  readonly name = 'Attentions1700000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index transactions_with_attention on transactions (updated_at desc, id desc) include (shop_id)
       where attentions <> '{}'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index transactions_with_attention');
  }
}
