import { cartText, fieldsOf, writtenTime, writtenYen } from '@np-hub/kit';
import { z } from 'zod';
import { itemFields, orderFields, partyFields } from './data/columns.js';

const text = cartText();
const whole = text.transform(writtenYen).pipe(z.number());
/** An empty cell is null; one that holds anything but an amount is refused, and not taken for nothing. */
const wholeOrNull = text
  .transform((raw) => (raw === '' ? null : (writtenYen(raw) ?? Number.NaN)))
  .pipe(z.number().nullable());
const moment = text.transform(writtenTime);
const percent = text.transform((raw) => writtenYen(raw.replace(/[%％]$/, '') || '0')).pipe(z.number());

/** One row of 受注CSV. Without number, status, payment method, date or amount it is no order. */
export const orderRow = z.object({
  ...fieldsOf(partyFields, text),
  ...fieldsOf(orderFields.texts, text),
  ...fieldsOf(orderFields.needed, text.pipe(z.string().min(1))),
  ...fieldsOf(
    orderFields.amounts,
    wholeOrNull.transform((yen) => yen ?? 0),
  ),
  charge: wholeOrNull,
  billed: whole,
  orderedAt: moment.pipe(z.string()),
  ...fieldsOf(orderFields.moments, moment),
});
export type OrderRow = z.output<typeof orderRow>;

/** One row of 配送先商品CSV: some goods of one destination. A price is with tax, or without it. */
export const itemRow = z
  .object({
    ...fieldsOf(partyFields, text),
    ...fieldsOf(itemFields.texts, text),
    ...fieldsOf(itemFields.prices, wholeOrNull),
    taxRate: percent,
    quantity: whole,
  })
  .refine(({ price, priceWithoutTax }) => (price ?? priceWithoutTax) !== null, { path: ['price'] });
export type ItemRow = z.output<typeof itemRow>;
