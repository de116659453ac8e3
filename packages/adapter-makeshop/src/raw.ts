import { cartText, cartWhole, fieldsOf, japaneseTime } from '@np-hub/kit';
import { z } from 'zod';
import { assumed, observed } from './data/fields.js';
import { noValue } from './data/protocol.js';

const text = cartText(noValue);
const basketSchema = z.object({
  ...fieldsOf(observed.basketTexts, text),
  ...fieldsOf(observed.basketAmounts, cartWhole),
  customSelects: z.array(z.object(fieldsOf(observed.selectTexts, text))).nullish(),
});
const deliverySchema = z.object({
  ...fieldsOf([...observed.deliveryTexts, ...assumed.deliveryTexts], text),
  ...fieldsOf(observed.deliveryAmounts, cartWhole.nullish()),
  basketInfos: z.array(basketSchema),
});
/** An order as `searchOrder` gives it. Without number, date, total or a readable shape it is no order. */
export const orderSchema = z.object({
  ...fieldsOf([...observed.orderTexts, ...assumed.orderTexts], text),
  ...fieldsOf(observed.orderAmounts, cartWhole),
  ...fieldsOf(assumed.orderAmounts, cartWhole.nullish()),
  // makeshop's own have about twenty; a longer one is no number, and could not be looked up by; nor could one with a
  // control character, or with what stands for a NUL in an answer.
  displayOrderNumber: text.pipe(
    z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\uFFFD]+$/u),
  ),
  orderDate: text.transform(japaneseTime).pipe(z.string()),
  deliveryInfos: z.array(deliverySchema),
});
export type RawOrder = z.output<typeof orderSchema>;
export type RawDelivery = z.output<typeof deliverySchema>;
