import { Inject, Injectable } from '@nestjs/common';
import { expectedFees, type Report, type ReportFigures } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { titleOf } from '../changes/pages.js';
import { Connections } from '../shops/connections.js';
import { adapterOf } from '../shops/shops.js';

/** Sums, from which means and shares follow. */
interface Sums {
  orders: number;
  billedYen: number;
  approved: number;
  held: number;
  rejected: number;
  blocked: number;
  reported: number;
  large: number;
  cancelled: number;
  approvals: number;
  approvalSeconds: number;
  fixes: number;
  fixSeconds: number;
}

interface DayRow {
  readonly day: string;
  readonly shop_id: string;
  readonly name: string;
  readonly adapter: string;
  readonly connection_id: string;
  readonly figures: Sums;
}

const mostCodes = 20;

/** What a range of days came to, out of the figures by day. */
@Injectable()
export class Reports {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /** Both days belong to it; `shopIds` null is every shop. */
  async report(range: { from: string; to: string }, shopIds: readonly string[] | null): Promise<Report> {
    const rows = await this.database.query<DayRow[]>(
      `select d.day::text as day, d.shop_id, s.name, s.adapter, s.connection_id, d.figures
       from report_days d join shops s on s.id = d.shop_id
       where d.day between $1 and $2 and ($3::uuid[] is null or d.shop_id = any($3)) order by d.day`,
      [range.from, range.to, shopIds],
    );
    const codes = await this.database.query<{ code: string; times: number }[]>(
      `select code, sum(times)::int as times from report_codes
       where day between $1 and $2 and ($3::uuid[] is null or shop_id = any($3))
       group by code order by times desc, code limit ${mostCodes}`,
      [range.from, range.to, shopIds],
    );
    return {
      ...range,
      total: figuresOf(rows),
      days: grouped(rows, ({ day }) => day).map(([day, some]) => ({ day, figures: figuresOf(some) })),
      shops: grouped(rows, ({ shop_id: id }) => id).map(([id, some]) => ({
        id,
        name: some[0]?.name ?? id,
        figures: figuresOf(some),
      })),
      carts: grouped(rows, ({ adapter }) => adapter).map(([id, some]) => ({
        id,
        label: adapterOf(id).label,
        figures: figuresOf(some),
      })),
      codes: codes.map(({ code, times }) => ({ code, title: titleOf(code), times })),
      fees: await this.fees(rows),
    };
  }

  /** By what the shop's own connection takes; a range, as nobody knows where a buyer will pay. */
  private async fees(rows: readonly DayRow[]): Promise<Report['fees']> {
    const terms = await this.connections.termsOf(rows.map(({ connection_id: id }) => id));
    return grouped(rows, ({ day }) => day.slice(0, 7)).flatMap(([month, some]) => {
      const parts = some.flatMap(({ connection_id: id, figures: { reported, large } }) => {
        const of = terms.get(id);
        const fees = of && expectedFees(of, Number.MAX_SAFE_INTEGER);
        if (!fees) return [];
        const { convenienceStoreYen = 0, japanPostYen = 0 } = fees.surcharge ?? {};
        const base = reported * fees.transactionYen;
        return [
          {
            reported,
            low: base + large * Math.min(convenienceStoreYen, japanPostYen),
            high: base + large * Math.max(convenienceStoreYen, japanPostYen),
          },
        ];
      });
      if (parts.length === 0) return [];
      const sum = (of: (part: (typeof parts)[number]) => number): number =>
        parts.reduce((total, part) => total + of(part), 0);
      return [
        {
          month,
          reported: sum(({ reported }) => reported),
          lowYen: sum(({ low }) => low),
          highYen: sum(({ high }) => high),
        },
      ];
    });
  }
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups];
}

function figuresOf(rows: readonly DayRow[]): ReportFigures {
  const sum = (name: keyof Sums): number =>
    rows.reduce((total, { figures }) => total + Number(figures[name]), 0);
  const mean = (seconds: number, count: number): number | null =>
    count === 0 ? null : Math.round(seconds / count);
  return {
    orders: sum('orders'),
    billedYen: sum('billedYen'),
    approved: sum('approved'),
    held: sum('held'),
    rejected: sum('rejected'),
    blocked: sum('blocked'),
    reported: sum('reported'),
    cancelled: sum('cancelled'),
    approvalSeconds: mean(sum('approvalSeconds'), sum('approvals')),
    fixSeconds: mean(sum('fixSeconds'), sum('fixes')),
  };
}
