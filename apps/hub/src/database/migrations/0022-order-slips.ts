import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Slip numbers come when the order is otherwise settled: under the other things that it is found by, the first one
 * made `order_keys` and its fourteen index entries anew. They have rows of their own now, which are only ever added.
 * What was found by its slip before still stands in `order_keys`, where a hub of the former version goes on writing it.
 */
export class OrderSlips1700000000022 implements MigrationInterface {
  readonly name = 'OrderSlips1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...table, ...storage]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table order_slips');
    await runner.query(
      `alter table transactions alter merchant set storage extended, alter reading_hash set storage extended,
         alter content_hash set storage extended`,
    );
  }
}

const table = [
  // `slip` is an index as in `blind`: it says nothing about the number without the key.
  `create table order_slips (
    shop_id uuid not null,
    id uuid not null,
    slip text not null,
    primary key (shop_id, id, slip),
    foreign key (shop_id, id) references transactions on delete cascade
  )`,
  'create index order_slips_by_slip on order_slips (slip)',
];

/** A row beside the row, with an index entry of its own, is dearer than these few bytes are in it. */
const storage = [
  `alter table transactions alter merchant set storage main, alter reading_hash set storage main,
     alter content_hash set storage main`,
];
