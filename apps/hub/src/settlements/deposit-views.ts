import type { DepositFileView, DepositRowPage, DepositRowView } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { daysOf, missingWhere } from './months.js';

const filesShown = 20;
const pageSize = 200;

type StoredFile = Omit<DepositFileView, 'at' | 'differences' | 'missing'> & {
  readonly at: Date;
  readonly kinds: DepositFileView['differences'] | null;
};

/** Files with their sums: one, or the latest that were taken in. */
export async function depositFiles(
  manager: EntityManager,
  of: { readonly id: string } | { readonly latest: true },
): Promise<readonly DepositFileView[]> {
  const files = await manager.query<StoredFile[]>(
    `select f.id, f.connection_id as "connectionId", f.name, f.at, f.by_login as by, f.state,
       (select s.id from deposit_files s where s.merchant = f.merchant and s.digest = f.digest
          and s.state = 'taken' and s.id <> f.id) as "sameAs",
       f.from_day::text as "fromDay", f.to_day::text as "toDay", k.kinds, s.*
     from (select * from deposit_files where ${'id' in of ? `id = $1 and state <> 'reading'` : `state = 'taken' and $1::uuid is null`}
       order by at desc, id desc limit ${filesShown}) f
     cross join lateral (select count(*)::int as rows, (count(*) filter (where differences = '{}'))::int as agreeing,
       coalesce(sum(total_yen), 0)::float8 as "totalYen", coalesce(sum(fee_yen), 0)::float8 as "feeYen",
       coalesce(sum(tax_yen), 0)::float8 as "taxYen", coalesce(sum(paid_yen), 0)::float8 as "paidYen"
       from deposit_rows where file_id = f.id) s
     cross join lateral (select json_object_agg(c.kind, c.count) as kinds from (
       select kind, count(*)::int as count from deposit_rows r, unnest(r.differences) kind
       where r.file_id = f.id group by kind) c) k
     order by f.at desc, f.id desc`,
    ['id' in of ? of.id : null],
  );
  const views: DepositFileView[] = [];
  for (const { kinds, at, ...file } of files)
    views.push({
      ...file,
      at: at.toISOString(),
      differences: kinds ?? {},
      missing: await missingOf(manager, file),
    });
  return views;
}

/** One count a file that has days, of at most twenty files. */
async function missingOf(
  manager: EntityManager,
  { id, fromDay, toDay }: Pick<DepositFileView, 'id' | 'fromDay' | 'toDay'>,
): Promise<number | null> {
  if (fromDay === null || toDay === null) return null;
  const [row] = await manager.query<{ count: number }[]>(
    `select count(*)::int from billings b where ${missingWhere}`,
    [id, ...daysOf(fromDay, toDay)],
  );
  return row?.count ?? 0;
}

/** The rows of a file by line; `difference`: those with it, `any`: those with some. */
export async function depositRows(
  manager: EntityManager,
  fileId: string,
  { difference, after }: { readonly difference: string | undefined; readonly after: number | undefined },
): Promise<DepositRowPage> {
  const yen = ['total', 'fee', 'tax', 'paid']
    .map((name) => `${name}_yen::float8 as "${name}Yen"`)
    .concat(
      ['total', 'fee', 'tax'].map(
        (name) => `expected_${name}_yen::float8 as "expected${name[0]?.toUpperCase()}${name.slice(1)}Yen"`,
      ),
    );
  const rows = await manager.query<DepositRowView[]>(
    `select line, serial, np_transaction_id as "npTransactionId", shop_transaction_id as "shopTransactionId",
       ${yen.join(', ')}, differences, shop_id as "shopId", transaction_id as "transactionId"
     from deposit_rows where file_id = $1 and line > $2
       and ($3::text is null or $3 = any(differences) or ($3 = 'any' and differences <> '{}'))
     order by line limit ${pageSize + 1}`,
    [fileId, after ?? 0, difference ?? null],
  );
  const shown = rows.slice(0, pageSize);
  return { rows: shown, next: rows.length > pageSize ? String(shown.at(-1)?.line) : null };
}
