import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import type { Keyring } from '../security/keyring.js';
import { sealFrames } from './backup-frames.js';
import { leftOut, type BackupHeader } from './backup-content.js';

const rowsAtOnce = 1_000;

/** What a backup holds, told while it is written. */
export interface BackupCount {
  readonly tables: number;
  readonly rows: number;
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * The whole database as it is at one moment, beside a hub at work: one repeatable-read snapshot, streamed, compressed
 * and encrypted with the present key. The keys are not in it: keep them elsewhere. `told` hears what it holds.
 */
export function backupStream(
  databaseUrl: string,
  keyring: Keyring,
  at: Date,
  told: (count: BackupCount) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const lines = Readable.from(withSnapshot(databaseUrl, (client) => linesOf(client, at, told)));
  const zipped = lines.pipe(createGzip());
  lines.once('error', (error) => zipped.destroy(error));
  return sealFrames(keyring, zipped as AsyncIterable<Buffer>);
}

async function* withSnapshot(
  databaseUrl: string,
  work: (client: pg.Client) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'np-hub backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* work(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function* linesOf(
  client: pg.Client,
  at: Date,
  told: (count: BackupCount) => void,
): AsyncGenerator<string> {
  yield `${JSON.stringify(await headerOf(client, at))}\n`;
  const tables = await tablesOf(client);
  let rows = 0;
  for (const { name, columns } of tables) {
    yield `${JSON.stringify({ table: name, columns })}\n`;
    await client.query(`declare backup no scroll cursor for select t::text as row from ${name} t`);
    for (let full = true; full;) {
      const { rows: some } = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from backup`);
      if (some.length > 0) yield some.map(({ row }) => `${JSON.stringify(row)}\n`).join('');
      rows += some.length;
      full = some.length === rowsAtOnce;
    }
    await client.query('close backup');
  }
  yield `${JSON.stringify({ rows })}\n`;
  told({ tables: tables.length, rows });
}

async function headerOf(client: pg.Client, at: Date): Promise<BackupHeader> {
  const migrations = await client.query<{ name: string }>('select name from migrations order by id');
  const partitions = await client.query<BackupHeader['partitions'][number]>(
    `select c.relname as name, p.relname as table, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  const sequences = await client.query<{ name: string; value: string }>(
    `select sequencename as name, coalesce(last_value, 0)::text as value from pg_sequences
     where schemaname = 'public' and sequencename <> 'migrations_id_seq' order by 1`,
  );
  return {
    format: 1,
    at: at.toISOString(),
    migrations: migrations.rows.map(({ name }) => name),
    partitions: partitions.rows,
    sequences: sequences.rows,
  };
}

/** Tables in an order in which each comes behind those that it refers to. */
async function tablesOf(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `select c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(array_agg(distinct r.relname::text), '{}') from pg_constraint f join pg_class r on r.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and c.relname <> all($1) order by 1`,
    [leftOut],
  );
  const ordered: Table[] = [];
  const done = new Set<string>(leftOut);
  for (let waiting = rows; waiting.length > 0;) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => done.has(need)));
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle');
    ordered.push(...ready);
    for (const { name } of ready) done.add(name);
    waiting = waiting.filter(({ name }) => !done.has(name));
  }
  return ordered;
}
