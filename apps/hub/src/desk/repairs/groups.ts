import { Inject, Injectable } from '@nestjs/common';
import { factsSchema, type RepairGroup } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { listedColumns, type ListedRow } from '../../transactions/list.js';

/** One pattern: a rule of the checks at a field, or a code of NP's. */
export interface Pattern {
  readonly kind: RepairGroup['kind'];
  readonly name: string;
  /** Empty for a code. */
  readonly field: string;
}

/**
 * Which patterns hold up how many orders: in the states in which a correction, or asking once more, helps. The database
 * keeps every pattern of such a transaction as one row (migration 0018). A word without a meaning is put right on its own
 * page, for all orders at once.
 */
@Injectable()
export class RepairGroups {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** The one with most orders first. Null: every shop. */
  async list(shopIds: readonly string[] | null): Promise<readonly RepairGroup[]> {
    return this.database.query<RepairGroup[]>(
      `select g.kind, g.name, g.field, min(g.code) as code, count(*)::int as orders,
         count(distinct g.shop_id)::int as shops
       from repair_patterns g where ($1::uuid[] is null or g.shop_id = any($1))
       group by 1, 2, 3 order by orders desc, 1, 2, 3 limit 200`,
      [shopIds],
    );
  }

  /** The orders of a pattern, the oldest first; `after` is the id and state's beginning of the last one known. */
  async orders(
    shopIds: readonly string[] | null,
    { kind, name, field }: Pattern,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<{ readonly rows: readonly ListedRow[]; readonly next: string | null }> {
    const [at, id] = after?.split('_') ?? [];
    const rows = await this.database.query<(ListedRow & { since_cursor: string })[]>(
      `select ${listedColumns},
         to_char(t.state_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || t.id as since_cursor
       from (select g.shop_id, g.id from repair_patterns g
         where g.kind = $2 and g.name = $3 and g.field = $4 and ($1::uuid[] is null or g.shop_id = any($1))
           and ($5::timestamptz is null or (g.state_since, g.id) > ($5::timestamptz, $6::uuid))
         order by g.state_since, g.id limit ${limit + 1}) k
       join transactions t on t.shop_id = k.shop_id and t.id = k.id join shops s on s.id = t.shop_id
       order by t.state_since, t.id`,
      [shopIds, kind, name, field, at ?? null, id ?? null],
    );
    const shown = rows.slice(0, limit);
    return {
      rows: shown.map((row) => ({ ...row, facts: factsSchema.parse(row.facts) })),
      next: rows.length > limit ? (shown.at(-1)?.since_cursor ?? null) : null,
    };
  }
}
