import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Forms that buyers' browsers send to a gateway: what each registers, and until when its result can come. */
export class PaymentForms1700000000019 implements MigrationInterface {
  readonly name = 'PaymentForms1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table payment_forms (
        merchant text not null,
        shop_transaction_id text not null,
        shop_id uuid not null,
        transaction_id uuid not null,
        attempt int not null,
        connection_id uuid not null references connections,
        billed_yen bigint not null,
        made_at timestamptz not null,
        ends_at timestamptz not null,
        outcome text,
        primary key (merchant, shop_transaction_id),
        foreign key (shop_id, transaction_id) references transactions on delete cascade
      )`,
    );
    await runner.query('create index payment_forms_open on payment_forms (ends_at) where outcome is null');
    await runner.query('create index payment_forms_of on payment_forms (shop_id, transaction_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists payment_forms');
  }
}
