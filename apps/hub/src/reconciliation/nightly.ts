import { Inject, Injectable } from '@nestjs/common';
import { japaneseDay, policiesSchema, type Clock, type IdSource, type ShopPolicies } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { CLOCK, IDS } from '../tokens.js';

interface Due {
  readonly id: string;
  readonly policies: unknown;
  readonly reconcile_at: Date | null;
}

const batch = 200;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The next nightly moment of a shop: its hour in Japan, and within it a minute of its own, so that shops are spread. */
export function nextNight(shopId: string, { reconcileHour }: ShopPolicies, after: Date): Date {
  const minute = Number.parseInt(shopId.replaceAll('-', '').slice(0, 8), 16) % 60;
  const clock = `${String(reconcileHour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const today = new Date(`${japaneseDay(after)}T${clock}:00+09:00`);
  return today > after ? today : new Date(today.getTime() + dayMs);
}

/** Asks for the nightly reconciliations. One query over an index finds the shops whose time has come. */
@Injectable()
export class Nightly {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Asks where it is time, and works out the next time; safe with any number of hubs. A missed night is made up for. */
  async ask(): Promise<void> {
    for (let count = batch; count === batch;) count = await this.askSome();
  }

  private askSome(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (manager) => {
      const shops = await manager.query<Due[]>(
        `select id, policies, reconcile_at from shops
         where mode = 'live' and (reconcile_at is null or reconcile_at <= $1)
         order by reconcile_at nulls first limit ${batch} for update skip locked`,
        [now],
      );
      if (shops.length === 0) return 0;
      const nights = shops.map(({ id, policies, reconcile_at: at }) => {
        const read = policiesSchema.parse(policies);
        const isWanted = at !== null && read.reconcileNightly;
        return { shop_id: id, at: nextNight(id, read, now), run_id: isWanted ? this.ids.next() : null };
      });
      const columns = { shop_id: 'uuid', at: 'timestamptz', run_id: 'uuid' } as const;
      const next = unnestRows(columns, nights);
      await manager.query(
        `update shops s set reconcile_at = n.at from ${next.sql} n where s.id = n.shop_id`,
        next.parameters,
      );
      const wanted = unnestRows(columns, nights, 2);
      await manager.query(
        `insert into reconciliations (id, shop_id, asked_at, next_at)
         select n.run_id, n.shop_id, $1, $1 from ${wanted.sql} n where n.run_id is not null
         on conflict (shop_id) where finished_at is null do nothing`,
        [now, ...wanted.parameters],
      );
      return shops.length;
    });
  }
}
