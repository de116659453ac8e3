import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type TroubleView, troubleViewSchema } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';

type Row = Omit<TroubleView, 'since' | 'nextTryAt'> & { since: Date; nextTryAt: Date | null };

/** What calls do not get through to at present, of what one may see. */
@ApiTags('troubles')
@Controller('troubles')
export class TroublesController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Described('Connections and shops that rest because they do not answer', z.array(troubleViewSchema))
  @Get()
  async list(@CurrentUser() user: SignedInUser): Promise<readonly TroubleView[]> {
    const rows = await this.database.query<Row[]>(
      `select 'connection' as kind, c.id, c.name, split_part(c.trouble, ':', 1) as failure, c.trouble_since as since,
         case when c.recovery = 'down' then c.paused_until end as "nextTryAt",
         (select count(*)::int from effects e where e.connection_id = c.id and e.lane = 'write') as waiting
       from connections c where c.trouble is not null and c.trouble_since is not null
         and ($1::uuid[] is null or exists (select 1 from shops s where s.connection_id = c.id and s.id = any($1)))
       union all
       select 'cart', s.id, s.name, split_part(s.cart_trouble, ':', 1), s.cart_trouble_since, s.cart_paused_until,
         (select count(*)::int from effects e where e.connection_id = s.id and e.lane = 'word')
       from shops s where s.cart_trouble is not null and s.mode = 'live' and ($1::uuid[] is null or s.id = any($1))
       order by since, id`,
      [user.shopIds],
    );
    return rows.map((row) => ({
      ...row,
      since: row.since.toISOString(),
      nextTryAt: row.nextTryAt?.toISOString() ?? null,
    }));
  }
}
