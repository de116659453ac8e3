import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an order is found by, in a table of its own that is written once an order and not at every event: an event of a
 * transaction no longer writes seven indexes anew whose values never change. The columns in `transactions` stay, and triggers
 * carry what is written there over, so that a hub of the former version and this one find the same.
 */
export class OrderKeys1700000000017 implements MigrationInterface {
  readonly name = 'OrderKeys1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...table, ...triggers, ...indexes, ...storage]) await runner.query(statement);
    const [{ known }] = (await runner.query(
      `select coalesce(bool_or('lz4' = any(enumvals)), false) as known from pg_settings
       where name = 'default_toast_compression'`,
    )) as [{ known: boolean }];
    // Without it PostgreSQL's own compression goes on: dearer, and no different otherwise.
    if (known) await runner.query('alter table transactions alter facts set compression lz4');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of former) await runner.query(statement);
    await runner.query('drop trigger order_keys_made on transactions');
    await runner.query('drop trigger order_keys_changed on transactions');
    await runner.query('drop function note_order_keys, change_order_keys');
    await runner.query('drop table order_keys');
    await runner.query(
      `alter table transactions alter facts set storage extended, alter sealed_order set storage extended,
         reset (toast_tuple_target)`,
    );
  }
}

const table = [
  `create table order_keys (
    shop_id uuid not null,
    id uuid not null,
    merchant text not null,
    order_number text not null,
    origin_number text,
    np_number text not null,
    ordered_at timestamptz not null,
    blind text[] not null,
    buyer_keys text[] not null
  )`,
  // Nobody writes between the copy and the triggers.
  'lock table transactions in share row exclusive mode',
  `insert into order_keys select shop_id, id, merchant, order_number, origin_number, np_number, ordered_at, blind, buyer_keys
   from transactions`,
  `alter table order_keys add primary key (shop_id, id),
     add foreign key (shop_id, id) references transactions on delete cascade`,
  'create index order_keys_by_number on order_keys (shop_id, order_number text_pattern_ops)',
  'create index order_keys_by_np_number on order_keys (np_number text_pattern_ops)',
  `create index order_keys_by_origin on order_keys (shop_id, origin_number text_pattern_ops)
     where origin_number is not null`,
  `create index order_keys_renumbered on order_keys (order_number text_pattern_ops) where origin_number is not null`,
  // A list of entries still to be sorted in would be read whole at every look for orders of the same buyer.
  'create index order_keys_by_blind on order_keys using gin (blind) with (fastupdate = off)',
  'create index order_keys_by_buyer on order_keys using gin (buyer_keys) with (fastupdate = off)',
  'analyze order_keys',
];

const triggers = [
  `create function note_order_keys() returns trigger language plpgsql as $$
   begin
     insert into order_keys select shop_id, id, merchant, order_number, origin_number, np_number, ordered_at, blind, buyer_keys
     from made;
     return null;
   end $$`,
  `create function change_order_keys() returns trigger language plpgsql as $$
   begin
     update order_keys set merchant = new.merchant, order_number = new.order_number, origin_number = new.origin_number,
       np_number = new.np_number, ordered_at = new.ordered_at, blind = new.blind, buyer_keys = new.buyer_keys
     where shop_id = new.shop_id and id = new.id;
     return null;
   end $$`,
  `create trigger order_keys_made after insert on transactions referencing new table as made
   for each statement execute function note_order_keys()`,
  `create trigger order_keys_changed
   after update of merchant, order_number, origin_number, ordered_at, blind, buyer_keys on transactions for each row
   when ((old.merchant, old.order_number, old.origin_number, old.ordered_at, old.blind, old.buyer_keys)
     is distinct from (new.merchant, new.order_number, new.origin_number, new.ordered_at, new.blind, new.buyer_keys))
   execute function change_order_keys()`,
];

/** Found by `order_keys`, by `attempts`, or by `transactions_by_state_since`, which begins with the state. */
const indexes = [
  `drop index transactions_by_blind, transactions_by_buyer, transactions_by_order, transactions_find_number,
     transactions_find_origin, transactions_by_np_number, transactions_by_np_id, transactions_by_state`,
];

/**
 * What an event does not change lies beside the row and is carried along by its address; the facts, which every event
 * changes, lie in the row, packed.
 */
const storage = [
  `alter table transactions alter facts set storage main, alter sealed_order set storage external,
     set (toast_tuple_target = 128)`,
];

const former = [
  'create index transactions_by_state on transactions (state)',
  'create index transactions_by_order on transactions (order_number text_pattern_ops)',
  `create index transactions_by_np_id on transactions (np_transaction_id) where np_transaction_id is not null`,
  'create index transactions_by_np_number on transactions (np_number text_pattern_ops)',
  'create index transactions_by_blind on transactions using gin (blind)',
  'create index transactions_by_buyer on transactions using gin (buyer_keys)',
  'create index transactions_find_number on transactions (shop_id, order_number text_pattern_ops)',
  `create index transactions_find_origin on transactions (shop_id, origin_number text_pattern_ops)
     where origin_number is not null`,
];
