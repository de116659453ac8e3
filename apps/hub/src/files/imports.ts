import { Inject, Injectable } from '@nestjs/common';
import type { ColumnMap, FileEncoding, LocalText } from '@np-hub/kit';
import type { ImportCounts, ImportPage, ImportPreview, ImportState, ImportView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiProblem, problemOf } from '../http/problem.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { KEYRING } from '../tokens.js';

/** What people have said about how a file is to be read; what they have not said is found out. */
export interface Reading {
  readonly layout?: string | undefined;
  readonly encoding?: FileEncoding | undefined;
  readonly header?: boolean | undefined;
  readonly columns?: ColumnMap | undefined;
}

/** An import as it is stored. */
export interface ImportRecord {
  readonly id: string;
  readonly shop_id: string;
  readonly name: string;
  readonly layout: string | null;
  readonly state: ImportState;
  readonly made_at: Date | null;
  readonly uploaded_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly by_login: string;
  readonly bytes: string;
  readonly sealed_preview: Buffer | null;
  readonly reading: Reading;
  readonly rows_done: number;
  readonly rows_total: number | null;
  readonly counts: ImportCounts;
  readonly new_words: ImportView['newWords'];
  readonly older_accepted: boolean;
  readonly error: LocalText | null;
  readonly same_as: string | null;
  readonly same_uploaded_at: Date | null;
}

export const noCounts: ImportCounts = {
  taken: 0,
  unchanged: 0,
  waiting: 0,
  older: 0,
  refused: 0,
  ignored: 0,
  newWords: 0,
};

const columns = `i.id, i.shop_id, i.name, i.layout, i.state, i.made_at, i.uploaded_at, i.started_at, i.finished_at,
  i.by_login, i.bytes, i.sealed_preview, i.reading, i.rows_done, i.rows_total, i.counts, i.new_words,
  i.older_accepted, i.error, i.same_as, s.uploaded_at as same_uploaded_at`;
const pageSize = 50;
const cursorPattern = /^(\d{1,15})-([0-9a-f-]{36})$/;

const previewRecordId = (importId: string): string => `import-preview:${importId}`;

/** The rows of imports: found, listed, and as people see them. */
@Injectable()
export class Imports {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Throws 404 where the shop has none of this id. */
  async find(shopId: string, importId: string, manager?: EntityManager): Promise<ImportRecord> {
    const [row] = await (manager ?? this.database.manager).query<ImportRecord[]>(
      `select ${columns} from imports i left join imports s on s.id = i.same_as
       where i.shop_id = $1 and i.id = $2 and i.state <> 'receiving'${manager ? ' for update of i' : ''}`,
      [shopId, importId],
    );
    if (!row) throw problemOf(404);
    return row;
  }

  /** The latest first; `after` is the `next` of the page before. Throws 400 for any other. */
  async page(shopId: string, after: string | undefined): Promise<ImportPage> {
    const [, ms, id] = cursorPattern.exec(after ?? '') ?? [];
    if (after !== undefined && !id) throw badCursor();
    const rows = await this.database.query<ImportRecord[]>(
      `select ${columns} from imports i left join imports s on s.id = i.same_as
       where i.shop_id = $1 and i.state <> 'receiving'
         and ($2::timestamptz is null or (i.uploaded_at, i.id) < ($2, $3::uuid))
       order by i.uploaded_at desc, i.id desc limit ${pageSize + 1}`,
      [shopId, ms ? new Date(Number(ms)) : null, id ?? null],
    );
    const shown = rows.slice(0, pageSize);
    const last = shown.at(-1);
    const next = last && rows.length > pageSize ? `${last.uploaded_at.getTime()}-${last.id}` : null;
    return { rows: shown.map((row) => this.viewOf(row)), next };
  }

  /** Seals a preview for storing: it shows what the first rows hold. */
  sealPreview(importId: string, preview: ImportPreview | null): Buffer | null {
    return preview && sealJson(this.keyring, previewRecordId(importId), preview);
  }

  previewOf(row: ImportRecord): ImportPreview | null {
    if (!row.sealed_preview) return null;
    return openJson(this.keyring, previewRecordId(row.id), row.sealed_preview) as ImportPreview;
  }

  viewOf(row: ImportRecord): ImportView {
    return {
      id: row.id,
      shopId: row.shop_id,
      name: row.name,
      layout: row.layout,
      state: row.state,
      madeAt: row.made_at?.toISOString() ?? null,
      uploadedAt: row.uploaded_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      finishedAt: row.finished_at?.toISOString() ?? null,
      by: row.by_login,
      bytes: Number(row.bytes),
      preview: this.previewOf(row),
      progress: { rows: row.rows_done, rowsTotal: row.rows_total },
      counts: row.counts,
      newWords: row.new_words,
      sameAs:
        row.same_as && row.same_uploaded_at
          ? { id: row.same_as, uploadedAt: row.same_uploaded_at.toISOString() }
          : null,
      olderAccepted: row.older_accepted,
      error: row.error,
    };
  }
}

/** 400 for a cursor that is none of ours. */
export const badCursor = (): ApiProblem => {
  const message = { ja: '続きの位置を読み取れません。', en: 'This is no position to go on from.' };
  return new ApiProblem(400, 'invalid-input', message, [{ field: 'after', message }]);
};
