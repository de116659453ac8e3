import { z } from 'zod';
import { assumed, type assumedNames, observed } from './data/fields.js';

/** Confirmed: the timestamp is valid for one hour and made anew for each call. */
export const requestHeaders = (token: string, apiKey: string, now: Date): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'x-api-key': apiKey,
  'x-timestamp': String(Math.floor(now.getTime() / 1000)),
});

/** A shop's own names of assumed fields; an empty name means that its API lacks the field. */
type FieldNames = Readonly<Partial<Record<(typeof assumedNames)[number], string>>>;
/** Observed, but for the assumed fields: a renamed one gets an alias, so that answers always use our names. */
export function searchQuery(names: FieldNames): string {
  const maybe = (fields: readonly (keyof FieldNames)[]) => {
    const offered = fields.filter((field) => names[field] !== '');
    return offered.map((field) => (names[field] ? `${field}: ${names[field]}` : field));
  };
  const order = [...observed.orderTexts, ...observed.orderAmounts];
  const delivery = [...observed.deliveryTexts, ...observed.deliveryAmounts, ...maybe(assumed.deliveryTexts)];
  const basket = [...observed.basketTexts, ...observed.basketAmounts];
  return `query ($input: SearchOrderRequest!) { searchOrder(input: $input) { searchedCount orders {
    ${[...order, ...maybe(assumed.orderTexts), ...maybe(assumed.orderAmounts)].join(' ')}
    deliveryInfos { ${delivery.join(' ')}
      basketInfos { ${basket.join(' ')} customSelects { ${observed.selectTexts.join(' ')} } } } } } }`;
}
/** Observed. */
export const searchAnswer = z.object({
  searchOrder: z.object({ searchedCount: z.int().min(0), orders: z.array(z.unknown()) }),
});

/** Assumed whole, after the observed `updateOrderDeliveryStatus`: no public way to set the word is known. */
export const statusMutation = `mutation ($input: UpdateOrderPaymentStatusRequest!) {
  updateOrderPaymentStatus(input: $input) { updateOrderPaymentStatusResults { displayOrderNumber message } } }`;
const statusResult = z.object({ displayOrderNumber: z.string(), message: z.string().nullable() });
export const statusAnswer = z.object({
  updateOrderPaymentStatus: z.object({ updateOrderPaymentStatusResults: z.array(statusResult) }),
});

/** Assumed: signed in hex HMAC-SHA256. */
export const signedText = (timestamp: string, body: string): string => `${timestamp}.${body}`;
/** Assumed whole. */
export const noticeSchema = z.object({
  shop_id: z.string(),
  event: z.enum(['order_updated', 'order_deleted']),
  orders: z.array(z.string().min(1)).min(1),
});
