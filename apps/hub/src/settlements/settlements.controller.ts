import { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  contractFeesSchema,
  feeInputSchema,
  monthViewSchema,
  type ContractFees,
  type FeeInput,
  type MonthView,
} from '@np-hub/model';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, EveryShop, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described, DescribedFile } from '../http/described.js';
import { ContractFeeBook } from './contract-fees.js';
import { Months } from './months.js';

const idSchema = z.uuid();
const monthSchema = z.object({
  shopId: z.uuid(),
  month: z
    .string()
    .regex(
      /^20\d{2}-(0[1-9]|1[0-2])$/u,
      '月を「2026-04」の形式で指定してください。 / Give a month like 2026-04.',
    ),
});
/** The moment, the id and the attempt of the last row. */
const cursorSchema = z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z_[0-9a-f-]{36}_\d{1,6}$/u);
const pageSchema = monthSchema.extend({ after: cursorSchema.optional() });
const fileSchema = monthSchema.extend({ encoding: z.enum(['cp932', 'utf8']).default('cp932') });

/** What NP is to pay out to a shop, month by month. */
@ApiTags('settlements')
@Roles('support')
@Controller('settlements')
export class SettlementsController {
  constructor(
    @Inject(Months) private readonly months: Months,
    @Inject(ContractFeeBook) private readonly fees: ContractFeeBook,
  ) {}

  @Described('A shop’s month: sums, and the transactions reported in it', monthViewSchema)
  @Get('month')
  async month(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: pageSchema }) { shopId, month, after }: z.infer<typeof pageSchema>,
  ): Promise<MonthView> {
    requireShop(user, shopId);
    return this.months.view(shopId, month, after);
  }

  @DescribedFile('A month for a spreadsheet')
  @Get('month.csv')
  async file(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: fileSchema }) { shopId, month, encoding }: z.infer<typeof fileSchema>,
  ): Promise<StreamableFile> {
    requireShop(user, shopId);
    const name = `np-settlement-${month}.csv`;
    return new StreamableFile(Readable.from(this.months.file(shopId, month, encoding)), {
      type: encoding === 'cp932' ? 'text/csv; charset=Shift_JIS' : 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Described('What each contract charges', z.array(contractFeesSchema))
  @Get('fees')
  list(@CurrentUser() user: SignedInUser): Promise<readonly ContractFees[]> {
    return this.fees.list(user.shopIds);
  }

  @Described('Enters what a contract charges', contractFeesSchema)
  @Roles('operator')
  @EveryShop()
  @Put('fees/:connectionId')
  set(
    @CurrentUser() user: SignedInUser,
    @Param('connectionId', { schema: idSchema }) connectionId: string,
    @Body({ schema: feeInputSchema }) fees: FeeInput,
  ): Promise<ContractFees> {
    return this.fees.set(connectionId, fees, user.login);
  }
}
