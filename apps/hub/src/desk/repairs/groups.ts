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

/** States in which a correction, or asking once more, helps. */
const repairable = ['blocked', 'amendment-failed', 'report-failed', 'held'];

/**
 * SQL: every pattern of a transaction `t`, one row each. A word without a meaning is put right on its own page, for all
 * orders at once.
 */
const patternsOf = `(
  select 'problem' as kind, p->>'rule' as name, p->>'field' as field, p->>'npCode' as code
  from json_array_elements(t.facts->'wanted'->'problems') p where p->>'rule' not like 'unmapped-%'
  union select 'problem', p->>'rule', p->>'field', p->>'npCode'
  from json_array_elements(t.facts->'wanted'->'shipmentProblems') p
  where t.state = 'report-failed' and p->>'rule' not like 'unmapped-%'
  union select 'reason', r->>'code', '', r->>'code' from json_array_elements(t.reasons) r
)`;

/** Which patterns hold up how many orders. */
@Injectable()
export class RepairGroups {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** The one with most orders first. Null: every shop. */
  async list(shopIds: readonly string[] | null): Promise<readonly RepairGroup[]> {
    return this.database.query<RepairGroup[]>(
      `select g.kind, g.name, g.field, min(g.code) as code, count(*)::int as orders,
         count(distinct t.shop_id)::int as shops
       from transactions t cross join lateral ${patternsOf} g
       where t.state = any($1) and ($2::uuid[] is null or t.shop_id = any($2))
       group by 1, 2, 3 order by orders desc, 1, 2, 3 limit 200`,
      [repairable, shopIds],
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
       from transactions t join shops s on s.id = t.shop_id
       where t.state = any($1) and ($2::uuid[] is null or t.shop_id = any($2))
         and exists (select 1 from ${patternsOf} g where g.kind = $3 and g.name = $4 and g.field = $5)
         and ($6::timestamptz is null or (t.state_since, t.id) > ($6::timestamptz, $7::uuid))
       order by t.state_since, t.id limit ${limit + 1}`,
      [repairable, shopIds, kind, name, field, at ?? null, id ?? null],
    );
    const shown = rows.slice(0, limit);
    return {
      rows: shown.map((row) => ({ ...row, facts: factsSchema.parse(row.facts) })),
      next: rows.length > limit ? (shown.at(-1)?.since_cursor ?? null) : null,
    };
  }
}
