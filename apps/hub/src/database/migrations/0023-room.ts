import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Room beside each row of what is changed in place: the new version stays on its page. Where no index holds what has
 * changed, no index is then written; elsewhere what goes into the write-ahead log is only what differs.
 *
 * A change was in five indexes. Nothing but its numbering looked for it by time and sequence, and that knows where it lies.
 */
export class Room1700000000023 implements MigrationInterface {
  readonly name = 'Room1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, percent] of Object.entries(roomy))
      await runner.query(`alter table ${table} set (fillfactor = ${percent})`);
    for (const month of await months(runner))
      await runner.query(`alter table ${month} set (fillfactor = ${changesFilled})`);
    await runner.query('alter table changes drop constraint changes_pkey');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table changes add constraint changes_pkey primary key (at, sequence)');
    for (const table of [...Object.keys(roomy), ...(await months(runner))])
      await runner.query(`alter table ${table} reset (fillfactor)`);
  }
}

/** Percent of a page that new rows fill. Not `transactions`: every event changes what is in its indexes, wherever the row lies. */
const roomy = { billings: 60, report_marks: 60 } as const;

/** Each change is written twice, and never again (src/database/partitions.ts has the same for the months to come). */
const changesFilled = 50;

async function months(runner: QueryRunner): Promise<readonly string[]> {
  const rows = (await runner.query(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'changes'::regclass`,
  )) as readonly { name: string }[];
  return rows.map(({ name }) => name);
}
