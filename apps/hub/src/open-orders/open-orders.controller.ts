import { Body, Controller, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { searchableLine } from '@np-hub/kit';
import {
  openOrderResultSchema,
  openOrderResultsSchema,
  type OpenOrderResult,
  type OpenOrderResults,
} from '@np-hub/model';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { ApiProblem, wrongField } from '../http/problem.js';
import { wrongFields } from '../http/validation.js';
import { OpenOrders } from './open-orders.js';
import { pathUnder, refused } from './results.js';

const most = 1_000;
const line = searchableLine.min(1);
const orderNumber = line;
const shopSchema = z.object({ shopId: z.uuid() });
const orderKeySchema = shopSchema.extend({ orderNumber });
const bodySchema = z.record(z.string(), z.unknown());
const ordersSchema = z.strictObject({ orders: z.array(bodySchema).min(1).max(most) });
const shipmentsSchema = z.strictObject({ shipments: z.array(z.unknown()).min(1).max(most) });
const cancellationsSchema = z.strictObject({ orderNumbers: z.array(orderNumber).min(1).max(most) });
const shipmentSchema = z.strictObject({
  orderNumber,
  carrier: line,
  slipNumber: line,
  shippedAt: z.iso
    .datetime({ offset: true, abort: true })
    .refine(
      (text) => /^20\d\d-/u.test(text),
      '2000年から2099年までの日時を指定してください。 / Give a time from 2000 to 2099.',
    )
    .optional(),
});

const numberDiffers = {
  ja: 'URLの注文番号と異なります。',
  en: 'Not the order number of the address.',
};

/** Orders, shipments and cancellations of systems without an adapter of their own. */
@ApiTags('orders by API')
@ApiBearerAuth()
@Roles('support')
@Controller('shops/:shopId')
export class OpenOrdersController {
  constructor(@Inject(OpenOrders) private readonly orders: OpenOrders) {}

  @Described('Sends one order as a whole; the same again changes nothing', openOrderResultSchema)
  @Put('orders/:orderNumber')
  async put(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: orderKeySchema }) key: z.infer<typeof orderKeySchema>,
    @Body({ schema: bodySchema }) body: z.infer<typeof bodySchema>,
  ): Promise<OpenOrderResult> {
    requireShop(user, key.shopId);
    if (body['orderNumber'] !== undefined && body['orderNumber'] !== key.orderNumber)
      throw wrongField('orderNumber', numberDiffers);
    const sent = [{ place: '', body: { ...body, orderNumber: key.orderNumber } }];
    const [result] = await this.orders.orders(key.shopId, sent);
    const [error] = result?.errors ?? [];
    if (result && !error) return result;
    throw error?.code === 'stale'
      ? new ApiProblem(409, 'stale', error.message, result?.errors)
      : new ApiProblem(400, 'invalid-input', check, result?.errors);
  }

  @Described('Sends up to 1,000 orders; a result for each, in their order', openOrderResultsSchema)
  @Post('orders')
  async bulk(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: ordersSchema }) body: z.infer<typeof ordersSchema>,
  ): Promise<OpenOrderResults> {
    requireShop(user, shopId);
    const sent = body.orders.map((order, index) => ({ place: `orders[${index}]`, body: order }));
    return { results: [...(await this.orders.orders(shopId, sent))] };
  }

  @Described('Tells of parcels that have left, up to 1,000', openOrderResultsSchema)
  @Post('shipments')
  async shipments(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: shipmentsSchema }) body: z.infer<typeof shipmentsSchema>,
  ): Promise<OpenOrderResults> {
    requireShop(user, shopId);
    const read = body.shipments.map((raw, index) => readShipment(raw, `shipments[${index}]`));
    const taken = await this.orders.shipments(
      shopId,
      read.flatMap(({ shipment }) => shipment ?? []),
    );
    const results = [...taken];
    return { results: read.flatMap(({ result }) => result ?? results.shift() ?? []) };
  }

  @Described('Tells of orders that were cancelled, up to 1,000', openOrderResultsSchema)
  @Post('cancellations')
  async cancellations(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
    @Body({ schema: cancellationsSchema }) body: z.infer<typeof cancellationsSchema>,
  ): Promise<OpenOrderResults> {
    requireShop(user, shopId);
    const sent = body.orderNumbers.map((number, index) => ({
      orderNumber: number,
      place: `orderNumbers[${index}]`,
    }));
    return { results: [...(await this.orders.cancellations(shopId, sent))] };
  }
}

const check = { ja: '入力内容を確認してください。', en: 'Please check what was sent.' };

/** One shipment, or why it cannot be read: a broken one never stops the others. */
function readShipment(raw: unknown, place: string) {
  const parsed = shipmentSchema.safeParse(raw);
  if (parsed.success) return { shipment: { ...parsed.data, place }, result: null };
  const number = z.object({ orderNumber }).safeParse(raw).data?.orderNumber ?? '';
  const errors = wrongFields(parsed.error.issues).map(({ field, message }) => ({
    field: pathUnder(place, field),
    code: 'invalid-input',
    message,
  }));
  return { shipment: null, result: refused(number, errors) };
}
