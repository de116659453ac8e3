import { Inject, Injectable, Logger } from '@nestjs/common';
import { cellNames, readTable, type FileRow, type TableHead, type TableRow } from '@np-hub/kit';
import type { Clock, ImportRow } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Shops } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { FileChunks } from './chunks.js';
import { layoutOf } from './column-maps.js';
import { FileParts } from './file-parts.js';
import { completeOrders, type OrderedRow } from './grouping.js';
import { ImportBatches, type BatchOutcome, type FileContext } from './import-batches.js';
import { ImportRows } from './import-rows.js';
import { Imports, noCounts, type ImportRecord } from './imports.js';
import type { ImportJob, JobAttempt } from './jobs.js';
import { Previews } from './previews.js';
import { brokenNeighbour, importTexts, longestOrderNumber, mostRowsOfAnOrder, rowTexts } from './texts.js';

/** Handed on at once, and held at most while orders are not complete: some 100 MB of rows with 60 columns. */
const limits = { orders: 1_000, rows: 4_000, held: 20_000 };
const mostNewWords = 200;

interface OpenFile {
  readonly context: FileContext;
  readonly head: TableHead;
  /** Only these lines; null: all. */
  readonly lines: ReadonlySet<number> | null;
  readonly signal: AbortSignal;
}

/** What the first reading of a file finds. */
interface Survey {
  readonly rows: number;
  /** The last row of each order. */
  readonly lastLines: ReadonlyMap<string, number>;
  /** Orders that are not taken, and why. */
  readonly excluded: ReadonlyMap<string, ImportRow['reasons'][number]>;
}

/**
 * Runs an import: a first reading finds the last row of each order, so that the rows of one order need not stand
 * together; a second one takes each order as soon as it is complete. May begin anew at any time: nothing is taken twice.
 */
