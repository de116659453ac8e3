import { Inject, Injectable } from '@nestjs/common';
import type { NoticeKind, NoticePage, State } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { noticeText } from './notice-texts.js';

interface StoredNotice {
  readonly place: string;
  readonly at: Date;
  readonly shop_id: string;
  readonly shop_name: string;
  readonly order_number: string;
  readonly transaction_id: string;
  readonly state: State;
  readonly notice: NoticeKind;
  readonly reasons: string[];
}

/** A cursor of ours: the time to the microsecond, and the sequence. Anything else fails the zod schema beside the route. */
export const noticeCursor = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(\d{1,18})$/u;

/** 通知ログ: what people had to be told about orders, the newest first. */
@Injectable()
export class Notices {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** One page; `shopIds` null is every shop. */
  async page(query: {
    readonly after: string | undefined;
    readonly limit: number;
    readonly shopIds: readonly string[] | null;
  }): Promise<NoticePage> {
    const [, at, sequence] = noticeCursor.exec(query.after ?? '') ?? [];
    const rows = await this.database.query<StoredNotice[]>(
      `select to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || c.sequence as place, c.at,
         c.shop_id, s.name as shop_name, c.order_number, c.transaction_id, c.state, c.notice, c.reasons
       from changes c join shops s on s.id = c.shop_id
       where c.notice is not null and ($1::uuid[] is null or c.shop_id = any($1))
         and ($2::timestamptz is null or (c.at, c.sequence) < ($2::timestamptz, $3::bigint))
       order by c.at desc, c.sequence desc limit $4`,
      [query.shopIds, at ?? null, sequence ?? null, query.limit + 1],
    );
    const shown = rows.slice(0, query.limit);
    return {
      rows: shown.map((row) => ({
        id: row.place,
        at: row.at.toISOString(),
        shopId: row.shop_id,
        shopName: row.shop_name,
        orderNumber: row.order_number,
        transactionId: row.transaction_id,
        kind: row.notice,
        text: noticeText(row.notice, row.state, row.reasons),
      })),
      next: rows.length > query.limit ? (shown.at(-1)?.place ?? null) : null,
    };
  }
}
