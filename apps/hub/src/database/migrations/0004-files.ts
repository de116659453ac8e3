import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports with their content and results, what files have said of each order, and the files that go out. */
export class Files1700000000004 implements MigrationInterface {
  readonly name = 'Files1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index if exists transactions_result_due');
    await runner.query('alter table transactions drop column result_due');
    await runner.query(
      'drop table if exists result_files, file_maps, file_parts, import_rows, import_chunks, imports',
    );
  }
}

const statements = [
  // `receiving`: the content is still arriving, and nobody sees the row.
  `create table imports (
    id uuid primary key,
    shop_id uuid not null references shops,
    name text not null,
    layout text,
    state text not null check (state in
      ('receiving', 'uploaded', 'waiting', 'running', 'asking', 'done', 'failed', 'discarded')),
    made_at timestamptz,
    uploaded_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    by_login text not null,
    bytes bigint not null default 0,
    content_hash text,
    same_as uuid,
    sealed_preview bytea,
    reading json not null,
    rows_done int not null default 0,
    rows_total int,
    counts json not null,
    new_words json not null,
    older_accepted boolean not null default false,
    job_id uuid,
    error json
  )`,
  `create index imports_by_shop on imports (shop_id, uploaded_at desc, id desc) where state <> 'receiving'`,
  `create index imports_by_content on imports (shop_id, content_hash)`,
  `create index imports_moving on imports (state) where state in ('receiving', 'waiting', 'running')`,
  `create table import_chunks (
    import_id uuid not null references imports on delete cascade,
    number int not null,
    sealed bytea not null,
    primary key (import_id, number)
  )`,
  `create table import_rows (
    import_id uuid not null references imports on delete cascade,
    line int not null,
    order_number text not null,
    kind text not null check (kind in ('taken', 'unchanged', 'waiting', 'older', 'refused', 'ignored')),
    sealed_reasons bytea,
    primary key (import_id, line)
  )`,
  `create index import_rows_by_kind on import_rows (import_id, kind, line)`,
  // `known_at`: what the part says is not older than this. `import_id`: the import that brought this content.
  `create table file_parts (
    shop_id uuid not null references shops,
    order_number text not null,
    layout text not null,
    row_key text not null,
    sealed bytea not null,
    hash text not null,
    known_at timestamptz not null,
    import_id uuid not null,
    primary key (shop_id, order_number, layout, row_key)
  )`,
  `create table file_maps (
    shop_id uuid not null references shops,
    layout text not null,
    columns json not null,
    by_login text not null,
    changed_at timestamptz not null,
    primary key (shop_id, layout)
  )`,
  // `drop_due`: still to be put into the watched folder.
  `create table result_files (
    id uuid primary key,
    shop_id uuid not null references shops,
    name text not null,
    created_at timestamptz not null,
    by_login text not null,
    bytes int not null,
    rows int not null,
    lost json not null,
    sealed bytea not null,
    drop_due boolean not null default false
  )`,
  `create index result_files_by_shop on result_files (shop_id, created_at desc, id desc)`,
  `create index result_files_to_drop on result_files (shop_id) where drop_due`,
  `alter table transactions add column result_due boolean not null default false`,
  `create index transactions_result_due on transactions (shop_id, id) where result_due`,
];
