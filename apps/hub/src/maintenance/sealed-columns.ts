type Row = Readonly<Record<string, unknown>>;

/** A column that holds sealed records, and the id that each is bound to. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key: its columns in order, with their types. */
  readonly key: Readonly<Record<string, 'uuid' | 'text' | 'int'>>;
  readonly recordIdOf: (row: Row) => string;
}

const byId = (table: string, column: string, kind: string): SealedColumn => ({
  table,
  column,
  key: { id: 'uuid' },
  recordIdOf: ({ id }) => `${kind}:${String(id)}`,
});

/**
 * Everything that is sealed. A test compares it with the schema: a new column of bytes has to stand here, or among the
 * hashes that the test names.
 */
export const sealedColumns: readonly SealedColumn[] = [
  byId('connections', 'settings', 'connection'),
  byId('shops', 'settings', 'shop'),
  byId('webhook_endpoints', 'secret', 'webhook'),
  byId('channels', 'sealed', 'channel'),
  byId('users', 'sealed_totp', 'totp'),
  byId('gateway_notices', 'sealed', 'gateway-notice'),
  byId('desk_entries', 'sealed_text', 'desk-entry'),
  byId('result_files', 'sealed', 'result-file'),
  byId('imports', 'sealed_preview', 'import-preview'),
  {
    table: 'key_checks',
    column: 'sealed',
    key: { id: 'int' },
    recordIdOf: () => 'key-check',
  },
  {
    table: 'transactions',
    column: 'sealed_order',
    key: { shop_id: 'uuid', id: 'uuid' },
    recordIdOf: (row) => `order:${String(row['shop_id'])}:${String(row['id'])}`,
  },
  {
    table: 'payloads',
    column: 'sealed',
    key: { shop_id: 'uuid', transaction_id: 'uuid', hash: 'text' },
    recordIdOf: (row) =>
      `payload:${String(row['shop_id'])}:${String(row['transaction_id'])}:${String(row['hash'])}`,
  },
  {
    table: 'idempotency_keys',
    column: 'sealed_answer',
    key: { user_id: 'uuid', key: 'text' },
    recordIdOf: (row) => `idempotency:${String(row['user_id'])}:${String(row['key'])}`,
  },
  {
    table: 'import_chunks',
    column: 'sealed',
    key: { import_id: 'uuid', number: 'int' },
    recordIdOf: (row) => `import-chunk:${String(row['import_id'])}:${String(row['number'])}`,
  },
  {
    table: 'import_rows',
    column: 'sealed_reasons',
    key: { import_id: 'uuid', line: 'int' },
    recordIdOf: (row) => `import-row:${String(row['import_id'])}:${String(row['line'])}`,
  },
  {
    table: 'file_parts',
    column: 'sealed',
    key: { shop_id: 'uuid', order_number: 'text', layout: 'text', row_key: 'text' },
    recordIdOf: (row) =>
      JSON.stringify(['file-part', row['shop_id'], row['order_number'], row['layout'], row['row_key']]),
  },
];
