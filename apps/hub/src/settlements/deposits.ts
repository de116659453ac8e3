import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FileLayout, TableOptions } from '@np-hub/kit';
import type { BillingPage, Clock, DepositFileView, DepositRowPage, IdSource } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { Audit } from '../audit/audit.js';
import { unnestRows } from '../database/bulk.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import { CLOCK, IDS } from '../tokens.js';
import { ContractFeeBook } from './contract-fees.js';
import { matchDeposits } from './deposit-match.js';
import { DepositUpload } from './deposit-text.js';
import { depositFiles, depositRows } from './deposit-views.js';
import { Months } from './months.js';

/** A preview that nobody has taken in for so long is forgotten. */
const previewMs = 86_400_000;

export interface Upload {
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly options: TableOptions;
  readonly days: { readonly fromDay: string; readonly toDay: string } | null;
}

/**
 * NP's deposits, read against what was reported. A file changes no transaction: it shows where the money differs. It is
 * read as it arrives and looked at before it counts; the buyers' names in it are never read.
 */
@Injectable()
export class Deposits {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(ContractFeeBook) private readonly fees: ContractFeeBook,
    @Inject(Months) private readonly months: Months,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The latest files of all connections that have any. */
  list(): Promise<readonly DepositFileView[]> {
    return depositFiles(this.database.manager, { latest: true });
  }

  /** Reads a file and shows how it differs; nothing counts before it is taken in. */
  async preview(user: SignedInUser, connectionId: string, upload: Upload): Promise<DepositFileView> {
    const { connection, layout } = await this.open(connectionId);
    await this.forgetOld();
    const id = this.ids.next();
    const { name, days, source, options } = upload;
    await this.database.query(
      `insert into deposit_files (id, connection_id, merchant, name, state, from_day, to_day, at, by_login)
       values ($1, $2, $3, $4, 'reading', $5, $6, $7, $8)`,
      [
        id,
        connectionId,
        connection.merchant,
        name,
        days?.fromDay ?? null,
        days?.toDay ?? null,
        this.clock.now(),
        user.login,
      ],
    );
    try {
      const digest = await this.readRows(id, new DepositUpload(source), layout, options);
      await this.database.transaction(async (manager) => {
        await matchDeposits(manager, {
          fileId: id,
          merchant: connection.merchant,
          fees: await this.fees.list(null),
        });
        await manager.query(`update deposit_files set state = 'preview', digest = $2 where id = $1`, [
          id,
          digest,
        ]);
      });
    } catch (error) {
      await this.database.query('delete from deposit_files where id = $1', [id]);
      throw error;
    }
    return this.one(id);
  }

  /** Takes a preview in. The same file again changes nothing: the answer is the one that was taken first. Throws 404. */
  async take(user: SignedInUser, id: string): Promise<DepositFileView> {
    const fees = await this.fees.list(null);
    const counted = await this.database.transaction(async (manager) => {
      const file = await this.locked(manager, id);
      if (file.state === 'taken') return id;
      const [same] = await manager.query<{ id: string }[]>(
        `select id from deposit_files where merchant = $1 and digest = $2 and state = 'taken'`,
        [file.merchant, file.digest],
      );
      if (same) {
        await manager.query('delete from deposit_files where id = $1', [id]);
        return same.id;
      }
      await matchDeposits(manager, { fileId: id, merchant: file.merchant, fees });
      await manager.query(`update deposit_files set state = 'taken', taken_at = $2 where id = $1`, [
        id,
        this.clock.now(),
      ]);
      await this.audit.record(manager, {
        by: user.login,
        action: 'deposits-taken',
        object: `deposit-file:${id}`,
        details: { name: file.name },
      });
      return id;
    });
    const view = await this.one(counted);
    return counted === id ? view : { ...view, sameAs: counted };
  }

  /** The rows in their order; those with one difference, or with any, where asked. Throws 404. */
  async rows(
    id: string,
    of: { readonly difference: string | undefined; readonly after: number | undefined },
  ): Promise<DepositRowPage> {
    await this.one(id);
    return depositRows(this.database.manager, id, of);
  }

  /** What the file's days let expect and no file names. Throws 404, and 400 for a file without days. */
  async missing(id: string, after: string | undefined): Promise<BillingPage> {
    const { fromDay, toDay } = await this.one(id);
    if (fromDay === null || toDay === null) throw noDays();
    return this.months.missing({ fileId: id, fromDay, toDay }, after);
  }

  private async one(id: string): Promise<DepositFileView> {
    const [file] = await depositFiles(this.database.manager, { id });
    if (!file) throw problemOf(404);
    return file;
  }

  private async open(
    id: string,
  ): Promise<{ readonly connection: OpenConnection; readonly layout: FileLayout<never> }> {
    const known = (await this.connections.list()).some((connection) => connection.id === id);
    if (!known) throw problemOf(404);
    const connection = await this.connections.open(id);
    const layout = connection.gateway.depositFile;
    if (!layout) throw problemOf(404);
    return { connection, layout };
  }

  private async readRows(
    fileId: string,
    upload: DepositUpload,
    layout: FileLayout<never>,
    options: TableOptions,
  ): Promise<string> {
    const head = await upload.head(layout, options);
    if (head.missing.length > 0) {
      await upload.drain();
      throw columnsMissing(layout, head.missing);
    }
    const columns = {
      file_id: 'uuid',
      line: 'int',
      serial: 'text',
      np_transaction_id: 'text',
      shop_transaction_id: 'text',
      total_yen: 'bigint',
      fee_yen: 'bigint',
      tax_yen: 'bigint',
      paid_yen: 'bigint',
    } as const;
    const names = Object.keys(columns).join(', ');
    const digest = createHash('sha256');
    for await (const batch of upload.rows(head)) {
      const rows = batch.map((row) => ({ file_id: fileId, ...row }));
      const { sql, parameters } = unnestRows(columns, rows);
      await this.database.query(
        `insert into deposit_rows (${names}) select ${names} from ${sql} n`,
        parameters,
      );
      for (const { line: _, ...figures } of batch) digest.update(`${JSON.stringify(figures)}\n`);
    }
    return digest.digest('hex');
  }

  /** One file of a merchant at a time is taken in, so that two never miss each other's rows. */
  private async locked(manager: EntityManager, id: string) {
    const find = `select merchant, digest, state, name from deposit_files where id = $1 and state <> 'reading'`;
    const [file] = await manager.query<{ merchant: string }[]>(find, [id]);
    if (!file) throw problemOf(404);
    await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 14))', [file.merchant]);
    const [locked] = await manager.query<
      { merchant: string; digest: string; state: 'preview' | 'taken'; name: string }[]
    >(`${find} for update`, [id]);
    if (!locked) throw problemOf(404);
    return locked;
  }

  private async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - previewMs);
    await this.database.query(`delete from deposit_files where state <> 'taken' and at < $1`, [before]);
  }
}

const noDays = (): ApiProblem =>
  new ApiProblem(400, 'days-missing', {
    ja: 'このファイルには対象期間が指定されていません。',
    en: 'No days were named for this file.',
  });

function columnsMissing(layout: FileLayout<never>, missing: readonly string[]): ApiProblem {
  const labels = missing.flatMap((name) => layout.columns[name]?.label ?? []);
  const message = {
    ja: `列が見つかりません：${labels.map(({ ja }) => ja).join('、')}`,
    en: `Columns not found: ${labels.map(({ en }) => en).join(', ')}`,
  };
  return new ApiProblem(
    400,
    'columns-missing',
    message,
    missing.map((name) => ({ field: `columns.${name}`, message })),
  );
}
