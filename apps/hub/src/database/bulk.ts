/** PostgreSQL types of the columns of a batch, by column name. */
export type BulkColumns = Readonly<Record<string, string>>;

/**
 * A batch of rows as one parameterised sub-select over `unnest`, so that a thousand rows are one statement.
 * Values may be null, text, numbers, booleans, Date, Buffer (bytea), arrays of text (text[]) or, for json,
 * anything that JSON can carry. `first` is the number of the first parameter.
 */
export function unnestRows(
  columns: BulkColumns,
  rows: readonly Readonly<Record<string, unknown>>[],
  first = 1,
): { sql: string; parameters: unknown[] } {
  const names = Object.keys(columns);
  const arrays = names.map(
    (name, index) => `$${first + index}::${columns[name] === 'bytea' ? 'bytea' : 'text'}[]`,
  );
  const casts = names.map((name) => `u.${name}::${columns[name]} as ${name}`);
  const parameters = names.map((name) => rows.map((row) => toParameter(columns[name] ?? 'text', row[name])));
  const sql = `(select ${casts.join(', ')} from unnest(${arrays.join(', ')}) as u(${names.join(', ')}))`;
  return { sql, parameters };
}

function toParameter(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
  if (type === 'text[]') return arrayLiteral(value as readonly string[]);
  if (value instanceof Date) return value.toISOString();
  return Buffer.isBuffer(value) ? value : String(value);
}

const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
