import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { bulkActionSchema } from '@np-hub/model';
import type {
  BulkAction,
  BulkResults,
  Counts,
  NpPayload,
  Problem,
  TransactionPage,
  TransactionView,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { adoptSchema, bulkSchema, enterIdSchema, fieldsSchema, TransactionActions } from './actions.js';
import { plainActions, type PlainAction } from './allowed.js';
import {
  listFilterSchema,
  listQuerySchema,
  TransactionList,
  type ListFilter,
  type ListQuery,
} from './list.js';
import { TransactionViews } from './view.js';
import { SecondIds } from '../doubts/second-ids.js';

const keySchema = z.object({ shopId: z.uuid(), id: z.uuid() });
type Key = z.infer<typeof keySchema>;
const plainSchema = keySchema.extend({ action: z.enum(plainActions) });

@ApiTags('transactions')
@Controller('transactions')
export class TransactionsController {
  constructor(
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(TransactionViews) private readonly views: TransactionViews,
    @Inject(TransactionActions) private readonly actions: TransactionActions,
    @Inject(SecondIds) private readonly secondIds: SecondIds,
  ) {}

  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: listQuerySchema }) query: ListQuery,
  ): Promise<TransactionPage> {
    return this.list.page(user, query);
  }

  @Get('counts')
  counts(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: listFilterSchema }) filter: ListFilter,
  ): Promise<Counts> {
    return this.list.counts(user, filter);
  }

  @Roles('support')
  @Post('bulk/:action')
  @HttpCode(200)
  bulk(
    @CurrentUser() user: SignedInUser,
    @Param('action', { schema: bulkActionSchema }) action: BulkAction,
    @Body({ schema: bulkSchema }) body: z.infer<typeof bulkSchema>,
  ): Promise<BulkResults> {
    return this.actions.bulk(user, action, body.keys);
  }

  @Get(':shopId/:id')
  one(@CurrentUser() user: SignedInUser, @Param({ schema: keySchema }) key: Key): Promise<TransactionView> {
    return this.views.one(user, key.shopId, key.id);
  }

  @Roles('support')
  @Post(':shopId/:id/preview')
  @HttpCode(200)
  preview(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: fieldsSchema }) body: z.infer<typeof fieldsSchema>,
  ): Promise<{ payload: NpPayload; problems: readonly Problem[] }> {
    return this.actions.preview(user, key, body.fields);
  }

  @Roles('support')
  @Post(':shopId/:id/actions/correct')
  @HttpCode(200)
  async correct(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: fieldsSchema }) body: z.infer<typeof fieldsSchema>,
  ): Promise<TransactionView> {
    await this.actions.correct(user, key, body.fields);
    return this.views.one(user, key.shopId, key.id);
  }

  @Roles('support')
  @Post(':shopId/:id/actions/adopt')
  @HttpCode(200)
  async adopt(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: adoptSchema }) body: z.infer<typeof adoptSchema>,
  ): Promise<TransactionView> {
    await this.actions.adopt(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Roles('support')
  @Post(':shopId/:id/actions/enter-np-id')
  @HttpCode(200)
  async enterId(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: enterIdSchema }) body: z.infer<typeof enterIdSchema>,
  ): Promise<TransactionView> {
    await this.actions.enterId(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Roles('support')
  @Post(':shopId/:id/actions/end-second-id')
  @HttpCode(200)
  async endSecondId(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: enterIdSchema }) body: z.infer<typeof enterIdSchema>,
  ): Promise<TransactionView> {
    await this.secondIds.end(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Roles('support')
  @Post(':shopId/:id/actions/:action')
  @HttpCode(200)
  async plain(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: plainSchema }) key: Key & { action: PlainAction },
  ): Promise<TransactionView> {
    await this.actions.plain(user, key, key.action);
    return this.views.one(user, key.shopId, key.id);
  }
}
