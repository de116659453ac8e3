import { Inject, Injectable } from '@nestjs/common';
import { writeTable, type FileEncoding } from '@np-hub/kit';
import {
  billingViewSchema,
  type BillingPage,
  type BillingView,
  type MonthSummary,
  type MonthView,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { ContractFeeBook, pricedBillings } from './contract-fees.js';

const pageSize = 100;
const fileBatch = 2_000;
const byteOrderMark = '\uFEFF';

/** SQL of what is shown of a priced billing `p`, with what deposit files have paid for it. */
const shown = `p.shop_id as "shopId", p.transaction_id as "transactionId", p.attempt, p.order_number as "orderNumber",
  p.shop_transaction_id as "shopTransactionId", p.np_transaction_id as "npTransactionId",
  p.reported_on::text as "reportedOn", p.cancelled_on::text as "cancelledOn", p.billed_yen::float8 as "billedYen",
  p.fee_yen::float8 as "feeYen", p.tax_yen::float8 as "taxYen", p.payout_yen::float8 as "payoutYen",
  case when p.paid_seen_at is not null then 'paid' else p.payment_status end as payment, p.paid_on::text as "paidOn",
  (case when p.refund_due then coalesce(p.billed_yen, 0) else 0 end)::float8 as "refundYen",
  d.paid_yen::float8 as "depositedYen",
  to_char(p.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || p.transaction_id || '_' || p.attempt as cursor`;

const depositedOf = `left join lateral (
  select sum(r.paid_yen) as paid_yen from deposit_rows r join deposit_files f on f.id = r.file_id
  where f.state = 'taken' and r.shop_id = p.shop_id and r.transaction_id = p.transaction_id and r.attempt = p.attempt
) d on true`;

type Row = BillingView & { readonly attempt: number; readonly cursor: string };

/** A row without what only the database needs. */
const viewOfBilling = (row: Row): BillingView => billingViewSchema.parse(row);

/** The first moment of a month in Japan, and of the next one. */
function monthEnds(month: string): readonly [string, string] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return [`${month}-01T00:00:00+09:00`, `${next}-01T00:00:00+09:00`];
}

/** A shop's month at NP: what was billed, what it costs, what is to be paid out, and what buyers have paid. */
@Injectable()
export class Months {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ContractFeeBook) private readonly fees: ContractFeeBook,
  ) {}

  /** The sums of a month, and a page of its transactions in the order of their reports. */
  async view(shopId: string, month: string, after: string | undefined): Promise<MonthView> {
    const { rows, next } = await this.page(shopId, month, { after, limit: pageSize });
    return { summary: await this.summary(shopId, month), rows: rows.map(viewOfBilling), next };
  }

  /** The whole month as CSV, a few thousand lines at a time; the sums are its last line. */
  async *file(shopId: string, month: string, encoding: FileEncoding): AsyncGenerator<Buffer> {
    if (encoding === 'utf8') yield Buffer.from(byteOrderMark);
    yield writeTable(encoding, header, []).bytes;
    let after: string | undefined;
    for (;;) {
      const { rows, next } = await this.page(shopId, month, { after, limit: fileBatch });
      if (rows.length > 0) yield writeTable(encoding, null, rows.map(cellsOf)).bytes;
      if (next === null) break;
      after = next;
    }
    yield writeTable(encoding, null, [sumCells(await this.summary(shopId, month))]).bytes;
  }

  /** Billings of a file's connection that were reported in its days, and that neither it nor one that was taken in names. */
  async missing(
    of: { readonly fileId: string; readonly fromDay: string; readonly toDay: string },
    after: string | undefined,
  ): Promise<BillingPage> {
    const [at, id, attempt] = after?.split('_') ?? [];
    const rows = await this.read(
      `${missingWhere} and ($4::timestamptz is null
         or (b.reported_at, b.transaction_id, b.attempt) > ($4::timestamptz, $5::uuid, $6::int))`,
      [of.fileId, ...daysOf(of.fromDay, of.toDay), at ?? null, id ?? null, attempt ?? null, pageSize + 1],
    );
    const page = rows.slice(0, pageSize);
    return {
      rows: page.map(viewOfBilling),
      next: rows.length > pageSize ? (page.at(-1)?.cursor ?? null) : null,
    };
  }

  private async page(
    shopId: string,
    month: string,
    { after, limit }: { readonly after: string | undefined; readonly limit: number },
  ): Promise<{ readonly rows: readonly Row[]; readonly next: string | null }> {
    const [at, id, attempt] = after?.split('_') ?? [];
    const rows = await this.read(
      `b.shop_id = $1 and b.reported_at >= $2 and b.reported_at < $3 and ($4::timestamptz is null
         or (b.reported_at, b.transaction_id, b.attempt) > ($4::timestamptz, $5::uuid, $6::int))`,
      [shopId, ...monthEnds(month), at ?? null, id ?? null, attempt ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.cursor ?? null) : null };
  }

  /** `where` uses $1 to $6; $7 is how many. */
  private async read(where: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    const priced = pricedBillings(await this.fees.list(null), where, 8);
    return this.database.query<Row[]>(
      `select ${shown} from ${priced.sql} p ${depositedOf}
       order by p.reported_at, p.transaction_id, p.attempt limit $7`,
      [...parameters, ...priced.parameters],
    );
  }

  private async summary(shopId: string, month: string): Promise<MonthSummary> {
    const priced = pricedBillings(
      await this.fees.list(null),
      'b.shop_id = $1 and b.reported_at >= $2 and b.reported_at < $3',
      4,
    );
    const paid = `(p.paid_seen_at is not null or p.payment_status = 'paid')`;
    const sum = (what: string, name: string, where = 'true') =>
      `coalesce(sum(${what}) filter (where ${where}), 0)::float8 as "${name}"`;
    const count = (where: string, name: string) => `count(*) filter (where ${where})::int as "${name}"`;
    const [row] = await this.database.query<Omit<MonthSummary, 'shopId' | 'month'>[]>(
      `select count(*)::int as transactions, ${[
        sum('p.billed_yen', 'billedYen', 'p.cancelled_at is null'),
        sum('p.fee_yen', 'feeYen'),
        sum('p.tax_yen', 'taxYen'),
        sum('p.payout_yen', 'payoutYen'),
        count('p.fee_yen is null', 'unpriced'),
        count(paid, 'paid'),
        sum('p.billed_yen', 'paidYen', paid),
        count(`p.payment_status = 'undisclosed' and p.paid_seen_at is null`, 'undisclosed'),
        count('p.cancelled_at is not null', 'cancelled'),
        count('p.refund_due', 'refunds'),
        sum('p.billed_yen', 'refundYen', 'p.refund_due'),
        count('d.paid_yen is not null', 'deposited'),
        sum('d.paid_yen', 'depositedYen'),
      ].join(', ')} from ${priced.sql} p ${depositedOf}`,
      [shopId, ...monthEnds(month), ...priced.parameters],
    );
    return { shopId, month, ...(row ?? emptySums) };
  }
}

