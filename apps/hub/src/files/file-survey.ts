import { Inject, Injectable } from '@nestjs/common';
import {
  cellNames,
  cellText,
  readTable,
  withCell,
  type FileLayout,
  type FileRow,
  type LocalText,
  type TableHead,
  type TableRow,
} from '@np-hub/kit';
import type { ImportRow } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Shops } from '../shops/shops.js';
import { FileChunks } from './chunks.js';
import { layoutOf } from './column-maps.js';
import type { FileContext } from './import-batches.js';
import { ImportRows, type NotedRow } from './import-rows.js';
import type { ImportRecord } from './imports.js';
import { Previews } from './previews.js';
import { brokenNeighbour, longestOrderNumber, mostRowsOfAnOrder, noOrderNumber, rowTexts } from './texts.js';

/** A started import, ready to be read. */
export interface OpenFile {
  readonly context: FileContext;
  readonly head: TableHead;
  readonly signal: AbortSignal;
}

/** What the first reading of a file finds. */
export interface Survey {
  /** The last row of each order. */
  readonly lastLines: ReadonlyMap<string, number>;
  /** Orders that are not taken, and why. */
  readonly excluded: ReadonlyMap<string, ImportRow['reasons'][number]>;
}

/** Broken rows may be as many as a file has rows. */
const numbersAtATime = 1_000;