@Injectable()
export class ImportRun {
  private readonly logger = new Logger('files');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Imports) private readonly imports: Imports,
    @Inject(ImportRows) private readonly rows: ImportRows,
    @Inject(ImportBatches) private readonly batches: ImportBatches,
    @Inject(FileParts) private readonly fileParts: FileParts,
    @Inject(FileChunks) private readonly chunks: FileChunks,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws where it is to be tried again. */
  async run({ shopId, importId }: ImportJob, { last, signal }: JobAttempt): Promise<void> {
    const record = await this.imports.find(shopId, importId);
    if (record.state !== 'running') return;
    try {
      const file = await this.open(record, signal);
      const survey = await this.survey(file);
      await this.takeOrders(file, survey);
      await this.finish(record, file);
    } catch (error) {
      if (signal.aborted) throw error;
      this.logger.warn(`Import ${importId}: ${error instanceof Error ? error.message : 'failed'}`);
      if (!last) throw error;
      await this.fail(importId);
    }
  }

  /** Ends an import that nobody works at any more. */
  async fail(importId: string): Promise<void> {
    await this.database.query(
      `update imports set state = 'failed', error = $2, finished_at = $3 where id = $1 and state = 'running'`,
      [importId, JSON.stringify(importTexts.failed), this.clock.now()],
    );
  }

  private async open(record: ImportRecord, signal: AbortSignal): Promise<OpenFile> {
    const shop = await this.shops.open(record.shop_id);
    const layout = layoutOf(shop, record.layout ?? '');
    const acceptOlder = record.older_accepted;
    return {
      context: {
        shop,
        importId: record.id,
        layout,
        madeAt: record.made_at,
        uploadedAt: record.uploaded_at,
        acceptOlder,
      },
      head: await this.previews.head(shop, record.id, layout, record.reading),
      lines: acceptOlder ? await this.rows.linesOf(record.id, 'older') : null,
      signal,
    };
  }

  private async *read({ context, head, lines, signal }: OpenFile): AsyncGenerator<readonly TableRow[]> {
    for await (const batch of readTable(this.chunks.read(context.importId), head)) {
      if (signal.aborted) throw new Error('The run was broken off');
      yield lines ? batch.filter(({ line }) => lines.has(line)) : batch;
    }
  }

  private async survey(file: OpenFile): Promise<Survey> {
    const orders = new Map<string, { last: number; count: number }>();
    const broken = new Map<string, number>();
    let rows = 0;
    for await (const batch of this.read(file)) {
      const refused: ImportRow[] = [];
      for (const row of batch) {
        rows += 1;
        const { orderNumber, reason } = this.orderOf(file, row);
        if (reason) refused.push({ line: row.line, orderNumber, kind: 'refused', reasons: [reason] });
        if (row.problem && orderNumber) broken.set(orderNumber, row.line);
        if (reason) continue;
        const order = orders.get(orderNumber) ?? { last: 0, count: 0 };
        orders.set(orderNumber, { last: row.line, count: order.count + 1 });
      }
      await this.rows.put(this.database.manager, file.context.importId, refused);
    }
    if (!file.lines)
      await this.database.query('update imports set rows_total = $2 where id = $1', [
        file.context.importId,
        rows,
      ]);
    const excluded = new Map<string, ImportRow['reasons'][number]>();
    const lastLines = new Map<string, number>();
    for (const [orderNumber, { last, count }] of orders) {
      const brokenAt = broken.get(orderNumber);
      if (brokenAt !== undefined) excluded.set(orderNumber, brokenNeighbour(brokenAt));
      else if (count > mostRowsOfAnOrder) excluded.set(orderNumber, rowTexts.tooManyRows);
      else lastLines.set(orderNumber, last);
    }
    return { rows, lastLines, excluded };
  }

  /** The order that a row is about, and why the row is refused, if it is. */
  private orderOf({ context, head }: OpenFile, row: TableRow) {
    const known: FileRow = row.problem ? namedCells(head, row) : row.row;
    const orderNumber = context.layout.orderNumberOf(known, context.shop.settings).trim();
    if (orderNumber.length > longestOrderNumber)
      return {
        orderNumber: orderNumber.slice(0, longestOrderNumber),
        reason: row.problem ?? rowTexts.longOrderNumber,
      };
    return { orderNumber, reason: row.problem ?? (orderNumber === '' ? rowTexts.noOrderNumber : null) };
  }

  private async takeOrders(file: OpenFile, { lastLines, excluded }: Survey): Promise<void> {
    const { importId } = file.context;
    const words = new Map<string, { axis: string; raw: string }>();
    let readings = 0;
    const read = async function* (this: ImportRun): AsyncGenerator<readonly OrderedRow[]> {
      readings += 1;
      const first = readings === 1;
      for await (const batch of this.read(file)) {
        const rows = batch.flatMap((row) => {
          const { orderNumber, reason } = this.orderOf(file, row);
          return reason ? [] : [{ line: row.line, orderNumber, row: row.row }];
        });
        if (first && excluded.size > 0) await this.refuse(importId, rows, excluded);
        yield rows;
      }
    }.bind(this);
    for await (const groups of completeOrders(read, lastLines, limits)) {
      const outcome = await this.batches.take(file.context, groups);
      for (const word of outcome.newWords)
        if (words.size < mostNewWords) words.set(`${word.axis}\n${word.raw}`, word);
      await this.keep(file.context, outcome, [...words.values()]);
    }
  }

  private async refuse(
    importId: string,
    rows: readonly OrderedRow[],
    excluded: Survey['excluded'],
  ): Promise<void> {
    const refused = rows.flatMap(({ line, orderNumber }): ImportRow[] => {
      const reason = excluded.get(orderNumber);
      return reason ? [{ line, orderNumber, kind: 'refused', reasons: [reason] }] : [];
    });
    await this.rows.put(this.database.manager, importId, refused);
  }

  /** Notes what became of a batch, with the parts that it brought and how far the run is. */
  private async keep(
    { shop, importId }: FileContext,
    { rows, parts, forgotten }: BatchOutcome,
    newWords: readonly { axis: string; raw: string }[],
  ): Promise<void> {
    await this.fileParts.forget(shop.id, forgotten);
    await this.database.transaction(async (manager) => {
      await this.fileParts.put(manager, shop.id, parts);
      await this.rows.put(manager, importId, rows);
      const counts = { ...(await this.rows.counts(manager, importId)), newWords: newWords.length };
      const done = Object.values(counts).reduce((sum, count) => sum + count, 0) - counts.newWords;
      await manager.query('update imports set rows_done = $2, counts = $3, new_words = $4 where id = $1', [
        importId,
        done,
        JSON.stringify(counts),
        JSON.stringify(newWords),
      ]);
    });
  }

  private async finish({ id, new_words: before }: ImportRecord, { lines }: OpenFile): Promise<void> {
    await this.database.transaction(async (manager) => {
      const counts = { ...noCounts, ...(await this.rows.counts(manager, id)) };
      const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const [row] = await manager.query<{ new_words: unknown[] }[]>(
        'select new_words from imports where id = $1 for update',
        [id],
      );
      const newWords = (row?.new_words ?? before).length;
      await manager.query(
        `update imports set state = $2, rows_done = $3, rows_total = case when $4 then rows_total else $3 end,
           counts = $5, finished_at = $6, error = null where id = $1 and state = 'running'`,
        [
          id,
          counts.older > 0 && !lines ? 'asking' : 'done',
          done,
          lines !== null,
          JSON.stringify({ ...counts, newWords }),
          this.clock.now(),
        ],
      );
    });
  }
}

/** The cells of a broken row under their names, as far as they go: enough to know whose row it is. */
function namedCells(head: TableHead, { cells }: TableRow): FileRow {
  const names = cellNames(head, cells.length);
  const row: Record<string, string> = {};
  for (const name of Object.keys(head.positions)) row[name] = '';
  for (const [position, cell] of cells.entries()) row[names[position] ?? `列${position + 1}`] = cell;
  return row;
}
