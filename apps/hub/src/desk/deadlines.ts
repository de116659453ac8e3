import { Inject, Injectable } from '@nestjs/common';
import { factsSchema, japaneseDay, type Clock, type DeadlineBoard, type DeadlinePage } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { CLOCK } from '../tokens.js';
import { listedColumns, TransactionList, type ListedRow } from '../transactions/list.js';

/** How far the board looks ahead. */
const aheadDays = 14;
/** NP's invoice asks for payment within 14 days of its issue; a reminder follows. Assumed: after 30 days somebody looks. */
const unpaidAfterDays = 30;

/**
 * SQL: everything with a moment, as `kind`, `at`, `shop_id`, `id`. Beside the deadlines of the facts: invoices that are
 * not paid some time after the report, and enclosed invoices (wiz) that keep approved goods waiting to be printed.
 */
const dues = `(
  select t.deadline_kind as kind, t.deadline_at as at, t.shop_id, t.id, t.billed_yen from transactions t
    where t.deadline_at is not null and t.deadline_at < $2 and t.deadline_kind <> 'checkout-open'
  union all select 'unpaid', t.state_since + interval '${unpaidAfterDays} days', t.shop_id, t.id, t.billed_yen
    from transactions t where t.state = 'reported' and t.state_since < $2::timestamptz - interval '${unpaidAfterDays} days'
  union all select 'invoice-print', t.state_since, t.shop_id, t.id, t.billed_yen from transactions t
    where t.state = 'approved' and t.gate = 'wait' and t.facts->'wanted'->'payload'->>'settlementType' = '03'
      and t.facts->'wanted'->>'invoicePrinted' = 'false'
)`;

/** SQL: the day in Japan, or that it has passed. `$3`: the beginning of today. */
const dayOf = `case when d.at < $3 then 'overdue' else to_char(d.at at time zone 'Asia/Tokyo', 'YYYY-MM-DD') end`;

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
        `select d.kind, ${dayOf} as day, count(*)::int as orders, sum(d.billed_yen)::float8 as "billedYen"
         from ${dues} d where ($1::uuid[] is null or d.shop_id = any($1)) group by 1, 2 order by 2, 1`,
        this.parameters(shopIds),
      );
      const [holds] = await manager.query<DeadlineBoard['holds'][]>(
        `select count(*)::int as orders, coalesce(sum(t.billed_yen), 0)::float8 as "billedYen" from transactions t
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
       from (select * from ${dues} d where ($1::uuid[] is null or d.shop_id = any($1)) and d.kind = $4 and ${dayOf} = $5
           and ($6::timestamptz is null or (d.at, d.id) > ($6::timestamptz, $7::uuid))
         order by d.at, d.id limit ${limit + 1}) d
       join transactions t on t.shop_id = d.shop_id and t.id = d.id join shops s on s.id = t.shop_id
       order by d.at, d.id`,
      [...this.parameters(shopIds), kind, day, at ?? null, id ?? null],
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

  /** The shops, the end of what the board shows, and the beginning of today in Japan. */
  private parameters(shopIds: readonly string[] | null): unknown[] {
    const today = new Date(`${japaneseDay(this.clock.now())}T00:00:00+09:00`);
    return [shopIds, new Date(today.getTime() + (aheadDays + 1) * 86_400_000), today];
  }
}