/** SQL: reported in the days `$2` to `$3`, not cancelled, and neither in the file `$1` nor in one that was taken in. */
export const missingWhere = `b.connection_id = (select connection_id from deposit_files where id = $1)
  and b.reported_at >= $2 and b.reported_at < $3 and b.cancelled_at is null and not exists (
  select 1 from deposit_rows r join deposit_files f on f.id = r.file_id and (f.state = 'taken' or f.id = $1)
  where r.shop_id = b.shop_id and r.transaction_id = b.transaction_id and r.attempt = b.attempt)`;

/** The moments between which these days of Japan lie. */
export const daysOf = (fromDay: string, toDay: string): readonly [Date, Date] => [
  new Date(`${fromDay}T00:00:00+09:00`),
  new Date(Date.parse(`${toDay}T00:00:00+09:00`) + 86_400_000),
];

const emptySums = {
  transactions: 0,
  billedYen: 0,
  feeYen: 0,
  taxYen: 0,
  payoutYen: 0,
  unpriced: 0,
  paid: 0,
  paidYen: 0,
  undisclosed: 0,
  cancelled: 0,
  refunds: 0,
  refundYen: 0,
  deposited: 0,
  depositedYen: 0,
};

const header = [
  '注文番号',
  '加盟店取引ID',
  'NP取引ID',
  '出荷報告日',
  '取消日',
  '取引総額',
  'NP手数料(税抜)',
  'NP手数料消費税',
  '入金予定額',
  '購入者の支払い',
  '購入者の支払日',
  '店舗からの返金額',
  '入金済み額',
];

const paymentWords = {
  unpaid: '未払い',
  paid: '支払い済み',
  undisclosed: '不明',
  unknown: '不明な値',
} as const;
const figure = (value: number | null): string => (value === null ? '' : String(value));

const cellsOf = (row: Row): readonly string[] => [
  row.orderNumber,
  row.shopTransactionId,
  row.npTransactionId ?? '',
  row.reportedOn,
  row.cancelledOn ?? '',
  figure(row.billedYen),
  figure(row.feeYen),
  figure(row.taxYen),
  figure(row.payoutYen),
  row.payment ? paymentWords[row.payment] : '',
  row.paidOn ?? '',
  figure(row.refundYen),
  figure(row.depositedYen),
];

const sumCells = (sums: MonthSummary): readonly string[] => [
  '合計',
  `${sums.transactions}件`,
  '',
  sums.month,
  `${sums.cancelled}件`,
  ...[sums.billedYen, sums.feeYen, sums.taxYen, sums.payoutYen].map(String),
  `${sums.paid}件`,
  '',
  ...[sums.refundYen, sums.depositedYen].map(String),
];
