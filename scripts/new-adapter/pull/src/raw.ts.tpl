import { cartText, cartWhole, cellMomentOrNull, writtenTime } from '@np-hub/kit';
import { z } from 'zod';

const text = cartText();
const needed = text.pipe(z.string().min(1));
const party = z.object({
  name: text,
  kana: text,
  postalCode: text,
  prefecture: text,
  address: text,
  phone: text,
  email: text,
});

/**
 * FILL_IN: rename the fields to those of the API (a field by another name: `.transform`), delete what it lacks. Without
 * number, date, words or amounts it is no order, and nothing is guessed; everything else may be missing.
 */
export const rawOrder = z.object({
  number: needed,
  orderedAt: text.transform(writtenTime).pipe(z.string()),
  changedAt: cellMomentOrNull,
  status: needed,
  payment: needed,
  npWord: text,
  npTransactionId: text,
  billed: cartWhole,
  shipping: cartWhole.nullish(),
  fee: cartWhole.nullish(),
  discount: cartWhole.nullish(),
  note: text,
  buyer: party,
  receivers: z.array(party).default([]),
  lines: z.array(z.object({ name: text, unitPrice: cartWhole, quantity: cartWhole })),
  parcels: z.array(z.object({ carrier: text, slipNumber: text, shippedAt: cellMomentOrNull })).default([]),
});
export type RawOrder = z.output<typeof rawOrder>;
