import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource, NpFileView, NpRowKind } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { OpenConnection } from '../shops/connections.js';
import { lockTransactions } from '../transactions/locks.js';
import { Transactions } from '../transactions/transactions.js';
import { CLOCK, IDS } from '../tokens.js';
import { isAwaited, judgeRows, type Judged, type ListScope } from './np-list-match.js';
import { creditAt, whoseIs, type Whose } from './whose.js';

/** A row with what became of it. */
export interface ListedResult extends Omit<Judged, 'kind'> {
  readonly kind: NpRowKind;
}

const batch = 1_000;

const kindsOfWhose: Readonly<Record<Exclude<Whose, 'this-order'>, NpRowKind>> = {
  'other-order': 'other-order',
  'not-at-np': 'not-at-np',
  unanswered: 'unanswered',
};

/** Takes judged rows in: asks NP, ends doubts, points out what contradicts, and keeps a record. */
@Injectable()
export class NpListTaking {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Gives what became of each row, in their order. */
  async run(
    connection: OpenConnection,
    judged: readonly Judged[],
    by: string,
  ): Promise<readonly ListedResult[]> {
    const asked = await this.askNp(connection, judged);
    return this.apply(asked, { by, scope: { merchant: connection.merchant, shopIds: null } });
  }

  /** Asks NP whose the ids are that would end a doubt, in batches. A call that fails leaves its rows unanswered. */
  private async askNp(connection: OpenConnection, judged: readonly Judged[]): Promise<readonly Judged[]> {
    const { gateway, settings } = connection;
    const candidates = judged.filter(({ kind }) => kind === 'candidate');
    const size = Math.min(gateway.batchLimit(settings, 'find-credit'), batch);
    const said = new Map<Judged, Whose>();
    for (let start = 0; start < candidates.length; start += size) {
      const some = candidates.slice(start, start + size);
      const answers = await creditAt(
        connection,
        some.map(({ row }) => row),
      );
      for (const [index, each] of some.entries())
        said.set(each, whoseIs(answers?.[index], each.row.shopTransactionId));
    }
    return judged.map((each) => {
      const whose = said.get(each);
      return whose === undefined || whose === 'this-order' ? each : { ...each, kind: kindsOfWhose[whose] };
    });
  }

  private async apply(
    judged: readonly Judged[],
    of: { readonly scope: ListScope; readonly by: string },
  ): Promise<readonly ListedResult[]> {
    const results: ListedResult[] = [];
    for (let start = 0; start < judged.length; start += batch) {
      const some = judged.slice(start, start + batch);
      results.push(...(await this.database.transaction((manager) => this.applyIn(manager, some, of))));
    }
    return results;
  }

  /** Under lock: a doubt that has ended meanwhile is left alone. */
  private async applyIn(
    manager: EntityManager,
    judged: readonly Judged[],
    { scope, by }: { readonly scope: ListScope; readonly by: string },
  ): Promise<readonly ListedResult[]> {
    const at = this.clock.now().toISOString();
    const moving = judged.flatMap((each) =>
      each.named && (each.kind === 'candidate' || each.kind === 'contradicts')
        ? [{ ...each, named: each.named }]
        : [],
    );
    await lockTransactions(
      manager,
      moving.map(({ named }) => named),
    );
    const rows = moving.map(({ row }) => row);
    const again = await judgeRows(manager, rows, scope);
    const still = moving.filter(
      ({ kind, named }, index) =>
        kind === 'contradicts' || isAwaited(again[index]?.named?.facts ?? named.facts, named.number),
    );
    await this.transactions.applyIn(
      manager,
      still.map(({ kind, named, row: { npTransactionId } }) => ({
        shopId: named.shopId,
        transactionId: named.transactionId,
        by,
        event:
          kind === 'candidate'
            ? { type: 'np-id-entered', at, npTransactionId }
            : { type: 'np-id-found', at, attempt: named.number, npTransactionId },
      })),
    );
    const lines = new Set(still.map(({ row }) => row.line));
    return judged.map(({ kind, ...each }) => ({
      ...each,
      kind: kind !== 'candidate' ? kind : lines.has(each.row.line) ? 'taken' : 'under-way',
    }));
  }

  /** Keeps of a list its two ids a row and what became of them, and nothing else. */
  async store(
    connectionId: string,
    { name, by, results }: { name: string; by: string; results: readonly ListedResult[] },
  ): Promise<NpFileView> {
    const id = this.ids.next();
    const at = this.clock.now().toISOString();
    const counts: Partial<Record<NpRowKind, number>> = {};
    for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
    const columns = {
      file_id: 'uuid',
      line: 'int',
      shop_transaction_id: 'text',
      np_transaction_id: 'text',
      kind: 'text',
      shop_id: 'uuid',
      transaction_id: 'uuid',
    };
    const names = Object.keys(columns).join(', ');
    await this.database.transaction(async (manager) => {
      await manager.query(
        'insert into np_files (id, connection_id, name, at, by_login, counts) values ($1, $2, $3, $4, $5, $6)',
        [id, connectionId, name, at, by, JSON.stringify(counts)],
      );
      for (let start = 0; start < results.length; start += batch) {
        const rows = results.slice(start, start + batch).map(({ row, named, kind }) => ({
          file_id: id,
          line: row.line,
          shop_transaction_id: row.shopTransactionId,
          np_transaction_id: row.npTransactionId,
          kind,
          shop_id: named?.shopId ?? null,
          transaction_id: named?.transactionId ?? null,
        }));
        const { sql, parameters } = unnestRows(columns, rows);
        await manager.query(`insert into np_file_rows (${names}) select ${names} from ${sql} n`, parameters);
      }
    });
    return { id, connectionId, name, at, by, counts };
  }
}
