import { Inject, Injectable } from '@nestjs/common';
import {
  findingKindSchema,
  findingStateSchema,
  type FindingPage,
  type FindingView,
  type ReconciliationsView,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Runs } from './runs.js';

const cursor = z
  .string()
  .max(100)
  .refine((text) => {
    const [at = '', id, ...more] = text.split('_');
    return more.length === 0 && z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success;
  }, '前回の応答の next を指定してください。 / Give the `next` of an earlier answer.');

export const findingQuerySchema = z.object({
  shopId: z.uuid().optional(),
  state: findingStateSchema.optional(),
  kind: findingKindSchema.optional(),
  runId: z.uuid().optional(),
  after: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindingQuery = z.infer<typeof findingQuerySchema>;

/** A finding as it is stored, with what people know its order by. */
export interface FindingRow {
  readonly id: string;
  readonly shop_id: string;
  readonly shop_name: string;
  readonly transaction_id: string;
  readonly order_number: string;
  readonly run_id: string | null;
  readonly kind: FindingView['kind'];
  readonly attempt: number | null;
  readonly had: string | null;
  readonly shown: string | null;
  readonly state: FindingView['state'];
  readonly event: string | null;
  readonly action: FindingView['action'];
  readonly found_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly resolution: FindingView['resolution'];
  readonly cursor: string;
}

const listed = `select f.*, s.name as shop_name, t.order_number,
    to_char(f.found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || f.id as cursor
  from findings f join shops s on s.id = f.shop_id
  join transactions t on t.shop_id = f.shop_id and t.id = f.transaction_id`;

/** The differences that reconciliations have found, as people see them. */
@Injectable()
export class FindingList {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  /** One page, the newest first. Throws 404 for a foreign shop. */
  async page(user: SignedInUser, query: FindingQuery): Promise<FindingPage> {
    const shopIds = visibleShops(user, query.shopId);
    const [at = null, id = null] = query.after?.split('_') ?? [];
    const rows = await this.database.query<FindingRow[]>(
      `${listed} where ($1::uuid[] is null or f.shop_id = any($1)) and ($2::text is null or f.state = $2)
         and ($3::text is null or f.kind = $3) and ($4::uuid is null or f.run_id = $4)
         and ($5::timestamptz is null or (f.found_at, f.id) < ($5, $6::uuid))
       order by f.found_at desc, f.id desc limit $7`,
      [shopIds, query.state ?? null, query.kind ?? null, query.runId ?? null, at, id, query.limit + 1],
    );
    const shown = rows.slice(0, query.limit);
    const more = rows.length > query.limit;
    return { rows: shown.map(findingViewOf), next: more ? (shown.at(-1)?.cursor ?? null) : null };
  }

  async one(id: string): Promise<FindingRow | null> {
    const [row] = await this.database.query<FindingRow[]>(`${listed} where f.id = $1`, [id]);
    return row ?? null;
  }

  /** What a shop's page begins with. */
  async overview(shopId: string): Promise<ReconciliationsView> {
    const [row] = await this.database.query<{ at: Date | null; open: number }[]>(
      `select case when s.mode = 'live' and coalesce(s.policies ->> 'reconcileNightly', 'true') = 'true'
           then s.reconcile_at end as at,
         (select count(*)::int from findings f where f.shop_id = s.id and f.state = 'open') as open
       from shops s where s.id = $1`,
      [shopId],
    );
    return {
      runs: await this.runs.list(shopId),
      nextAt: row?.at?.toISOString() ?? null,
      open: row?.open ?? 0,
    };
  }
}

export const findingViewOf = (row: FindingRow): FindingView => ({
  id: row.id,
  shopId: row.shop_id,
  shopName: row.shop_name,
  transactionId: row.transaction_id,
  orderNumber: row.order_number,
  runId: row.run_id,
  kind: row.kind,
  attempt: row.attempt,
  had: row.had,
  shown: row.shown,
  state: row.state,
  event: row.event,
  action: row.action,
  foundAt: row.found_at.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
  resolvedBy: row.resolved_by,
  resolution: row.resolution,
});
