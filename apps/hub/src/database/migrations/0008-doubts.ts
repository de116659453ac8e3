import type { MigrationInterface, QueryRunner } from 'typeorm';

/** NP's own lists of transactions, what tells that two orders are one buyer's, and how long calls have failed. */
export class Doubts1700000000008 implements MigrationInterface {
  readonly name = 'Doubts1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists np_file_maps, np_file_rows, np_files');
    await runner.query('drop index if exists attempts_by_shop_id, attempts_by_np_id, transactions_by_buyer');
    await runner.query('alter table transactions drop column buyer_keys, drop column recurring');
    await runner.query(
      'alter table connections drop column failures, drop column trouble_since, drop column recovery, drop column failing',
    );
    await runner.query(
      `alter table shops drop column cart_failures, drop column cart_trouble, drop column cart_trouble_since,
         drop column cart_paused_until, drop column cart_failing`,
    );
  }
}

const statements = [
  // Keyed hashes of the buyer's phone, mail, and name with address. `recurring`: a course made the order by itself.
  `alter table transactions add column buyer_keys text[] not null default '{}',
     add column recurring boolean not null default false`,
  `create index transactions_by_buyer on transactions using gin (buyer_keys)`,
  `create index attempts_by_shop_id on attempts (merchant, shop_transaction_id)`,
  `create index attempts_by_np_id on attempts (merchant, np_transaction_id) where np_transaction_id is not null`,
  // `recovery`: `down` while only a small question is asked now and then, `trying` while single lines go out.
  // `failing`: the operation that failed last.
  `alter table connections add column failures int not null default 0, add column trouble_since timestamptz,
     add column recovery text check (recovery in ('down', 'trying')), add column failing text`,
  `alter table shops add column cart_failures int not null default 0, add column cart_trouble text,
     add column cart_trouble_since timestamptz, add column cart_paused_until timestamptz, add column cart_failing text`,
  // Of a list nothing is kept but its two ids a row and what became of them.
  `create table np_files (
    id uuid primary key,
    connection_id uuid not null references connections,
    name text not null,
    at timestamptz not null,
    by_login text not null,
    counts json not null
  )`,
  `create index np_files_by_connection on np_files (connection_id, at desc, id desc)`,
  `create table np_file_rows (
    file_id uuid not null references np_files on delete cascade,
    line int not null,
    shop_transaction_id text not null,
    np_transaction_id text not null,
    kind text not null,
    shop_id uuid,
    transaction_id uuid,
    primary key (file_id, line)
  )`,
  `create index np_file_rows_by_kind on np_file_rows (file_id, kind, line)`,
  `create table np_file_maps (
    connection_id uuid primary key references connections,
    columns json not null,
    by_login text not null,
    changed_at timestamptz not null
  )`,
];
