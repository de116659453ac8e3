import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  repairGroupSchema,
  repairPageSchema,
  repairResultSchema,
  repairKindSchema,
  type RepairGroup,
  type RepairPage,
  type RepairResult,
} from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../../accounts/scope.js';
import { CurrentUser, Roles } from '../../accounts/session-guard.js';
import type { SignedInUser } from '../../accounts/sessions.js';
import { Described } from '../../http/described.js';
import { cursorSchema } from '../../transactions/list.js';
import { RepairGroups } from './groups.js';
import { applySchema, Repairs } from './repairs.js';

const shopSchema = z.object({ shopId: z.uuid().optional() });
const ordersSchema = shopSchema.extend({
  kind: repairKindSchema,
  name: z.string().min(1).max(100),
  field: z.string().max(100).default(''),
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

const resultsSchema = z.object({ results: z.array(repairResultSchema) });

/** Repairs of many orders at once. For support: proposals show what stands in the orders. */
@ApiTags('desk')
@Roles('support')
@Controller('repairs')
export class RepairsController {
  constructor(
    @Inject(RepairGroups) private readonly groups: RepairGroups,
    @Inject(Repairs) private readonly repairs: Repairs,
  ) {}

  @Described('Patterns that hold orders up, the one with most orders first', z.array(repairGroupSchema))
  @Get()
  list(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
  ): Promise<readonly RepairGroup[]> {
    return this.groups.list(visibleShops(user, shopId));
  }

  @Described('The orders of a pattern, with what might put each right', repairPageSchema)
  @Get('orders')
  orders(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: ordersSchema }) { shopId, after, limit, ...pattern }: z.infer<typeof ordersSchema>,
  ): Promise<RepairPage> {
    return this.repairs.preview(user, visibleShops(user, shopId), pattern, { after, limit });
  }

  @Described('Corrects up to a hundred orders; each result says how to take it back', resultsSchema)
  @Post('apply')
  async apply(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: applySchema }) applied: z.infer<typeof applySchema>,
  ): Promise<{ results: readonly RepairResult[] }> {
    return { results: await this.repairs.apply(user, applied) };
  }
}
