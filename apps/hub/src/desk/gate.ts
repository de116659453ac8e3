import { Inject, Injectable } from '@nestjs/common';
import { writeTable, type FileEncoding } from '@np-hub/kit';
import { factsSchema, gateOf, type Clock, type GatePage, type GateRow, type ShipGate } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK } from '../tokens.js';
import { tallied } from '../transactions/tallies.js';
import { gateTexts } from './gate-texts.js';

/** What has been stopped for longer than this is not lying in the warehouse to be sent. */
const stoppedForMs = 30 * 86_400_000;
const exportPage = 2_000;

export interface GateQuery {
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
  readonly gate?: ShipGate | undefined;
  /** Shop and order number of the last row known, as `next` gives them. */
  readonly after?: string | undefined;
  readonly limit: number;
}

type StoredGate = Omit<GateRow, 'reason' | 'updatedAt'> & {
  readonly facts: unknown;
  readonly updated_at: Date;
};

/** SQL: goods that may still be in the warehouse. One that has left NP goes by its other payment method. */
const notLeft = `t.state not in ('reported', 'paid', 'reporting', 'cancel-refused-paid', 'released')`;

/** SQL: an order of which the warehouse may still ask. */
const atGate = `${notLeft} and ($1::uuid[] is null or t.shop_id = any($1)) and (t.gate <> 'stop' or t.updated_at > $2)`;

/** Ship, wait or stop, for those who pack: by page, as a file, and for programs with a key. */
@Injectable()
export class ShipGates {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One page by shop and order number, with the counts of the same moment. */
  page(query: GateQuery): Promise<GatePage> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const counts = await manager.query<{ gate: ShipGate; count: number }[]>(
        `select t.gate, sum(t.orders)::int as count from ${tallied} t
         where ${notLeft} and t.gate <> 'stop' and ($1::uuid[] is null or t.shop_id = any($1)) group by 1
         union all select 'stop', count(*)::int from transactions t
         where ${notLeft} and t.gate = 'stop' and ($1::uuid[] is null or t.shop_id = any($1)) and t.updated_at > $2`,
        [query.shopIds, this.stoppedSince()],
      );
      const count = (gate: ShipGate) => counts.find((row) => row.gate === gate)?.count ?? 0;
      // Where there is none, none is looked for.
      const none = query.gate !== undefined && count(query.gate) === 0;
      const rows = none ? [] : await this.rows(manager, query);
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const next = rows.length > query.limit && last ? `${last.shopId}_${last.orderNumber}` : null;
      return { rows: shown, next, counts: { ship: count('ship'), wait: count('wait'), stop: count('stop') } };
    });
  }

  /** The whole list as a CSV file, piece by piece: a hundred thousand orders are never held at once. */
  async *csv(query: Omit<GateQuery, 'after' | 'limit'>, encoding: FileEncoding): AsyncGenerator<Buffer> {
    let after: string | undefined;
    let header: readonly string[] | null = gateTexts.header;
    // Excel takes a file without this mark for cp932.
    if (encoding === 'utf8') yield Buffer.from('\ufeff');
    do {
      const rows = await this.rows(this.database.manager, { ...query, after, limit: exportPage });
      const shown = rows.slice(0, exportPage);
      yield writeTable(encoding, header, shown.map(cellsOf)).bytes;
      header = null;
      const last = shown.at(-1);
      after = rows.length > exportPage && last ? `${last.shopId}_${last.orderNumber}` : undefined;
    } while (after !== undefined);
  }

  /** The keys of the page first, from an index alone: what stopped long ago is passed over there, and never read. */
  private async rows(manager: EntityManager, query: GateQuery): Promise<GateRow[]> {
    const [, shopId = null, orderNumber = null] = /^([^_]*)_(.*)$/su.exec(query.after ?? '') ?? [];
    const rows = await manager.query<StoredGate[]>(
      `select t.shop_id as "shopId", s.name as "shopName", t.id, t.order_number as "orderNumber",
         t.origin_number as "originNumber", t.np_transaction_id as "npTransactionId", t.gate, t.state, t.facts, t.updated_at
       from (
         select t.shop_id, t.order_number from transactions t
         where ${atGate} and ($3::text is null or t.gate = $3)
           and ($4::uuid is null or (t.shop_id, t.order_number) > ($4::uuid, $5::text))
         order by t.shop_id, t.order_number limit ${query.limit + 1}) k
       join transactions t on t.shop_id = k.shop_id and t.order_number = k.order_number
       join shops s on s.id = t.shop_id
       order by t.shop_id, t.order_number`,
      [query.shopIds, this.stoppedSince(), query.gate ?? null, shopId, orderNumber],
    );
    return rows.map(({ facts, updated_at: at, ...row }) => ({
      ...row,
      reason: gateOf(factsSchema.parse(facts)).reason,
      updatedAt: at.toISOString(),
    }));
  }

  private stoppedSince(): Date {
    return new Date(this.clock.now().getTime() - stoppedForMs);
  }
}

const japanMs = 9 * 3_600_000;

const cellsOf = (row: GateRow): readonly string[] => [
  row.shopName,
  row.orderNumber,
  row.originNumber ?? '',
  row.npTransactionId ?? '',
  gateTexts.gates[row.gate],
  gateTexts.reasons[row.reason as keyof typeof gateTexts.reasons] ?? row.reason,
  new Date(Date.parse(row.updatedAt) + japanMs).toISOString().slice(0, 19).replace('T', ' '),
];
