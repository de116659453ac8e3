import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { paymentChangeSchema, type PaymentChange } from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { PaymentChanges } from './payment-change.js';

const keySchema = z.object({ shopId: z.uuid(), id: z.uuid() });
const querySchema = z.object({ feeYen: z.coerce.number().int().min(0).max(9_999_999).default(0) });

/** Other ways to pay for one order. Amounts and the shop's own words: nothing of the buyer, so for every role. */
@ApiTags('desk')
@Controller('transactions/:shopId/:id/payment-change')
export class PaymentChangeController {
  constructor(@Inject(PaymentChanges) private readonly changes: PaymentChanges) {}

  @Described(
    'What the order would cost by the shop’s other methods, and whether its end at NP is proven',
    paymentChangeSchema,
  )
  @Get()
  view(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: z.infer<typeof keySchema>,
    @Query({ schema: querySchema }) { feeYen }: z.infer<typeof querySchema>,
  ): Promise<PaymentChange> {
    return this.changes.of(user, key, feeYen);
  }
}
