import type { DataSource } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { openBytes, sealBytes } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { sealedColumns, type SealedColumn } from './sealed-columns.js';

/** Records at once: some megabytes, and a lock for some milliseconds. */
const batch = 500;

export interface Rotated {
  readonly table: string;
  readonly records: number;
}

type Row = Readonly<Record<string, unknown>> & { readonly sealed: Buffer };

/**
 * Seals every record anew that another key than the present one has sealed, in small steps beside a hub at work: what
 * changes meanwhile was sealed with the new key by whoever changed it, and is left alone. It may be stopped and
 * repeated. Throws `CipherError` where a record cannot be opened with any key of the ring.
 */
export async function rotateKeys(database: DataSource, keyring: Keyring): Promise<readonly Rotated[]> {
  const rotated: Rotated[] = [];
  for (const column of sealedColumns) {
    rotated.push({ table: column.table, records: await rotateColumn(database, keyring, column) });
  }
  return rotated;
}

async function rotateColumn(database: DataSource, keyring: Keyring, of: SealedColumn): Promise<number> {
  const names = Object.keys(of.key);
  const tuple = names.join(', ');
  let [records, last]: [number, Row | undefined] = [0, undefined];
  for (;;) {
    const parameters: unknown[] = [
      Buffer.from(keyring.current.id, 'ascii'),
      ...names.map((name) => last?.[name]),
    ];
    const behind = last ? `and (${tuple}) > (${names.map((_, index) => `$${index + 2}`).join(', ')})` : '';
    const rows: Row[] = await database.query(
      `select ${tuple}, ${of.column} as sealed from ${of.table}
       where ${of.column} is not null and substring(${of.column} from 3 for get_byte(${of.column}, 1)) <> $1 ${behind}
       order by ${tuple} limit ${batch}`,
      last ? parameters : parameters.slice(0, 1),
    );
    records += await reseal(database, keyring, of, rows);
    if (rows.length < batch) return records;
    last = rows.at(-1);
  }
}

async function reseal(
  database: DataSource,
  keyring: Keyring,
  of: SealedColumn,
  rows: readonly Row[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const fresh = rows.map((row) => {
    const recordId = of.recordIdOf(row);
    return { ...row, fresh: sealBytes(keyring, recordId, openBytes(keyring, recordId, row.sealed)) };
  });
  const { sql, parameters } = unnestRows({ ...of.key, sealed: 'bytea', fresh: 'bytea' }, fresh);
  const same = Object.keys(of.key).map((name) => `t.${name} = n.${name}`);
  const [, updated] = await database.query<[unknown, number]>(
    `update ${of.table} t set ${of.column} = n.fresh from ${sql} n
     where ${same.join(' and ')} and t.${of.column} = n.sealed`,
    parameters,
  );
  return updated;
}
