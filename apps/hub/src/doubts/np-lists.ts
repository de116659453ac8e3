import { Inject, Injectable } from '@nestjs/common';
import type { ColumnMap, FileLayout, TableOptions } from '@np-hub/kit';
import type {
  Clock,
  NpFilePreview,
  NpFileView,
  NpListSource,
  NpRowKind,
  NpRowPage,
  NpRowView,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { previewOf } from '../files/previews.js';
import { gateways } from '../gateways.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Connections, gatewayOf, type OpenConnection } from '../shops/connections.js';
import { CLOCK } from '../tokens.js';
import { judgeRows, type ListScope } from './np-list-match.js';
import { NpListTaking } from './np-list-taking.js';
import { headOfList, rowsOfList } from './np-list-text.js';

const pageSize = 200;
const filesShown = 10;

/**
 * NP's own lists of transactions. A row proves that NP has a registration, and names its id; that a list lacks one
 * proves nothing. Each id is checked with NP before it ends a doubt; what contradicts the hub is shown, and changes nothing.
 */
@Injectable()
export class NpLists {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(NpListTaking) private readonly taking: NpListTaking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The connections whose lists a person may take in, with the registrations whose ids are missing. */
  async sources(user: SignedInUser): Promise<readonly NpListSource[]> {
    const rows = await this.database.query<{ id: string; name: string; gateway: string; doubts: number }[]>(
      `select c.id, c.name, c.gateway, (select count(*)::int from transactions t
         where t.state = 'in-doubt' and t.connection_id = c.id and ($1::uuid[] is null or t.shop_id = any($1))
           and t.facts->'inFlight'->>'operation' in ('register', 'reissue')) as doubts
       from connections c where c.gateway = any($2) and ($1::uuid[] is null
         or exists (select 1 from transactions t where t.shop_id = any($1) and t.connection_id = c.id))
       order by c.created_at, c.id`,
      [user.shopIds, gateways.filter(({ consoleFile }) => consoleFile).map(({ id }) => id)],
    );
    const files = user.shopIds ? [] : await this.files(rows.map(({ id }) => id));
    return rows.map(({ id, name, gateway, doubts }) => ({
      connectionId: id,
      name,
      gatewayLabel: gatewayOf(gateway).label,
      help: gatewayOf(gateway).consoleFile?.help ?? { ja: '', en: '' },
      doubts,
      files: files.filter(({ connectionId }) => connectionId === id),
    }));
  }

  /** What a list holds, and how many doubts it could end. Stores nothing. */
  async preview(
    user: SignedInUser,
    connectionId: string,
    content: Buffer,
    options: TableOptions,
  ): Promise<NpFilePreview> {
    const { layout, scope } = await this.open(user, connectionId);
    const head = await headOfList(content, layout, await this.withSaved(connectionId, options));
    const preview = previewOf(layout, head, [layout.id]);
    const rows = head.missing.length > 0 ? [] : await rowsOfList(content, head);
    const judged = await judgeRows(this.database.manager, rows, scope);
    const doubts = (await this.sources(user)).find((source) => source.connectionId === connectionId)?.doubts;
    const matched = judged.filter(({ kind }) => kind === 'candidate').length;
    return { preview, rows: rows.length, doubts: doubts ?? 0, matched };
  }

  /** Takes a list in; gives what became of its rows. `remember` keeps the columns for the next one. */
  async take(
    user: SignedInUser,
    connectionId: string,
    list: { name: string; content: Buffer; options: TableOptions; remember: boolean },
  ): Promise<NpFileView> {
    const { layout, scope, connection } = await this.open(user, connectionId);
    const options = await this.withSaved(connectionId, list.options);
    const head = await headOfList(list.content, layout, options);
    if (head.missing.length > 0) throw columnsMissing(layout, head.missing);
    const judged = await judgeRows(this.database.manager, await rowsOfList(list.content, head), scope);
    const results = await this.taking.run(connection, judged, user.login);
    if (list.remember && options.map) await this.saveColumns(connectionId, options.map, user.login);
    return this.taking.store(connectionId, { name: list.name, by: user.login, results });
  }

  /** The rows of a list in its order; of one kind where one is named. Throws 404. */
  async page(
    user: SignedInUser,
    of: { connectionId: string; fileId: string; kind?: NpRowKind | undefined; after?: number | undefined },
  ): Promise<NpRowPage> {
    await this.open(user, of.connectionId);
    const [file] = await this.database.query<unknown[]>(
      'select 1 from np_files where id = $1 and connection_id = $2 and ($3::text is null or by_login = $3)',
      [of.fileId, of.connectionId, user.shopIds ? user.login : null],
    );
    if (!file) throw problemOf(404);
    const rows = await this.database.query<NpRowView[]>(
      `select line, shop_transaction_id as "shopTransactionId", np_transaction_id as "npTransactionId", kind,
         shop_id as "shopId", transaction_id as "transactionId" from np_file_rows
       where file_id = $1 and line > $2 and ($3::text is null or kind = $3) order by line limit ${pageSize + 1}`,
      [of.fileId, of.after ?? 0, of.kind ?? null],
    );
    const shown = rows.slice(0, pageSize);
    return { rows: shown, next: rows.length > pageSize ? String(shown.at(-1)?.line) : null };
  }

  private async open(
    user: SignedInUser,
    connectionId: string,
  ): Promise<{ layout: FileLayout<never>; scope: ListScope; connection: OpenConnection }> {
    const known = (await this.sources(user)).some((source) => source.connectionId === connectionId);
    if (!known) throw problemOf(404);
    const connection = await this.connections.open(connectionId);
    const layout = connection.gateway.consoleFile;
    if (!layout) throw problemOf(404);
    return { layout, connection, scope: { merchant: connection.merchant, shopIds: user.shopIds } };
  }

  private async files(connectionIds: readonly string[]): Promise<readonly NpFileView[]> {
    const rows = await this.database.query<(Omit<NpFileView, 'at'> & { at: Date })[]>(
      `select f.id, f.connection_id as "connectionId", f.name, f.at, f.by_login as by, f.counts
       from unnest($1::uuid[]) c(id) cross join lateral (select * from np_files where connection_id = c.id
         order by at desc, id desc limit ${filesShown}) f order by f.at desc, f.id desc`,
      [connectionIds],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** What people have settled about the columns of a connection's lists, under what is said of this one. */
  private async withSaved(connectionId: string, options: TableOptions): Promise<TableOptions> {
    const [saved] = await this.database.query<{ columns: ColumnMap }[]>(
      'select columns from np_file_maps where connection_id = $1',
      [connectionId],
    );
    return saved ? { ...options, map: { ...saved.columns, ...options.map } } : options;
  }

  private async saveColumns(connectionId: string, columns: ColumnMap, by: string): Promise<void> {
    await this.database.query(
      `insert into np_file_maps (connection_id, columns, by_login, changed_at) values ($1, $2, $3, $4)
       on conflict (connection_id) do update set columns = excluded.columns, by_login = excluded.by_login,
         changed_at = excluded.changed_at`,
      [connectionId, JSON.stringify(columns), by, this.clock.now()],
    );
  }
}

function columnsMissing(layout: FileLayout<never>, missing: readonly string[]): ApiProblem {
  const message = {
    ja: 'この項目の列が見つかりません。見出しを選んでください。',
    en: 'No column was found for this. Choose its header.',
  };
  const fields = missing.map((name) => ({ field: `columns.${name}`, message }));
  const labels = missing.flatMap((name) => layout.columns[name]?.label ?? []);
  return new ApiProblem(
    400,
    'columns-missing',
    {
      ja: `列が見つかりません：${labels.map(({ ja }) => ja).join('、')}`,
      en: `Columns not found: ${labels.map(({ en }) => en).join(', ')}`,
    },
    fields,
  );
}
