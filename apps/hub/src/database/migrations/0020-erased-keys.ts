import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever was erased before 0020 is no longer recognised by a later order either; a trigger carries it to `order_keys`. */
export class ErasedKeys1700000000020 implements MigrationInterface {
  readonly name = 'ErasedKeys1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update transactions t set buyer_keys = '{}' from order_keys k
       where k.shop_id = t.shop_id and k.id = t.id and k.blind = '{}' and k.buyer_keys <> '{}' and t.sealed_order is null`,
    );
  }

  /** What was erased does not come back. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
