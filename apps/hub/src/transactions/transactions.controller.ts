import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type BulkAction,
  bulkActionSchema,
  type BulkResults,
  bulkResultsSchema,
  type CorrectionPreview,
  correctionPreviewSchema,
  type Counts,
  countsSchema,
  type TransactionPage,
  transactionPageSchema,
  type TransactionView,
  transactionViewSchema,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
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

  @Described('Transactions, the last changed first, filtered', transactionPageSchema)
  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: listQuerySchema }) query: ListQuery,
  ): Promise<TransactionPage> {
    return this.list.page(user, query);
  }

  @Described('How many there are in each state', countsSchema)
  @Get('counts')
  counts(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: listFilterSchema }) filter: ListFilter,
  ): Promise<Counts> {
    return this.list.counts(user, filter);
  }

  @Described('Does one thing with up to 1,000 transactions; a result for each', bulkResultsSchema)
  @Roles('support')
  @Post('bulk/:action')
  bulk(
    @CurrentUser() user: SignedInUser,
    @Param('action', { schema: bulkActionSchema }) action: BulkAction,
    @Body({ schema: bulkSchema }) body: z.infer<typeof bulkSchema>,
  ): Promise<BulkResults> {
    return this.actions.bulk(user, action, body.keys);
  }

  @Described('One transaction with its history', transactionViewSchema)
  @Get(':shopId/:id')
  one(@CurrentUser() user: SignedInUser, @Param({ schema: keySchema }) key: Key): Promise<TransactionView> {
    return this.views.one(user, key.shopId, key.id);
  }

  @Described('What NP would get of a corrected order; nothing is saved', correctionPreviewSchema)
  @Roles('support')
  @Post(':shopId/:id/preview')
  preview(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: fieldsSchema }) body: z.infer<typeof fieldsSchema>,
  ): Promise<CorrectionPreview> {
    return this.actions.preview(user, key, body.fields);
  }

  @Described('Corrects what NP gets of an order', transactionViewSchema)
  @Roles('support')
  @Post(':shopId/:id/actions/correct')
  async correct(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: fieldsSchema }) body: z.infer<typeof fieldsSchema>,
  ): Promise<TransactionView> {
    await this.actions.correct(user, key, body.fields);
    return this.views.one(user, key.shopId, key.id);
  }

  @Described('Puts an order under the hub that was left alone', transactionViewSchema)
  @Roles('support')
  @Post(':shopId/:id/actions/adopt')
  async adopt(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: adoptSchema }) body: z.infer<typeof adoptSchema>,
  ): Promise<TransactionView> {
    await this.actions.adopt(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Described('Enters the NP取引ID of a registration whose answer was lost', transactionViewSchema)
  @Roles('support')
  @Post(':shopId/:id/actions/enter-np-id')
  async enterId(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: enterIdSchema }) body: z.infer<typeof enterIdSchema>,
  ): Promise<TransactionView> {
    await this.actions.enterId(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Described('Ends a second transaction of NP that belongs to no attempt', transactionViewSchema)
  @Roles('support')
  @Post(':shopId/:id/actions/end-second-id')
  async endSecondId(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: Key,
    @Body({ schema: enterIdSchema }) body: z.infer<typeof enterIdSchema>,
  ): Promise<TransactionView> {
    await this.secondIds.end(user, key, body.npTransactionId);
    return this.views.one(user, key.shopId, key.id);
  }

  @Described('Does what the transaction’s `actions` offer', transactionViewSchema)
  @Roles('support')
  @Post(':shopId/:id/actions/:action')
  async plain(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: plainSchema }) key: Key & { action: PlainAction },
  ): Promise<TransactionView> {
    await this.actions.plain(user, key, key.action);
    return this.views.one(user, key.shopId, key.id);
  }
}
