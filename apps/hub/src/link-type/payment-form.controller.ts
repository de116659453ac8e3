import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { paymentFormSchema, type PaymentFormView } from '@np-hub/model';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { PaymentForms } from './payment-forms.js';

const shopSchema = z.object({ shopId: z.uuid() });
/** SBPS takes 256 characters, and the hub only what a browser may safely be sent to. */
const returnUrl = z.url({ protocol: /^https?$/u }).max(256);
const askSchema = z.strictObject({
  order: z.record(z.string(), z.unknown()),
  successUrl: returnUrl,
  cancelUrl: returnUrl,
  errorUrl: returnUrl,
});

/** A cart asks for all of its buyers from one address. */
const requestsPerMinute = 6_000;

/** Carts whose buyers complete the purchase on the gateway's own pages (SBPS link type). */
@ApiTags('link type')
@ApiBearerAuth()
@Roles('support')
@Throttle({ default: { limit: requestsPerMinute, ttl: 60_000 } })
@Controller('shops/:shopId')
export class PaymentFormController {
  constructor(@Inject(PaymentForms) private readonly forms: PaymentForms) {}

  @Described(
    'The signed form with which the buyer’s browser makes the purchase; the order is provisional until its result',
    paymentFormSchema,
  )
  @Post('payment-form')
  async make(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: askSchema }) asked: z.infer<typeof askSchema>,
  ): Promise<PaymentFormView> {
    requireShop(user, shopId);
    return this.forms.make(shopId, asked);
  }
}
