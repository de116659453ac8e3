import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Numbering } from '../changes/numbering.js';

const positionsPerRun = 5_000;
const daysPerRun = 100;
const day = (moment: string): string => `(${moment} at time zone 'Asia/Tokyo')::date`;

/**
 * Keeps the figures by day: each change is read once, from the feed, in one database transaction with its place there,
 * and a day whose orders have changed is counted anew. A report then reads days, however many orders there are.
 */
@Injectable()
export class ReportKeeper {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Numbering) private readonly numbering: Numbering,
  ) {}

  async run(): Promise<void> {
    const { last } = await this.numbering.run();
    while (await this.database.transaction((manager) => this.read(manager, last)));
    while (await this.database.transaction((manager) => this.count(manager)));
  }

  private async read(manager: EntityManager, last: bigint): Promise<boolean> {
    const [reader] = await manager.query<{ position: string }[]>(
      `select position from feed_readers where name = 'reports' for update skip locked`,
    );
    if (!reader || BigInt(reader.position) >= last) return false;
    const from = BigInt(reader.position);
    const end = from + BigInt(positionsPerRun);
    const to = end < last ? end : last;
    const range = [from.toString(), to.toString()];
    await manager.query(marksSql, range);
    await manager.query(dirtySql, range);
    await manager.query(codesSql, range);
    await manager.query(`update feed_readers set position = $1 where name = 'reports'`, [to.toString()]);
    return to < last;
  }

  private async count(manager: EntityManager): Promise<boolean> {
    const [days] = await manager.query<[{ shop_id: string; day: string }[], number]>(
      `delete from report_dirty d using (
         select shop_id, day from report_dirty order by shop_id, day limit ${daysPerRun} for update skip locked) n
       where d.shop_id = n.shop_id and d.day = n.day returning d.shop_id, d.day::text as day`,
    );
    if (days.length === 0) return false;
    await manager.query(countSql, [days.map((one) => one.shop_id), days.map((one) => one.day)]);
    return days.length === daysPerRun;
  }
}

const marksSql = `
  insert into report_marks (shop_id, transaction_id, taken_at, approved_at, held_at, rejected_at, blocked_at)
  select shop_id, transaction_id, min(at), min(at) filter (where state = 'approved'),
    min(at) filter (where state = 'held'), min(at) filter (where state = 'rejected'),
    min(at) filter (where state = 'blocked')
  from changes where position > $1 and position <= $2 group by shop_id, transaction_id
  order by shop_id, transaction_id
  on conflict (shop_id, transaction_id) do update set
    approved_at = coalesce(report_marks.approved_at, excluded.approved_at),
    held_at = coalesce(report_marks.held_at, excluded.held_at),
    rejected_at = coalesce(report_marks.rejected_at, excluded.rejected_at),
    blocked_at = coalesce(report_marks.blocked_at, excluded.blocked_at)
  where (report_marks.approved_at is null and excluded.approved_at is not null)
    or (report_marks.held_at is null and excluded.held_at is not null)
    or (report_marks.rejected_at is null and excluded.rejected_at is not null)
    or (report_marks.blocked_at is null and excluded.blocked_at is not null)`;

const dirtySql = `
  insert into report_dirty (shop_id, day)
  select distinct t.shop_id, ${day('t.ordered_at')} from changes c
  join transactions t on t.shop_id = c.shop_id and t.id = c.transaction_id
  where c.position > $1 and c.position <= $2 on conflict do nothing`;

/** What people were told of, by code and by the day on which they were told. */
const codesSql = `
  insert into report_codes (shop_id, day, code, times)
  select c.shop_id, ${day('c.at')}, r.code, count(*)::int from changes c, unnest(c.reasons) r(code)
  where c.position > $1 and c.position <= $2 and c.notice is not null and position(':' in r.code) = 0
  group by 1, 2, 3
  on conflict (shop_id, day, code) do update set times = report_codes.times + excluded.times`;

/** Orders that the hub left alone are none of its business. `large`: from the price list, where a surcharge begins. */
const countSql = `
  insert into report_days (shop_id, day, figures)
  select d.shop_id, d.day, json_build_object(
    'orders', f.orders, 'billedYen', f.billed, 'approved', f.approved, 'held', f.held, 'rejected', f.rejected,
    'blocked', f.blocked, 'reported', f.reported, 'large', f.large, 'cancelled', f.cancelled,
    'approvals', f.approvals, 'approvalSeconds', f.approval_seconds, 'fixes', f.fixes, 'fixSeconds', f.fix_seconds)
  from unnest($1::uuid[], $2::date[]) d(shop_id, day)
  cross join lateral (
    select count(*)::int as orders, coalesce(sum(t.billed_yen), 0)::bigint as billed,
      count(m.approved_at)::int as approved, count(m.held_at)::int as held, count(m.rejected_at)::int as rejected,
      count(m.blocked_at)::int as blocked,
      count(*) filter (where t.state in ('reported', 'paid', 'cancel-refused-paid'))::int as reported,
      count(*) filter (where t.state in ('reported', 'paid', 'cancel-refused-paid') and t.billed_yen >= 50000)::int as large,
      count(*) filter (where t.state = 'cancelled')::int as cancelled,
      count(m.approved_at)::int as approvals,
      coalesce(sum(extract(epoch from m.approved_at - m.taken_at)), 0)::bigint as approval_seconds,
      count(*) filter (where m.approved_at > least(m.held_at, m.blocked_at))::int as fixes,
      coalesce(sum(extract(epoch from m.approved_at - least(m.held_at, m.blocked_at)))
        filter (where m.approved_at > least(m.held_at, m.blocked_at)), 0)::bigint as fix_seconds
    from transactions t
    left join report_marks m on m.shop_id = t.shop_id and m.transaction_id = t.id
    where t.shop_id = d.shop_id and t.ordered_at >= d.day::timestamp at time zone 'Asia/Tokyo'
      and t.ordered_at < (d.day + 1)::timestamp at time zone 'Asia/Tokyo' and t.state <> 'released') f
  on conflict (shop_id, day) do update set figures = excluded.figures`;
