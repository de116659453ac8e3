import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  deadlineBoardSchema,
  deadlinePageSchema,
  type DeadlineBoard,
  type DeadlinePage,
} from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { cursorSchema } from '../transactions/list.js';
import { DeadlineBoards } from './deadlines.js';

const shopSchema = z.object({ shopId: z.uuid().optional() });
const ordersSchema = shopSchema.extend({
  kind: z.string().regex(/^[a-z-]{1,40}$/u),
  day: z.union([z.iso.date(), z.literal('overdue')]),
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The deadline board. */
@ApiTags('desk')
@Controller('deadlines')
export class DeadlinesController {
  constructor(@Inject(DeadlineBoards) private readonly boards: DeadlineBoards) {}

  @Described('What is due by when: counts by kind and day in Japan', deadlineBoardSchema)
  @Get()
  board(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
  ): Promise<DeadlineBoard> {
    return this.boards.board(visibleShops(user, shopId));
  }

  @Described('The orders of one kind of deadline and one day', deadlinePageSchema)
  @Get('orders')
  orders(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: ordersSchema }) { shopId, ...query }: z.infer<typeof ordersSchema>,
  ): Promise<DeadlinePage> {
    return this.boards.orders(user, visibleShops(user, shopId), query);
  }
}
