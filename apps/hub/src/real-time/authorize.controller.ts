import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { searchableLine } from '@np-hub/kit';
import {
  authorizeAnswerSchema,
  checkoutResultsSchema,
  screenSchema,
  type AuthorizeAnswer,
  type CheckoutResults,
} from '@np-hub/model';
import { Throttle } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { Authorizations } from './authorize.js';
import { Confirmations } from './confirmations.js';
import { doubtOf } from './verdict.js';

const shopSchema = z.object({ shopId: z.uuid() });
const askSchema = z.strictObject({
  screen: screenSchema,
  order: z.record(z.string(), z.unknown()),
  /** How long the cart can wait; NP advises 30 s (np-connect-pro.md 0), and a little comes on top of it. */
  waitMs: z.int().min(500).max(35_000).default(31_000),
});
const numbersSchema = z.strictObject({ orderNumbers: z.array(searchableLine.min(1)).min(1).max(1_000) });

/** A cart asks for all of its buyers from one address: 1,000 a second. What is under way at one time has a bound of its own. */
const requestsPerMinute = 60_000;

/** Carts that ask NP before they make an order (NP後払いリアルタイム). */
@ApiTags('real time')
@ApiBearerAuth()
@Roles('support')
@Throttle({ default: { limit: requestsPerMinute, ttl: 60_000 } })
@Controller('shops/:shopId')
export class AuthorizeController {
  constructor(
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(Confirmations) private readonly confirmations: Confirmations,
  ) {}

  @Described(
    'Asks NP about one order before it is made; 202 with Retry-After while the answer is in doubt',
    authorizeAnswerSchema,
  )
  @Post('authorize')
  async authorize(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: askSchema }) asked: z.infer<typeof askSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuthorizeAnswer> {
    requireShop(user, shopId);
    const { answer, orderNumber: number } = await this.authorizations.ask(shopId, asked);
    if (answer && answer.result !== 'in-doubt') return answer;
    void reply.status(202).header('Retry-After', '5');
    return answer ?? doubtOf(asked.screen, number);
  }

  @Described('The cart has made these orders: they are real', checkoutResultsSchema)
  @Post('confirmations')
  async confirm(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: numbersSchema }) { orderNumbers }: z.infer<typeof numbersSchema>,
  ): Promise<CheckoutResults> {
    requireShop(user, shopId);
    return {
      results: [...(await this.confirmations.tell(shopId, orderNumbers, 'order-confirmed', user.login))],
    };
  }

  @Described('The cart will not make these orders: what NP has of them is cancelled', checkoutResultsSchema)
  @Post('abandonments')
  async abandon(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: numbersSchema }) { orderNumbers }: z.infer<typeof numbersSchema>,
  ): Promise<CheckoutResults> {
    requireShop(user, shopId);
    return {
      results: [...(await this.confirmations.tell(shopId, orderNumbers, 'checkout-abandoned', user.login))],
    };
  }
}
