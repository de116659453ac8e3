import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  bulkResultsSchema,
  invoicePageSchema,
  invoiceStepSchema,
  japaneseDay,
  orderRules,
  type BulkResults,
  type Clock,
  type InvoicePage,
} from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { wrongField } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { bulkSchema } from '../transactions/actions.js';
import { cursorSchema } from '../transactions/list.js';
import { EnclosedInvoices } from './enclosed-invoices.js';

const querySchema = z.object({
  shopId: z.uuid().optional(),
  step: invoiceStepSchema.default('to-print'),
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const printedSchema = bulkSchema.extend({
  /** The issue date on the invoices; today where it is left out. */
  issuedOn: z.iso.date().optional(),
});

const outsideWindow = {
  ja: `請求書発行日は、今日の前後${orderRules.invoiceDateWindow.limit}日以内の日付にしてください（E0100126）。`,
  en: `Give an issue date within ${orderRules.invoiceDateWindow.limit} days of today (E0100126).`,
};

/** 請求書同梱 (wiz): invoices that the shop prints and encloses. */
@ApiTags('desk')
@Controller('enclosed-invoices')
export class EnclosedInvoicesController {
  constructor(
    @Inject(EnclosedInvoices) private readonly invoices: EnclosedInvoices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Described('Orders whose invoice the shop encloses, by step, with counts', invoicePageSchema)
  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: querySchema }) { shopId, ...query }: z.infer<typeof querySchema>,
  ): Promise<InvoicePage> {
    return this.invoices.page(user, visibleShops(user, shopId), query);
  }

  @Described('Marks invoices as printed, with the issue date on them', bulkResultsSchema)
  @Roles('support')
  @Post('bulk/printed')
  printed(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: printedSchema }) { keys, issuedOn }: z.infer<typeof printedSchema>,
  ): Promise<BulkResults> {
    const today = japaneseDay(this.clock.now());
    const day = issuedOn ?? today;
    const apartDays = Math.abs(Date.parse(day) - Date.parse(today)) / 86_400_000;
    if (apartDays > orderRules.invoiceDateWindow.limit) throw wrongField('issuedOn', outsideWindow);
    return this.invoices.printed(user, keys, day);
  }
}
