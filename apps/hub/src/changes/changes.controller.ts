import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { changePageSchema, noticePageSchema, type ChangePage, type NoticePage } from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { Notices, noticeCursor } from './notices.js';
import { ChangePages } from './pages.js';

const changesQuerySchema = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  shopId: z.uuid().optional(),
});

const noticesQuerySchema = z.object({
  after: z
    .string()
    .regex(noticeCursor, '前回の応答の next を指定してください。 / Give the `next` of an earlier answer.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  shopId: z.uuid().optional(),
});

@ApiTags('changes')
@ApiBearerAuth()
@Controller()
export class ChangesController {
  constructor(
    @Inject(ChangePages) private readonly pages: ChangePages,
    @Inject(Notices) private readonly notices: Notices,
  ) {}

  @Described(
    'Changes of transactions behind a cursor, in an order that never skips and never repeats',
    changePageSchema,
  )
  @Get('changes')
  changes(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: changesQuerySchema }) query: z.infer<typeof changesQuerySchema>,
  ): Promise<ChangePage> {
    return this.pages.page({ ...query, after: query.after, shopIds: visibleShops(user, query.shopId) });
  }

  @Described('What people had to be told about orders (通知ログ), the newest first', noticePageSchema)
  @Get('notices')
  list(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: noticesQuerySchema }) query: z.infer<typeof noticesQuerySchema>,
  ): Promise<NoticePage> {
    return this.notices.page({ ...query, after: query.after, shopIds: visibleShops(user, query.shopId) });
  }
}
