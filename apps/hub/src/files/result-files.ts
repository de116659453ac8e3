import { Inject, Injectable } from '@nestjs/common';
import { writeTable, type StatusUpdate } from '@np-hub/kit';
import type { Clock, IdSource, ResultFileView, ResultsView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { problemOf } from '../http/problem.js';
import { openBytes, sealBytes } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import type { OpenShop } from '../shops/shops.js';
import { StatusUpdates } from '../status-push/updates.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';

/** For so long a result file can be fetched again. */
export const keptDays = 90;
/** Orders that one file carries at most; the others follow in the next. */
const mostRows = 20_000;
/** Orders made into rows at a time. */
const batch = 1_000;

interface FileRecord {
  readonly id: string;
  readonly shop_id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly by_login: string;
  readonly bytes: number;
  readonly rows: number;
  readonly lost: ResultFileView['lost'];
}

interface DueOrder {
  readonly transactionId: string;
  readonly update: StatusUpdate;
}

const columns = 'id, shop_id, name, created_at, by_login, bytes, rows, lost';
const recordId = (fileId: string): string => `result-file:${fileId}`;

/** Files that tell a cart what the hub knows: each word leaves in one of them, and every file can be fetched again. */
@Injectable()
export class ResultFiles {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StatusUpdates) private readonly updates: StatusUpdates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** How many orders have a word that no file has carried yet. */
  async pending(shopId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      'select count(*)::int from transactions where shop_id = $1 and result_due',
      [shopId],
    );
    return row?.count ?? 0;
  }

  /** The shops that have something to be told, or a file that their folder waits for. */
  async shopsToTell(): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ shop_id: string }[]>(
      `select distinct shop_id from transactions where result_due
       union select shop_id from result_files where drop_due`,
    );
    return new Set(rows.map(({ shop_id }) => shop_id));
  }

  /** The latest files first. */
  async list(shopId: string): Promise<ResultsView> {
    const rows = await this.database.query<FileRecord[]>(
      `select ${columns} from result_files where shop_id = $1 order by created_at desc, id desc limit 200`,
      [shopId],
    );
    return { pending: await this.pending(shopId), files: rows.map(viewOf) };
  }

  /** A file's name and bytes. Throws 404 where the shop has none of this id, or has it no longer. */
  async content(shopId: string, fileId: string): Promise<{ name: string; bytes: Buffer }> {
    const [row] = await this.database.query<{ name: string; sealed: Buffer }[]>(
      'select name, sealed from result_files where shop_id = $1 and id = $2',
      [shopId, fileId],
    );
    if (!row) throw problemOf(404);
    return { name: row.name, bytes: openBytes(this.keyring, recordId(fileId), row.sealed) };
  }

  /** Makes a file of every order whose word is due, and notes that it has left; null where there is none. */
  async make(
    shop: OpenShop,
    { by, drop = false }: { readonly by: string; readonly drop?: boolean },
  ): Promise<ResultFileView | null> {
    const layout = shop.adapter.file?.results;
    if (!layout) throw problemOf(404);
    return this.database.transaction(async (manager) => {
      const due = await this.due(manager, shop);
      if (due.length === 0) return null;
      const rows = due.map(({ update }) => layout.row(update, shop.settings));
      const { bytes, lost } = writeTable(layout.encoding, layout.header, rows);
      const named = lost.map(({ row, column, characters }) => ({
        orderNumber: due[row]?.update.orderNumber ?? '',
        column: layout.header[column] ?? '',
        characters,
      }));
      const now = this.clock.now();
      await this.note(manager, shop, due, { lost: named, at: now });
      const id = this.ids.next();
      const [stored] = await manager.query<FileRecord[]>(
        `insert into result_files (id, shop_id, name, created_at, by_login, bytes, rows, lost, sealed, drop_due)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
        [
          id,
          shop.id,
          layout.fileName(now),
          now,
          by,
          bytes.length,
          due.length,
          JSON.stringify(named),
          sealBytes(this.keyring, recordId(id), bytes),
          drop,
        ],
      );
      return stored ? viewOf(stored) : null;
    });
  }

  /** Hands on the files that a folder is to get, each once: noted when `write` has succeeded. */
  async dropDue(shopId: string, write: (name: string, bytes: Buffer) => Promise<void>): Promise<void> {
    for (;;) {
      const dropped = await this.database.transaction(async (manager) => {
        const [row] = await manager.query<{ id: string; name: string; sealed: Buffer }[]>(
          `select id, name, sealed from result_files where shop_id = $1 and drop_due
           order by created_at, id limit 1 for update skip locked`,
          [shopId],
        );
        if (!row) return false;
        await write(row.name, openBytes(this.keyring, recordId(row.id), row.sealed));
        await manager.query('update result_files set drop_due = false where id = $1', [row.id]);
        return true;
      });
      if (!dropped) return;
    }
  }

  /** Locks the orders that are due, some at a time and in one order, and gives what is to be said of each. */
  private async due(manager: EntityManager, shop: OpenShop): Promise<readonly DueOrder[]> {
    const due: DueOrder[] = [];
    let after = '00000000-0000-0000-0000-000000000000';
    while (due.length < mostRows) {
      const rows = await manager.query<{ id: string }[]>(
        `select id from transactions where shop_id = $1 and result_due and id > $2
         order by id limit ${batch} for update`,
        [shop.id, after],
      );
      const keys = rows.map(({ id }) => ({ shopId: shop.id, transactionId: id }));
      await manager.query('update transactions set result_due = false where shop_id = $1 and id = any($2)', [
        shop.id,
        rows.map(({ id }) => id),
      ]);
      // The file carries the newest word: one that still waits to be noticed has nothing to add.
      await manager.query(
        `delete from effects where shop_id = $1 and lane = 'word' and token is null and transaction_id = any($2)`,
        [shop.id, rows.map(({ id }) => id)],
      );
      due.push(...(await this.updates.of(manager, shop, keys)));
      if (rows.length < batch) break;
      after = rows.at(-1)?.id ?? after;
    }
    return due;
  }

  /** Notes what the cart will show once it has read the file; characters that are missing there are said of their order. */
  private async note(
    manager: EntityManager,
    shop: OpenShop,
    due: readonly DueOrder[],
    { lost, at }: { readonly lost: ResultFileView['lost']; readonly at: Date },
  ): Promise<void> {
    const errors = new Map(lost.map((one) => [one.orderNumber, lostText(one)]));
    const items = due.map(({ transactionId, update }) => ({
      shopId: shop.id,
      transactionId,
      update,
      error: errors.get(update.orderNumber) ?? null,
    }));
    for (let start = 0; start < items.length; start += batch)
      await this.updates.noteSent(manager, items.slice(start, start + batch), at.toISOString());
  }
}

const lostText = ({ column, characters }: ResultFileView['lost'][number]): string =>
  `結果ファイルの「${column}」に書けない文字があり、〓に置き換えました: ${characters}`;

const viewOf = (row: FileRecord): ResultFileView => ({
  id: row.id,
  shopId: row.shop_id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  by: row.by_login,
  bytes: row.bytes,
  rows: row.rows,
  lost: row.lost,
});
