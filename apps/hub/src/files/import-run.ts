import { Inject, Injectable, Logger } from '@nestjs/common';
import { Absences } from '../intake/absences.js';
import type { Clock, ImportRow } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { withCause } from '../cause.js';
import { twoAtOnce } from '../in-steps.js';
import { ShopChanged } from '../shops/held.js';
import { CLOCK } from '../tokens.js';
import { FileParts } from './file-parts.js';
import { FileSurvey, type OpenFile, type Survey } from './file-survey.js';
import { completeOrders, type OrderedRow, type OrderRows } from './grouping.js';
import { ImportBatches, type BatchOutcome, type FileContext } from './import-batches.js';
import { ImportRows } from './import-rows.js';
import { Imports, noCounts, type ImportRecord } from './imports.js';
import type { ImportJob, JobAttempt } from './jobs.js';
import { importTexts } from './texts.js';

/** Handed on at once, two times over, and held at most while orders are not complete: some 60 MB of rows with 60 columns. */
const limits = { orders: 500, rows: 1_000, held: 12_000 };
const mostNewWords = 200;
/** Counting looks at all rows so far; nobody sees progress more often. */
const countEveryMs = 1_000;

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
    @Inject(FileSurvey) private readonly files: FileSurvey,
    @Inject(Absences) private readonly absences: Absences,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws where it is to be tried again. */
  async run(job: ImportJob, { last, signal }: JobAttempt): Promise<void> {
    const { shopId, importId } = job;
    const record = await this.imports.find(shopId, importId);
    if (record.state !== 'running') return;
    try {
      const file = await this.files.open(record, signal);
      const survey = await this.files.survey(file);
      await this.takeOrders(file, survey, record.new_words);
      await this.doubt(file.context);
      await this.finish(record, file);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ShopChanged) return this.run(job, { last, signal });
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

  private async takeOrders(
    file: OpenFile,
    { lastLines, excluded }: Survey,
    before: ImportRecord['new_words'],
  ): Promise<void> {
    const { importId } = file.context;
    // Words are new once: what a run that was broken off has found is not found again.
    const words = new Map(before.map((word) => [wordKey(word), word]));
    let readings = 0;
    const read = async function* (this: ImportRun): AsyncGenerator<readonly OrderedRow[]> {
      readings += 1;
      const first = readings === 1;
      for await (const batch of this.files.read(file)) {
        const rows = batch.flatMap((row) => {
          const { orderNumber, reason } = this.files.orderOf(file, row);
          return reason ? [] : [{ line: row.line, orderNumber, row: row.row }];
        });
        if (first && excluded.size > 0) await this.refuse(importId, rows, excluded);
        yield rows;
      }
    }.bind(this);
    let countedAt = 0;
    const take = (groups: readonly OrderRows[]) =>
      withCause(importId, () => this.batches.take(file.context, groups));
    await twoAtOnce(completeOrders(read, lastLines, limits), take, async (outcome) => {
      for (const word of outcome.newWords) if (words.size < mostNewWords) words.set(wordKey(word), word);
      const isDue = performance.now() - countedAt > countEveryMs || outcome.newWords.length > 0;
      await this.keep(file.context, outcome, isDue ? [...words.values()] : null);
      if (isDue) countedAt = performance.now();
    });
  }

  /** Orders that the file has, but unreadably: what is known of them may be out of date. */
  private async doubt({ shop, importId, madeAt, uploadedAt }: FileContext): Promise<void> {
    const readAt = (madeAt ?? uploadedAt).toISOString();
    for (let after = ''; ;) {
      const numbers = await this.rows.refusedOrders(importId, after);
      await this.absences.noteUnreadable(shop.id, numbers, readAt);
      const last = numbers.at(-1);
      if (last === undefined) return;
      after = last;
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

  /** Notes what became of a batch, and with all new words so far how far the run is. */
  private async keep(
    { shop, importId }: FileContext,
    { rows, forgotten }: BatchOutcome,
    newWords: readonly { axis: string; raw: string }[] | null,
  ): Promise<void> {
    await this.fileParts.forget(shop.id, forgotten);
    await this.database.transaction(async (manager) => {
      await this.rows.put(manager, importId, rows);
      if (!newWords) return;
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

  private async finish({ id, new_words: before }: ImportRecord, { context }: OpenFile): Promise<void> {
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
          counts.older > 0 ? 'asking' : 'done',
          done,
          context.accepted !== null,
          JSON.stringify({ ...counts, newWords }),
          this.clock.now(),
        ],
      );
    });
  }
}

const wordKey = ({ axis, raw }: { readonly axis: string; readonly raw: string }): string => `${axis}\n${raw}`;
