import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Condition, Health } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { CLOCK } from '../tokens.js';
import { gatewayOf } from '../shops/connections.js';
import { adapterOf } from '../shops/shops.js';

interface Fare {
  readonly id: string;
  readonly name: string;
  readonly trouble: string | null;
  readonly since: Date | null;
  readonly nextTryAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly tries: number;
  readonly failures: number;
  readonly waiting: number;
  readonly dueAt: Date | null;
  readonly lastError: string | null;
}
type ShopFare = Fare & {
  readonly adapter: string;
  readonly mode: 'draft' | 'live' | 'paused';
  readonly retired: boolean;
  readonly startedAt: Date | null;
};
type ConnectionFare = Fare & { readonly gateway: string; readonly recovery: string | null };

const dayMs = 86_400_000;
/** A cart is asked every ten minutes at the least (timing.ts). */
const lateSeconds = 45 * 60;

/** How every shop and every connection fares: last success, lag, failures, what waits, and why. */
@Injectable()
export class HealthBoard {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async board(shopIds: readonly string[] | null): Promise<Health> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - dayMs);
    const shops = await this.database.query<ShopFare[]>(shopsSql, [shopIds, since, now]);
    const connections = await this.database.query<ConnectionFare[]>(connectionsSql, [shopIds, since, now]);
    return {
      at: now.toISOString(),
      shops: shops.map((row) => {
        const adapter = adapterOf(row.adapter);
        const asked = row.mode === 'live' && adapter.pull !== undefined;
        const lastRead = row.lastSuccessAt ?? row.startedAt;
        const lagSeconds = asked && lastRead ? secondsBetween(lastRead, now) : null;
        return {
          ...fareOf(row, now),
          condition: row.mode === 'live' ? conditionOf(row, lagSeconds) : 'off',
          cart: adapter.label,
          mode: row.mode,
          retired: row.retired,
          lagSeconds,
        };
      }),
      connections: connections.map((row) => ({
        ...fareOf(row, now),
        condition: row.recovery === 'trying' ? 'catching-up' : conditionOf(row, null),
        gateway: gatewayOf(row.gateway).label,
      })),
    };
  }
}

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));

const fareOf = (row: Fare, now: Date) => ({
  id: row.id,
  name: row.name,
  since: row.since?.toISOString() ?? null,
  nextTryAt: row.nextTryAt?.toISOString() ?? null,
  lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
  tries: row.tries,
  failures: row.failures,
  waiting: row.waiting,
  waitingSeconds: row.dueAt ? secondsBetween(row.dueAt, now) : 0,
  lastError: row.lastError,
});

function conditionOf({ trouble, since, tries, failures }: Fare, lagSeconds: number | null): Condition {
  if (trouble?.startsWith('unauthorized')) return 'credentials';
  if (trouble !== null && since !== null) return 'outage';
  if (lagSeconds !== null && lagSeconds > lateSeconds) return 'late';
  return tries > 0 && failures / tries > 0.1 ? 'failing' : 'good';
}

/** Runs by shop are few a day, and indexed; only effects that wait are counted. */
const shopsSql = `
  select s.id, s.name, s.adapter, s.mode, s.retired_at is not null as retired, s.takeover_at as "startedAt",
    s.cart_trouble as trouble, s.cart_trouble_since as since, s.cart_paused_until as "nextTryAt",
    last.at as "lastSuccessAt", coalesce(r.tries, 0) as tries, coalesce(r.failures, 0) as failures,
    e.waiting, e.due as "dueAt", case when s.cart_trouble is null then null else s.cart_trouble end as "lastError"
  from shops s
  left join lateral (select finished_at as at from runs where shop_id = s.id and outcome = 'done'
    order by started_at desc limit 1) last on true
  left join lateral (select count(*)::int as tries,
      count(*) filter (where outcome not in ('done', 'running', 'unfinished', 'interrupted'))::int as failures
    from runs where shop_id = s.id and started_at > $2) r on true
  left join lateral (select count(*)::int as waiting, min(due_at) filter (where due_at <= $3) as due
    from effects where connection_id = s.id and lane = 'word' and token is null) e on true
  where $1::uuid[] is null or s.id = any($1)
  order by s.created_at, s.id`;

const connectionsSql = `
  select c.id, c.name, c.gateway, c.recovery, c.trouble, c.trouble_since as since,
    case when c.recovery = 'down' then c.paused_until end as "nextTryAt",
    last.at as "lastSuccessAt", coalesce(k.tries, 0) as tries, coalesce(k.failures, 0) as failures,
    e.waiting, e.due as "dueAt", c.trouble as "lastError"
  from connections c
  left join lateral (select at from calls where connection_id = c.id and outcome = 'done' and at > $2
    order by at desc limit 1) last on true
  left join lateral (select count(*)::int as tries, count(*) filter (where outcome <> 'done')::int as failures
    from calls where connection_id = c.id and at > $2) k on true
  left join lateral (select count(*)::int as waiting, min(due_at) filter (where due_at <= $3) as due
    from effects where connection_id = c.id and lane = 'write' and token is null) e on true
  where $1::uuid[] is null or exists (select from shops s where s.connection_id = c.id and s.id = any($1))
  order by c.created_at, c.id`;
