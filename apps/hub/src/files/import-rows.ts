import { Inject, Injectable } from '@nestjs/common';
import type { LocalText } from '@np-hub/kit';
import type { ImportCounts, ImportRow, ImportRowKind, ImportRowPage } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { unnestRows } from '../database/bulk.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { KEYRING } from '../tokens.js';
import { badCursor } from './imports.js';

const localTextSchema = z.object({ ja: z.string(), en: z.string() });
const pageSize = 200;
const maximumLine = 2_147_483_647;
/** Several rows at the same time are the usual case for reasons: the most that one row keeps. */
const mostReasons = 10;

interface StoredRow {
  readonly line: number;
  readonly order_number: string;
  readonly kind: ImportRowKind;
  readonly sealed_reasons: Buffer | null;
}

const recordId = (importId: string, line: number): string => `import-row:${importId}:${line}`;

/** A row as it is noted. */
export interface NotedRow extends ImportRow {
  /** Of an older one: what is known of its order while a person is asked (`FileParts.prints`). */
  readonly knownPrint?: string | undefined;
  /** Of a refused one: the order that it names, where nobody else knows of that. Kept as encrypted as its reasons. */
  readonly seemingNumber?: string;
}

/** What is kept encrypted of a row; the reasons alone where nothing is known beside them. */
const sealedSchema = z.union([
  z.array(localTextSchema),
  z.object({ reasons: z.array(localTextSchema), seemingNumber: z.string() }),
]);

/** What became of each row of an import. Reasons may quote the file: they are kept encrypted. */
@Injectable()
export class ImportRows {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Notes rows; a later word on the same row replaces the earlier one. */
  async put(manager: EntityManager, importId: string, rows: readonly NotedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map(({ line, orderNumber, kind, reasons, knownPrint, seemingNumber }) => ({
      line,
      order_number: orderNumber,
      kind,
      sealed_reasons:
        reasons.length > 0
          ? sealJson(this.keyring, recordId(importId, line), sealable(reasons, seemingNumber))
          : null,
      known_print: knownPrint ?? null,
    }));
    const columns = {
      line: 'int',
      order_number: 'text',
      kind: 'text',
      sealed_reasons: 'bytea',
      known_print: 'text',
    };
    const { sql, parameters } = unnestRows(columns, values, 2);
    await manager.query(
      `insert into import_rows (import_id, line, order_number, kind, sealed_reasons, known_print)
       select $1, line, order_number, kind, sealed_reasons, known_print from ${sql} n
       on conflict (import_id, line) do update set order_number = excluded.order_number, kind = excluded.kind,
         sealed_reasons = excluded.sealed_reasons, known_print = excluded.known_print`,
      [importId, ...parameters],
    );
  }

  /** Says of which orders rows are that were noted without a number. */
  async name(importId: string, rows: readonly Pick<ImportRow, 'line' | 'orderNumber'>[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map(({ line, orderNumber }) => ({ line, order_number: orderNumber }));
    const { sql, parameters } = unnestRows({ line: 'int', order_number: 'text' }, values, 2);
    await this.database.query(
      `update import_rows r set order_number = n.order_number from ${sql} n where r.import_id = $1 and r.line = n.line`,
      [importId, ...parameters],
    );
  }

  /** How many rows of each kind there are. */
  async counts(manager: EntityManager, importId: string): Promise<Omit<ImportCounts, 'newWords'>> {
    const rows = await manager.query<{ kind: ImportRowKind; count: number }[]>(
      'select kind, count(*)::int from import_rows where import_id = $1 group by kind',
      [importId],
    );
    const counts = { taken: 0, unchanged: 0, waiting: 0, older: 0, refused: 0, ignored: 0 };
    for (const { kind, count } of rows) counts[kind] = count;
    return counts;
  }

  /** Up to 1,000 orders of which a row was refused, in order, behind a number. */
  async refusedOrders(importId: string, after: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ order_number: string }[]>(
      `select distinct order_number from import_rows where import_id = $1 and kind = 'refused' and order_number > $2
       order by order_number limit 1000`,
      [importId, after],
    );
    return rows.map(({ order_number }) => order_number);
  }

  /** The lines that are asked about, each with what was known of its order then. */
  async asked(importId: string): Promise<ReadonlyMap<number, string | null>> {
    const rows = await this.database.query<{ line: number; known_print: string | null }[]>(
      `select line, known_print from import_rows where import_id = $1 and kind = 'older'`,
      [importId],
    );
    return new Map(rows.map(({ line, known_print: print }) => [line, print]));
  }

  /** Why rows were refused, by line, from one line to another. */
  async refusals(
    importId: string,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<number, readonly LocalText[]>> {
    const rows = await this.database.query<StoredRow[]>(
      `select line, order_number, kind, sealed_reasons from import_rows
       where import_id = $1 and kind = 'refused' and line between $2 and $3`,
      [importId, from, to],
    );
    return new Map(rows.map((row) => [row.line, this.opened(importId, row).reasons]));
  }

  /** Rows in the file's order; `after` is the `next` of the page before. Throws 400 for any other. */
  async page(importId: string, kind: ImportRowKind | undefined, after = '0'): Promise<ImportRowPage> {
    if (!/^\d{1,10}$/.test(after) || Number(after) > maximumLine) throw badCursor();
    const rows = await this.database.query<StoredRow[]>(
      `select line, order_number, kind, sealed_reasons from import_rows
       where import_id = $1 and line > $2 and ($3::text is null or kind = $3) order by line limit ${pageSize + 1}`,
      [importId, Number(after), kind ?? null],
    );
    const shown = rows.slice(0, pageSize).map((row) => {
      const { reasons, seemingNumber } = this.opened(importId, row);
      return { line: row.line, orderNumber: row.order_number || seemingNumber, kind: row.kind, reasons };
    });
    return { rows: shown, next: rows.length > pageSize ? String(shown.at(-1)?.line) : null };
  }

  private opened(importId: string, row: StoredRow): { reasons: LocalText[]; seemingNumber: string } {
    if (!row.sealed_reasons) return { reasons: [], seemingNumber: '' };
    const sealed = sealedSchema.parse(
      openJson(this.keyring, recordId(importId, row.line), row.sealed_reasons),
    );
    return Array.isArray(sealed) ? { reasons: sealed, seemingNumber: '' } : sealed;
  }
}

const sealable = (all: readonly LocalText[], seemingNumber = ''): z.infer<typeof sealedSchema> => {
  const reasons = all.slice(0, mostReasons);
  return seemingNumber === '' ? reasons : { reasons, seemingNumber };
};
