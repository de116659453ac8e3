import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { waitingNoticeViewSchema, type WaitingNoticeView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { EveryShop, Roles } from '../accounts/session-guard.js';
import { Described } from '../http/described.js';

const mostShown = 100;

/** Notices that proved themselves and name no transaction that the hub knows. */
@ApiTags('shops')
@Roles('operator')
@EveryShop()
@Controller('connections')
export class WaitingNoticesController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Described(
    'Notices of the gateway that name no known transaction: by their ids a lost registration is found',
    z.array(waitingNoticeViewSchema),
  )
  @Get(':id/notices')
  async list(@Param('id', { schema: z.uuid() }) id: string): Promise<readonly WaitingNoticeView[]> {
    const rows = await this.database.query<
      { about: string; ids: string[]; received_at: Date; seen_at: Date }[]
    >(
      `select about, ids, received_at, seen_at from gateway_notices where connection_id = $1 and sealed is not null
       order by received_at desc limit ${mostShown}`,
      [id],
    );
    return rows.map((row) => ({
      about: row.about as WaitingNoticeView['about'],
      ids: row.ids,
      receivedAt: row.received_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
    }));
  }
}
