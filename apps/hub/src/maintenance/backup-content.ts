import { z } from 'zod';

/** The first line of a backup. */
export const headerSchema = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** Names of the migrations that the schema had. */
  migrations: z.array(z.string()),
  partitions: z.array(z.object({ name: z.string(), table: z.string(), bound: z.string() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type BackupHeader = z.infer<typeof headerSchema>;

/** Begins a table; its rows follow, each a JSON string that holds PostgreSQL's own text of the row. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });

/** The last line. */
export const footerSchema = z.object({ rows: z.int() });

/** Names come from the file: nothing else may reach a statement. */
export const plainName = /^[a-z_][a-z0-9_]*$/u;

/**
 * Not in a backup: people sign in again; which migrations ran is in the header; and what triggers keep beside the
 * transactions they make anew as those come back.
 */
export const leftOut: readonly string[] = [
  'sessions',
  'migrations',
  'order_keys',
  'tallies',
  'tally_changes',
  'repair_patterns',
];
