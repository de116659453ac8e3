import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders whose invoice the shop prints and encloses (wiz), until they are reported. */
export class EnclosedInvoices1700000000013 implements MigrationInterface {
  readonly name = 'EnclosedInvoices1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index transactions_enclosed on transactions (state_since, id) include (shop_id)
         where (facts #>> '{wanted,payload,settlementType}') = '03' and state in ('approved', 'reporting', 'report-failed')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index transactions_enclosed');
  }
}
