import { Body, Controller, Delete, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { LocalText } from '@np-hub/kit';
import {
  checkoutLanguageSchema,
  checkoutNoticeSchema,
  enteredCheckoutTextSchema,
  type CheckoutNotice,
  type Clock,
  type EnteredCheckoutText,
} from '@np-hub/model';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Public, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { gateways } from '../gateways.js';
import { Described } from '../http/described.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { CheckoutTexts } from './checkout-texts.js';

/** Loose: carts put marks of their own on the addresses of their pages, and a buyer must not miss the text for that. */
const askedSchema = z.looseObject({
  gateway: z.enum(gateways.map(({ id }) => id)).optional(),
  shop: z.uuid().optional(),
  language: checkoutLanguageSchema.default('en'),
});
const idSchema = z.uuid();
const cachedSeconds = 3_600;

const noSuchText: LocalText = {
  ja: 'この店舗・言語の文面はありません。英語（language=en）以外は、オペレーターが店舗ごとに登録した言語だけです。',
  en: 'There is no such text. Besides English (language=en) there are only the languages that an operator has entered for the shop.',
};

/** The text that NP demands on the page where the buyer chooses how to pay. */
@ApiTags('checkout')
@Controller()
export class CheckoutNoticeController {
  constructor(
    @Inject(CheckoutTexts) private readonly texts: CheckoutTexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Public, for a cart's own page: nothing of the shop is told but what its buyers read anyway. */
  @Public()
  @Described('The text for the page on which the buyer chooses how to pay', checkoutNoticeSchema)
  @Get('checkout-notice')
  async show(
    @Query({ schema: askedSchema }) { gateway, shop, language }: z.infer<typeof askedSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CheckoutNotice> {
    const notice = await this.texts.find({ gateway: gateway ?? null, shopId: shop ?? null, language });
    if (!notice) throw new ApiProblem(404, 'not-found', noSuchText);
    void reply
      .header('cache-control', `public, max-age=${cachedSeconds}`)
      .header('access-control-allow-origin', '*');
    return notice;
  }

  @Roles('operator')
  @Described(
    'Every text of a shop: the given one, and those that its operator has entered',
    z.array(checkoutNoticeSchema),
  )
  @Get('shops/:id/checkout-notices')
  async list(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<readonly CheckoutNotice[]> {
    inScope(user, id);
    return this.texts.list(id);
  }

  /** Another language than the given one: a text that NP has confirmed. */
  @Roles('operator')
  @Described('Enters a text in another language, which NP has confirmed', null, 204)
  @Put('shops/:id/checkout-notices/:language')
  async enter(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('language', { schema: checkoutLanguageSchema }) language: string,
    @Body({ schema: enteredCheckoutTextSchema }) body: EnteredCheckoutText,
  ): Promise<void> {
    inScope(user, id);
    await this.texts.enter({ shopId: id, language, by: user.login, at: this.clock.now() }, body);
  }

  @Roles('operator')
  @Described('Takes an entered text away', null, 204)
  @Delete('shops/:id/checkout-notices/:language')
  async remove(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('language', { schema: checkoutLanguageSchema }) language: string,
  ): Promise<void> {
    inScope(user, id);
    await this.texts.remove(id, language);
  }
}

const inScope = (user: SignedInUser, shopId: string): void => {
  if (user.shopIds && !user.shopIds.includes(shopId)) throw problemOf(404);
};
