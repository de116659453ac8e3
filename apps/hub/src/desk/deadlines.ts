import { Inject, Injectable } from '@nestjs/common';
import { factsSchema, japaneseDay, type Clock, type DeadlineBoard, type DeadlinePage } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { CLOCK } from '../tokens.js';
import { listedColumns, TransactionList, type ListedRow } from '../transactions/list.js';
import { tallied } from '../transactions/tallies.js';

const dayMs = 86_400_000;
/** Midnight in Japan, which has no summer time. */
const beginningOf = (day: string): Date => new Date(`${day}T00:00:00+09:00`);

/** How far the board looks ahead. */
const aheadDays = 14;
/** NP's invoice asks for payment within 14 days of its issue; a reminder follows. Assumed: after 30 days somebody looks. */
const unpaidAfterDays = 30;

/** Enclosed invoices (wiz) that keep approved goods waiting to be printed. */
const toPrint = `t.state = 'approved' and t.gate = 'wait' and t.facts->'wanted'->'payload'->>'settlementType' = '03'
  and t.facts->'wanted'->>'invoicePrinted' = 'false'`;

/**
 * SQL: the orders of one kind whose moment lies from `$2` until before `$3`. Beside the deadlines of the facts: invoices
 * that are not paid some time after the report, and those that wait to be printed. Each goes along an index.
 */
function duesOf(kind: string): string {
  if (kind === 'unpaid') {
    const days = `interval '${unpaidAfterDays} days'`;
    return `select t.state_since + ${days} as at, t.shop_id, t.id, t.state_since as key from transactions t
      where t.state = 'reported' and t.state_since >= $2::timestamptz - ${days} and t.state_since < $3::timestamptz - ${days}`;
  }
  if (kind === 'invoice-print')
    return `select t.state_since as at, t.shop_id, t.id, t.state_since as key from transactions t
      where ${toPrint} and t.state_since >= $2 and t.state_since < $3`;
  return `select t.deadline_at as at, t.shop_id, t.id, t.deadline_at as key from transactions t
    where t.deadline_at >= $2 and t.deadline_at < $3 and t.deadline_kind = $4`;
}

/** SQL: how many orders, and over how much, have their moment on which day in Japan, up to before `$2`. */
const daysOf = `(
  select t.due_kind as kind, t.due_day as day, t.shop_id, t.orders, t.billed_yen from ${tallied} t
    where t.due_day > '-infinity' and t.due_day < $2::date and t.due_kind <> 'checkout-open'
  union all select 'unpaid', t.reported_day + ${unpaidAfterDays}, t.shop_id, t.orders, t.billed_yen from ${tallied} t
    where t.reported_day > '-infinity' and t.reported_day + ${unpaidAfterDays} < $2::date
  union all select 'invoice-print', (t.state_since at time zone 'Asia/Tokyo')::date, t.shop_id, 1, t.billed_yen
    from transactions t where ${toPrint}
)`;

/** What has to be done by when, by day. */
@Injectable()
export class DeadlineBoards {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts by kind and day, and the holds, of one moment. Null: every shop. */
  board(shopIds: readonly string[] | null): Promise<DeadlineBoard> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const days = await manager.query<DeadlineBoard['days']>(
        `select d.kind, case when d.day < $3::date then 'overdue' else to_char(d.day, 'YYYY-MM-DD') end as day,
           sum(d.orders)::int as orders, sum(d.billed_yen)::float8 as "billedYen"
         from ${daysOf} d where ($1::uuid[] is null or d.shop_id = any($1))
         group by 1, 2 having sum(d.orders) > 0 order by 2, 1`,
        [shopIds, japaneseDay(this.end()), japaneseDay(this.clock.now())],
      );
      const [holds] = await manager.query<DeadlineBoard['holds'][]>(
        `select coalesce(sum(t.orders), 0)::int as orders, coalesce(sum(t.billed_yen), 0)::float8 as "billedYen"
         from ${tallied} t
         where t.state = 'held' and ($1::uuid[] is null or t.shop_id = any($1))`,
        [shopIds],
      );
      return {
        today: japaneseDay(this.clock.now()),
        days,
        holds: holds ?? { orders: 0, billedYen: 0 },
      };
    });
  }

  /** The orders of one kind and day, the nearest first. */
  async orders(
    user: SignedInUser,
    shopIds: readonly string[] | null,
    {
      kind,
      day,
      after,
      limit,
    }: {
      readonly kind: string;
      readonly day: string;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<DeadlinePage> {
    const [at, id] = after?.split('_') ?? [];
    const rows = await this.database.query<(ListedRow & { due_at: Date; due_cursor: string })[]>(
      `select ${listedColumns}, d.at as due_at,
         to_char(d.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || d.id as due_cursor
       from (select * from (${duesOf(kind)}) d where ($1::uuid[] is null or d.shop_id = any($1))
           and $4::text is not null and ($5::timestamptz is null or (d.at, d.id) > ($5::timestamptz, $6::uuid))
         order by d.key, d.id limit ${limit + 1}) d
       join transactions t on t.shop_id = d.shop_id and t.id = d.id join shops s on s.id = t.shop_id
       order by d.at, d.id`,
      [shopIds, ...this.spanOf(day), kind, at ?? null, id ?? null],
    );
    const shown = rows.slice(0, limit);
    return {
      rows: shown.map((row) => ({
        ...this.list.rowView(user, { ...row, facts: factsSchema.parse(row.facts) }),
        dueAt: row.due_at.toISOString(),
      })),
      next: rows.length > limit ? (shown.at(-1)?.due_cursor ?? null) : null,
    };
  }

  /** The beginning of today in Japan. */
  private today(): Date {
    return beginningOf(japaneseDay(this.clock.now()));
  }

  /** The end of what the board shows. */
  private end(): Date {
    return new Date(this.today().getTime() + (aheadDays + 1) * dayMs);
  }

  /** The moments from which and until before which a day of the board lasts; one that it does not show has none. */
  private spanOf(day: string): readonly [Date, Date] {
    const today = this.today();
    if (day === 'overdue') return [new Date(0), today];
    const from = beginningOf(day);
    const isShown = from >= today && from < this.end();
    return [from, isShown ? new Date(from.getTime() + dayMs) : from];
  }
}
