import { Inject, Injectable } from '@nestjs/common';
import {
  factsSchema,
  inboxForSchema,
  inboxShowSchema,
  type Clock,
  type InboxFor,
  type InboxPage,
  type InboxRow,
  type InboxShow,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { CLOCK } from '../tokens.js';
import { cursorSchema, listedColumns, TransactionList, type ListedRow } from '../transactions/list.js';
import { tallied } from '../transactions/tallies.js';
import { isOpenAt, needsSomebody, showOf, turnOf } from './situation.js';

export const inboxQuerySchema = z.object({
  for: inboxForSchema.optional(),
  show: inboxShowSchema.default('open'),
  shopId: z.uuid().optional(),
  /** A login, `me`, or `nobody`. */
  assignee: z.string().max(100).optional(),
  /** By age (the longest first) or by deadline (the nearest first). */
  sort: z.enum(['age', 'deadline']).default('age'),
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type InboxQuery = z.infer<typeof inboxQuerySchema>;

interface CountRow {
  readonly turn: InboxFor;
  readonly show: InboxShow;
  readonly whose: 'mine' | 'nobody' | 'asked' | 'other';
  readonly count: number;
}

interface MarkedRow extends ListedRow {
  readonly turn: InboxFor;
  readonly show: InboxShow;
  readonly assignee: string | null;
  readonly snoozed_until: Date | null;
  readonly done_at: Date | null;
  readonly notes: number;
  readonly sort_cursor: string;
}

/** A day that no deadline reaches: what has none comes last. */
const noDeadline = '9999-12-31T00:00:00Z';
const sortKeys = {
  age: 't.state_since',
  deadline: `coalesce(t.deadline_at, '${noDeadline}'::timestamptz)`,
} as const;

/** What needs a person now, over every shop that one may see. */
@Injectable()
export class Inbox {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One page and all counts of one and the same moment: they can never disagree. */
  page(user: SignedInUser, query: InboxQuery): Promise<InboxPage> {
    const shops = visibleShops(user, query.shopId);
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const counts = await this.counts(manager, { user, query, shops });
      const rows = await this.rows(manager, { user, query, shops });
      const shown = rows.slice(0, query.limit);
      const next = rows.length > query.limit ? (shown.at(-1)?.sort_cursor ?? null) : null;
      return { rows: shown.map((row) => this.viewOf(user, row)), next, counts: countsOf(counts, query) };
    });
  }

  /** What nobody has marked is what the tallies have beyond the marks, which are few: their orders are looked at. */
  private counts(manager: EntityManager, { user, query, shops }: Asked): Promise<CountRow[]> {
    return manager.query<CountRow[]>(
      `with marked as (
         select t.actor, ${turnOf} as turn, ${showOf('$1')} as show,
           case when m.assignee = $2 then 'mine' when m.assignee is null then 'nobody'
             when m.assignee = $3 then 'asked' else 'other' end as whose
         from desk_marks m join transactions t on t.shop_id = m.shop_id and t.id = m.transaction_id
         where ${needsSomebody} and ($4::uuid[] is null or t.shop_id = any($4))),
       all_of as (
         select t.actor, ${turnOf} as turn, sum(t.orders) as count from ${tallied} t
         where ${needsSomebody} and ($4::uuid[] is null or t.shop_id = any($4)) group by 1 having sum(t.orders) > 0)
       select turn, show, whose, count(*)::int as count from marked group by 1, 2, 3
       union all select a.turn, 'open', 'nobody',
         (a.count - (select count(*) from marked m where m.actor = a.actor))::int from all_of a`,
      [this.clock.now(), user.login, query.assignee ?? null, shops],
    );
  }

  /** The keys of the page first, in the order of an index: what is wide is fetched for them alone. */
  private rows(manager: EntityManager, { user, query, shops }: Asked): Promise<MarkedRow[]> {
    const { assignee, show } = query;
    const [at, id] = query.after?.split('_') ?? [];
    const key = sortKeys[query.sort];
    const shown = `${showOf('$1')} = $4`;
    const marked = {
      open: `${isOpenAt('$1')} and $4 = 'open'`,
      snoozed: `m.snoozed_until is not null and ${shown}`,
      done: `m.done_at is not null and ${shown}`,
    };
    return manager.query<MarkedRow[]>(
      `select ${listedColumns}, ${turnOf} as turn, k.show, m.assignee, m.snoozed_until, m.done_at,
         to_char(k.key at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || t.id as sort_cursor,
         (select count(*)::int from desk_entries e
          where e.shop_id = t.shop_id and e.transaction_id = t.id and e.kind = 'note') as notes
       from (
         select t.shop_id, t.id, ${key} as key, ${showOf('$1')} as show
         from transactions t left join desk_marks m on m.shop_id = t.shop_id and m.transaction_id = t.id
         where ${needsSomebody} and ($2::uuid[] is null or t.shop_id = any($2))
           and ($3::text is null or t.actor = $3) and ${marked[show]}
           and (not $5::boolean or m.assignee is null) and ($6::text is null or m.assignee = $6)
           and ($7::timestamptz is null or (${key}, t.id) > ($7::timestamptz, $8::uuid))
         order by ${key}, t.id limit ${query.limit + 1}) k
       join transactions t on t.shop_id = k.shop_id and t.id = k.id join shops s on s.id = t.shop_id
       left join desk_marks m on m.shop_id = t.shop_id and m.transaction_id = t.id
       order by k.key, t.id`,
      [
        this.clock.now(),
        shops,
        query.for ? actors[query.for] : null,
        show,
        assignee === 'nobody',
        assignee === 'me' ? user.login : assignee === 'nobody' ? null : (assignee ?? null),
        at ?? null,
        id ?? null,
      ],
    );
  }

  private viewOf(user: SignedInUser, row: MarkedRow): InboxRow {
    return {
      ...this.list.rowView(user, { ...row, facts: factsSchema.parse(row.facts) }),
      for: row.turn,
      stateSince: row.state_since.toISOString(),
      mark: {
        assignee: row.assignee,
        snoozedUntil: row.show === 'snoozed' ? (row.snoozed_until?.toISOString() ?? null) : null,
        doneAt: row.show === 'done' ? (row.done_at?.toISOString() ?? null) : null,
      },
      notes: row.notes,
    };
  }
}

interface Asked {
  readonly user: SignedInUser;
  readonly query: InboxQuery;
  /** Null: every shop. */
  readonly shops: readonly string[] | null;
}

const actors: Readonly<Record<InboxFor, string>> = {
  buyer: 'buyer',
  shop: 'shop',
  wait: 'np',
  hopeless: 'nobody',
};

/** Each count under the filters beside its own, so that it says what a press on it will show. */
function countsOf(rows: readonly CountRow[], query: InboxQuery): InboxPage['counts'] {
  const sum = (fits: (row: CountRow) => boolean): number =>
    rows.filter(fits).reduce((total, { count }) => total + count, 0);
  const whose = { me: 'mine', nobody: 'nobody' }[query.assignee ?? ''] ?? 'asked';
  const byWhose = (row: CountRow) => query.assignee === undefined || row.whose === whose;
  const byShow = (row: CountRow) => row.show === query.show;
  const byTurn = (row: CountRow) => query.for === undefined || row.turn === query.for;
  const turn = (name: InboxFor) => sum((row) => row.turn === name && byShow(row) && byWhose(row));
  const show = (name: InboxShow) => sum((row) => row.show === name && byTurn(row) && byWhose(row));
  return {
    for: { buyer: turn('buyer'), shop: turn('shop'), wait: turn('wait'), hopeless: turn('hopeless') },
    show: { open: show('open'), snoozed: show('snoozed'), done: show('done') },
    mine: sum((row) => row.whose === 'mine' && byShow(row) && byTurn(row)),
    unassigned: sum((row) => row.whose === 'nobody' && byShow(row) && byTurn(row)),
  };
}