/** Reads the files of imports: as rows, and once to survey which orders they hold. */
@Injectable()
export class FileSurvey {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(FileChunks) private readonly chunks: FileChunks,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(ImportRows) private readonly rows: ImportRows,
  ) {}

  /** Opens a started import for reading. */
  async open(record: ImportRecord, signal: AbortSignal): Promise<OpenFile> {
    const shop = await this.shops.open(record.shop_id);
    const layout = layoutOf(shop, record.layout ?? '');
    return {
      context: {
        shop,
        importId: record.id,
        layout,
        madeAt: record.made_at,
        uploadedAt: record.uploaded_at,
        accepted: record.older_accepted ? await this.rows.asked(record.id) : null,
      },
      head: await this.previews.head(shop, record.id, layout, record.reading),
      signal,
    };
  }

  /** The file from its beginning, as far as this run is about it. Throws once the run is broken off. */
  async *read({ context, head, signal }: OpenFile): AsyncGenerator<readonly TableRow[]> {
    const { accepted } = context;
    for await (const batch of readTable(this.chunks.read(context.importId), head)) {
      if (signal.aborted) throw new Error('The run was broken off');
      yield accepted ? batch.filter(({ line }) => accepted.has(line)) : batch;
    }
  }

  /** Reads the file once, and notes the rows that belong to no order or cannot be read. */
  async survey(file: OpenFile): Promise<Survey> {
    const orders = new Map<string, { last: number; count: number }>();
    const broken = new Map<string, number[]>();
    let rows = 0;
    for await (const batch of this.read(file)) {
      const refused: NotedRow[] = [];
      for (const row of batch) {
        rows += 1;
        const { orderNumber, reason } = this.orderOf(file, row);
        if (reason) refused.push(this.refusalOf(file, row, { orderNumber, reason }));
        if (reason) {
          const lines = broken.get(orderNumber);
          if (lines) lines.push(row.line);
          else if (orderNumber !== '') broken.set(orderNumber, [row.line]);
          continue;
        }
        const order = orders.get(orderNumber) ?? { last: 0, count: 0 };
        orders.set(orderNumber, { last: row.line, count: order.count + 1 });
      }
      await this.rows.put(this.database.manager, file.context.importId, refused);
    }
    if (!file.context.accepted)
      await this.database.query('update imports set rows_total = $2 where id = $1', [
        file.context.importId,
        rows,
      ]);
    await this.nameBroken(file.context, orders, broken);
    const excluded = new Map<string, ImportRow['reasons'][number]>();
    const lastLines = new Map<string, number>();
    for (const [orderNumber, { last, count }] of orders) {
      const brokenAt = broken.get(orderNumber)?.at(-1);
      if (brokenAt !== undefined) excluded.set(orderNumber, brokenNeighbour(brokenAt));
      else if (count > mostRowsOfAnOrder) excluded.set(orderNumber, rowTexts.tooManyRows);
      else lastLines.set(orderNumber, last);
    }
    return { lastLines, excluded };
  }

  /**
   * What stands where a broken row should have its order number may be anything, a buyer's name among it, and numbers
   * are kept in the clear: only those are that a sound row of the file has too, or that the shop's orders have.
   */
  private async nameBroken(
    { shop, importId }: FileContext,
    inFile: ReadonlyMap<string, unknown>,
    broken: ReadonlyMap<string, readonly number[]>,
  ): Promise<void> {
    const numbers = [...broken.keys()];
    for (let start = 0; start < numbers.length; start += numbersAtATime) {
      const asked = numbers.slice(start, start + numbersAtATime);
      const found = await this.database.query<{ order_number: string }[]>(
        `select order_number from transactions where shop_id = $1 and order_number = any($2)
         union select order_number from file_parts where shop_id = $1 and order_number = any($2)`,
        [shop.id, asked],
      );
      const known = new Set(found.map(({ order_number: number }) => number));
      const named = asked
        .filter((number) => inFile.has(number) || known.has(number))
        .flatMap((orderNumber) => (broken.get(orderNumber) ?? []).map((line) => ({ line, orderNumber })));
      await this.rows.name(importId, named);
    }
  }

  /**
   * A row of which one cell alone is wrong says what it holds and should hold, and seems to be of the order that it names.
   * All of that is kept encrypted.
   */
  private refusalOf(
    { context, head }: OpenFile,
    { line, cells, wrongAt }: TableRow,
    { orderNumber, reason }: { readonly orderNumber: string; readonly reason: LocalText },
  ): NotedRow {
    const refusal: NotedRow = { line, orderNumber: '', kind: 'refused', reasons: [reason] };
    if (wrongAt === undefined) return refusal;
    const value = cells[wrongAt] ?? '';
    const name = Object.entries(head.positions).find(([, position]) => position === wrongAt)?.[0] ?? '';
    const reasons = [withCell(reason, value, context.layout.columns[name]?.form)];
    return { ...refusal, reasons, ...(orderNumber === value.trim() ? {} : { seemingNumber: orderNumber }) };
  }

  /** The order that a row is about, or a refused one seems to be about, and why the row is refused, if it is. */
  orderOf({ context, head }: OpenFile, row: TableRow) {
    const known: FileRow = row.problem ? namedCells(head, row) : row.row;
    const orderNumber = context.layout.orderNumberOf(known, context.shop.settings).trim();
    if (row.problem) return { orderNumber: cleaned(orderNumber), reason: row.problem };
    if (orderNumber.length > longestOrderNumber) return { orderNumber: '', reason: rowTexts.longOrderNumber };
    return { orderNumber, reason: orderNumber === '' ? noNumberIn(context.layout, known) : null };
  }
}

/** Says which column tells of no order: the number's is the first that is required. */
function noNumberIn({ columns, label }: FileLayout, row: FileRow): LocalText {
  const [name, column] = Object.entries(columns).find(([, { required }]) => required === true) ?? [];
  return noOrderNumber(column?.label ?? label, name === undefined || cellText(row, name) === '');
}

/** What stands in the place of a broken row's number, fit to be looked up; empty where it can be none. */
function cleaned(orderNumber: string): string {
  const number = orderNumber.replace(/\p{Cc}/gu, '');
  return number.length > longestOrderNumber ? '' : number;
}

/** The cells of a broken row under their names, as far as they go: enough to know whose row it is. */
function namedCells(head: TableHead, { cells }: TableRow): FileRow {
  const names = cellNames(head, cells.length);
  const row: Record<string, string> = {};
  for (const name of Object.keys(head.positions)) row[name] = '';
  for (const [position, cell] of cells.entries()) row[names[position] ?? `列${position + 1}`] = cell;
  return row;
}
