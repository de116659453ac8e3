import type { DataSource } from 'typeorm';

/** Everything that a dump of the database would hold: all rows as text, and all columns of bytes as they are. */
export async function dumpOf(
  database: DataSource,
): Promise<{ readonly everything: string; readonly bytes: Buffer }> {
  const tables = await database.query<{ name: string }[]>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  const bytes: Buffer[] = [];
  for (const { name } of tables) {
    const rows = await database.query<Record<string, unknown>[]>(
      `select t.*, t::text as whole_row from ${name} t`,
    );
    for (const row of rows) {
      texts.push(String(row['whole_row']));
      bytes.push(...Object.values(row).filter((value): value is Buffer => Buffer.isBuffer(value)));
    }
  }
  return { everything: texts.join('\n'), bytes: Buffer.concat(bytes) };
}
