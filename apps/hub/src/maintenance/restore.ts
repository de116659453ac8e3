import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataSource, type EntityManager } from 'typeorm';
import { migrations } from '../database/migrations/index.js';
import type { Keyring } from '../security/keyring.js';
import { tellTransactions } from './forgotten.js';
import { BackupError, openFrames } from './backup-frames.js';
import { footerSchema, headerSchema, plainName, tableSchema, type BackupHeader } from './backup-content.js';

const rowsAtOnce = 500;

export interface Restored {
  readonly at: string;
  readonly rows: number;
}

/** A year in which nobody will have left a connection closed. */
const untilSomebodyLooks = '9999-01-01T00:00:00Z';
const restoredTrouble = 'restored from a backup: compare with NP, then save the connection to open it';

/**
 * Fills an empty database from a backup: the schema as it was, all rows in one transaction, then the migrations that
 * came later. Afterwards every connection is closed until a person saves it again: what was registered after the
 * backup was made is at NP and not in it. And every transaction with something alive at NP knows that its memory has a
 * gap (`backup-restored`): what has ended there is not registered again by itself. Throws `BackupError` where the database is not empty or the file is not whole.
 */
export async function restoreBackup(
  databaseUrl: string,
  keyring: Keyring,
  file: AsyncIterable<Buffer>,
): Promise<Restored> {
  const content = Readable.from(openFrames(keyring, file));
  const plain = content.pipe(createGunzip());
  content.once('error', (error) => plain.destroy(error));
  const lines = linesOf(plain);
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw notWhole();
    return value;
  };
  const header = headerSchema.parse(JSON.parse(await next()));
  await prepareSchema(databaseUrl, header);
  const database = await open(databaseUrl, migrations);
  try {
    const rows = await database.transaction((manager) => fill(manager, header, next));
    await database.runMigrations({ transaction: 'each' });
    await tellTransactions(database, keyring, header.at);
    return { at: header.at, rows };
  } finally {
    await database.destroy();
  }
}

/** Not by `readline`, which takes U+2028 for the end of a line as well. */
async function* linesOf(content: Readable): AsyncGenerator<string> {
  let held = '';
  for await (const text of content.setEncoding('utf8') as AsyncIterable<string>) {
    const parts = (held + text).split('\n');
    held = parts.pop() ?? '';
    yield* parts;
  }
}

const open = (url: string, known: typeof migrations): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, migrations: known, extra: { max: 2 } }).initialize();

/** The schema that the backup was made of. */
async function prepareSchema(databaseUrl: string, header: BackupHeader): Promise<void> {
  const wanted = new Set(header.migrations);
  const known = migrations.filter((migration) => wanted.has(new migration().name));
  if (known.length !== wanted.size) throw newerBackup();
  const database = await open(databaseUrl, known);
  try {
    const [{ empty } = { empty: false }] = await database.query<{ empty: boolean }[]>(
      `select not exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')) as empty`,
    );
    if (!empty) throw notEmpty();
    await database.runMigrations({ transaction: 'each' });
  } finally {
    await database.destroy();
  }
}

async function fill(
  manager: EntityManager,
  header: BackupHeader,
  next: () => Promise<string>,
): Promise<number> {
  for (const { name, table, bound } of header.partitions) {
    if (![name, table].every((text) => plainName.test(text)) || !partitionBound.test(bound)) throw notWhole();
    await manager.query(`create table if not exists ${name} partition of ${table} ${bound}`);
  }
  let [total, line] = [0, await next()];
  for (;;) {
    const value: unknown = JSON.parse(line);
    const footer = footerSchema.safeParse(value);
    if (footer.success) {
      if (footer.data.rows !== total) throw notWhole();
      break;
    }
    const { table, columns } = tableSchema.parse(value);
    const insert = await inserterFor(manager, table, columns);
    const rows: string[] = [];
    for (line = await next(); line.startsWith('"'); line = await next()) {
      rows.push(JSON.parse(line) as string);
      total += 1;
      if (rows.length === rowsAtOnce) await insert(rows.splice(0));
    }
    await insert(rows);
  }
  for (const { name, value } of header.sequences) {
    if (!plainName.test(name)) throw notWhole();
    if (value !== '0') await manager.query('select setval($1::regclass, $2)', [name, value]);
  }
  await manager.query(
    `update connections set recovery = 'down', paused_until = $1, trouble = $2, trouble_since = $3`,
    [untilSomebodyLooks, restoredTrouble, header.at],
  );
  return total;
}

const partitionBound = /^FOR VALUES FROM \('[0-9 :+-]+'\) TO \('[0-9 :+-]+'\)$/u;

async function inserterFor(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
): Promise<(rows: readonly string[]) => Promise<void>> {
  const known = await manager.query<{ name: string; generated: boolean }[]>(
    `select attname as name, attgenerated <> '' as generated from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  if (!plainName.test(table) || known.map(({ name }) => name).join() !== columns.join()) throw notWhole();
  const [{ some } = { some: false }] = await manager.query<{ some: boolean }[]>(
    `select exists (select from ${table}) as some`,
  );
  // What a migration put there itself.
  if (some) await manager.query(`delete from ${table}`);
  const names = known.flatMap(({ name, generated }) => (generated ? [] : [`"${name}"`])).join(', ');
  return async (rows) => {
    if (rows.length === 0) return;
    await manager.query(`insert into ${table} (${names}) select ${names} from unnest($1::${table}[]) r`, [
      rows,
    ]);
  };
}

const notWhole = (): BackupError =>
  new BackupError('バックアップの内容が不完全です。 / The content of the backup is not whole.');
const notEmpty = (): BackupError =>
  new BackupError(
    'データベースが空ではありません。空のデータベースに復元してください。 / The database is not empty: restore into an empty one.',
  );
const newerBackup = (): BackupError =>
  new BackupError(
    'このバックアップは、より新しい版の np-hub で作成されています。 / The backup was made by a newer np-hub.',
  );
