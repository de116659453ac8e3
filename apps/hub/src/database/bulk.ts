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
    (name, index) => `(select $${first + index}::${columns[name] === 'bytea' ? 'bytea' : 'text'}[])`,
  );
  const casts = names.map((name) => `u.${name}::${columns[name]} as ${name}`);
  const parameters = names.map((name) => {
    const type = columns[name] ?? 'text';
    return binaryArray(
      rows.map((row) => toElement(type, row[name])),
      type === 'bytea' ? byteaOid : textOid,
    );
  });
  const sql = `(select ${casts.join(', ')} from unnest(${arrays.join(', ')}) as u(${names.join(', ')}))`;
  return { sql, parameters };
}

/** Whether a statement goes over such rows. */
export const isBatch = (sql: string): boolean => sql.includes('[])) as u(');

const textOid = 25;
const byteaOid = 17;

function toElement(type: string, value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null;
  if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
  if (type === 'text[]') return arrayLiteral(value as readonly string[]);
  if (value instanceof Date) return value.toISOString();
  return Buffer.isBuffer(value) ? value : String(value);
}

const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

/**
 * A one-dimensional array as PostgreSQL sends it over the wire itself (array_send in its utils/adt/arrayfuncs.c): the
 * driver passes a Buffer on in binary form. As text every quotation mark in JSON would be escaped here and unescaped there, and
 * every byte of a bytea would be two digits, for values that are mostly JSON and ciphertext.
 */
function binaryArray(elements: readonly (string | Buffer | null)[], elementOid: number): Buffer {
  const head = elements.length === 0 ? 12 : 20;
  const sizes = elements.map((each) => (each === null ? 0 : Buffer.byteLength(each)));
  const array = Buffer.allocUnsafe(head + 4 * elements.length + sizes.reduce((sum, size) => sum + size, 0));
  array.writeInt32BE(elements.length === 0 ? 0 : 1, 0);
  array.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(elementOid, 8);
  if (elements.length === 0) return array;
  array.writeInt32BE(elements.length, 12);
  array.writeInt32BE(1, 16);
  let at = head;
  for (const [index, element] of elements.entries()) {
    const size = sizes[index] ?? 0;
    array.writeInt32BE(element === null ? -1 : size, at);
    at += 4;
    if (typeof element === 'string') array.write(element, at, 'utf8');
    else if (element) array.set(element, at);
    at += size;
  }
  return array;
}
