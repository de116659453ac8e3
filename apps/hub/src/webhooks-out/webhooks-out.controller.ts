import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  deliveryPageSchema,
  deliveryViewSchema,
  newWebhookViewSchema,
  webhookViewSchema,
  type DeliveryPage,
  type DeliveryView,
  type NewWebhookView,
  type WebhookView,
} from '@np-hub/model';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { deliveryCursor } from './deliveries.js';
import { Webhooks, type WebhookKey } from './webhooks.js';

const name = z.string().trim().min(1).max(100);
const url = z
  .url({
    protocol: /^https?$/u,
    error: 'https:// のURLを指定してください。 / Give an address that begins with https://.',
  })
  .max(500)
  .refine((text) => {
    const { username, password, hash } = URL.canParse(text)
      ? new URL(text)
      : { username: '', password: '', hash: '' };
    return username + password + hash === '';
  }, 'ユーザー名・パスワード・# は使えません。 / No user name, password or # in it.');
const newSchema = z.object({ name, url });
const changeSchema = z.object({ name, url, paused: z.boolean() }).partial();
const replaySchema = z.object({ from: z.string().min(1).max(200) });
const shopSchema = z.object({ shopId: z.uuid() });
const keySchema = shopSchema.extend({ id: z.uuid() });
const deliveriesQuerySchema = z.object({
  after: z
    .string()
    .regex(deliveryCursor, '前回の応答の next を指定してください。 / Give the `next` of an earlier answer.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Webhooks that go out, by shop. Those that carts send us are in src/intake. */
@ApiTags('webhooks')
@ApiBearerAuth()
@Roles('operator')
@Controller('shops/:shopId/webhooks')
export class WebhooksOutController {
  constructor(@Inject(Webhooks) private readonly webhooks: Webhooks) {}

  @Described('The webhooks of a shop', z.array(webhookViewSchema))
  @Get()
  list(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
  ): Promise<readonly WebhookView[]> {
    requireShop(user, shopId);
    return this.webhooks.list(shopId);
  }

  @Described('A new webhook; only this answer holds its secret', newWebhookViewSchema, 201)
  @Post()
  create(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: newSchema }) body: z.infer<typeof newSchema>,
  ): Promise<NewWebhookView> {
    requireShop(user, shopId);
    return this.webhooks.create(shopId, body, user.login);
  }

  @Described('Changes name or address, pauses or resumes', webhookViewSchema)
  @Patch(':id')
  change(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: WebhookKey,
    @Body({ schema: changeSchema }) body: z.infer<typeof changeSchema>,
  ): Promise<WebhookView> {
    requireShop(user, key.shopId);
    return this.webhooks.change(key, body, user.login);
  }

  @Described('Removes a webhook', null, 204)
  @Delete(':id')
  remove(@CurrentUser() user: SignedInUser, @Param({ schema: keySchema }) key: WebhookKey): Promise<void> {
    requireShop(user, key.shopId);
    return this.webhooks.remove(key, user.login);
  }

  @Described('Sends everything behind a cursor, or from a time on, once more', webhookViewSchema)
  @Post(':id/replay')
  replay(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: WebhookKey,
    @Body({ schema: replaySchema }) body: z.infer<typeof replaySchema>,
  ): Promise<WebhookView> {
    requireShop(user, key.shopId);
    return this.webhooks.replay(key, body.from, user.login);
  }

  @Described('Sends a test call now, and tells how it ended', deliveryViewSchema)
  @Post(':id/test')
  test(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: WebhookKey,
  ): Promise<DeliveryView> {
    requireShop(user, key.shopId);
    return this.webhooks.test(key);
  }

  @Described('The calls that were made, the newest first', deliveryPageSchema)
  @Get(':id/deliveries')
  deliveries(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) key: WebhookKey,
    @Query({ schema: deliveriesQuerySchema }) query: z.infer<typeof deliveriesQuerySchema>,
  ): Promise<DeliveryPage> {
    requireShop(user, key.shopId);
    return this.webhooks.deliveries(key, { ...query, after: query.after });
  }
}
