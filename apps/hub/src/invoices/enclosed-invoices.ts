import { Inject, Injectable } from '@nestjs/common';
import {
  factsSchema,
  invoiceStepSchema,
  orderRules,
  type BulkResults,
  type Clock,
  type InvoicePage,
  type InvoiceStep,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { resultOf } from '../transactions/actions.js';
import { listedColumns, TransactionList, type ListedRow } from '../transactions/list.js';
import { Transactions } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';

/** The report has to be made within so many days of the issue date (E0100126). */
const windowDays = orderRules.invoiceDateWindow.limit;
/** Days before the last one from which an unreported invoice is late, and days for which approved goods may wait for theirs. Assumed. */
const lateDays = 3;

/** SQL: those that the shop encloses its invoices with and has not reported; the words of the index (migration 0013). */
const enclosed = `(t.facts #>> '{wanted,payload,settlementType}') = '03' and t.state in ('approved', 'reporting', 'report-failed')`;
const printed = `(t.facts #>> '{wanted,invoicePrinted}') = 'true'`;
const issuedOn = `(t.facts #>> '{wanted,invoiceIssuedOn}')::date`;
const step = `case when not ${printed} then 'to-print'
  when t.facts #>> '{wanted,shipment}' is null then 'printed' else 'to-report' end`;
/** `$2`: now. */
const today = `($2::timestamptz at time zone 'Asia/Tokyo')::date`;
const late = `case when ${printed} then coalesce(${issuedOn}, (t.state_since at time zone 'Asia/Tokyo')::date)
    <= ${today} - ${windowDays - lateDays}
  else t.state_since <= $2::timestamptz - interval '${lateDays} days' end`;

/** Orders whose invoice the shop prints and encloses: what is to be printed, what has been, and what is late. */
@Injectable()
export class EnclosedInvoices {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One step, the longest waiting first, with the counts of all of the same moment. */
  page(
    user: SignedInUser,
    shopIds: readonly string[] | null,
    query: { readonly step: InvoiceStep; readonly after?: string | undefined; readonly limit: number },
  ): Promise<InvoicePage> {
    const [at, id] = query.after?.split('_') ?? [];
    const now = this.clock.now();
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const counted = await manager.query<{ step: InvoiceStep; orders: number; late: number }[]>(
        `select ${step} as step, count(*)::int as orders, (count(*) filter (where ${late}))::int as late
         from transactions t where ${enclosed} and ($1::uuid[] is null or t.shop_id = any($1)) group by 1`,
        [shopIds, now],
      );
      const rows = await manager.query<
        (ListedRow & { since: Date; cursor: string; issued_on: string | null; report_by: string | null })[]
      >(
        `select ${listedColumns}, t.state_since as since, ${issuedOn}::text as issued_on,
           (${issuedOn} + ${windowDays})::text as report_by,
           to_char(t.state_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || t.id as cursor
         from transactions t join shops s on s.id = t.shop_id
         where ${enclosed} and ($1::uuid[] is null or t.shop_id = any($1))
           and case when $3 = 'late' then ${late} else ${step} = $3 end
           and ($4::timestamptz is null or (t.state_since, t.id) > ($4::timestamptz, $5::uuid))
         order by t.state_since, t.id limit ${query.limit + 1}`,
        [shopIds, now, query.step, at ?? null, id ?? null],
      );
      const shown = rows.slice(0, query.limit);
      return {
        counts: countsOf(counted),
        rows: shown.map((row) => ({
          ...this.list.rowView(user, { ...row, facts: factsSchema.parse(row.facts) }),
          issuedOn: row.issued_on,
          reportBy: row.report_by,
          since: row.since.toISOString(),
        })),
        next: rows.length > query.limit ? (shown.at(-1)?.cursor ?? null) : null,
      };
    });
  }

  /** Marks invoices as printed, with the issue date on them. What somebody may not see is not known to them. */
  async printed(
    user: SignedInUser,
    keys: readonly { readonly shopId: string; readonly id: string }[],
    issued: string | undefined,
  ): Promise<BulkResults> {
    const visible = keys.filter(({ shopId }) => !user.shopIds || user.shopIds.includes(shopId));
    const at = this.clock.now().toISOString();
    const outcomes = await this.transactions.apply(
      visible.map(({ shopId, id }) => ({
        shopId,
        transactionId: id,
        by: user.login,
        event: { type: 'invoice-printed', at, ...(issued === undefined ? {} : { issuedOn: issued }) },
      })),
    );
    const byKey = new Map(visible.map((key, index) => [key, outcomes[index]]));
    return { results: keys.map((key) => resultOf(key, byKey.get(key))) };
  }
}

function countsOf(
  counted: readonly { readonly step: InvoiceStep; readonly orders: number; readonly late: number }[],
): InvoicePage['counts'] {
  const of = (name: InvoiceStep): number =>
    name === 'late'
      ? counted.reduce((sum, each) => sum + each.late, 0)
      : (counted.find((each) => each.step === name)?.orders ?? 0);
  return Object.fromEntries(
    invoiceStepSchema.options.map((name) => [name, of(name)]),
  ) as InvoicePage['counts'];
}
