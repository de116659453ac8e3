import { correctionsSchema, orderSchema, type NpPayload, type Order, type Party } from '@np-hub/model';
import { z } from 'zod';

/** What the hub keeps of an order, encrypted as one. */
export const storedOrderSchema = z.object({ order: orderSchema, corrections: correctionsSchema });
export type StoredOrder = z.infer<typeof storedOrderSchema>;

export const orderRecordId = (shopId: string, transactionId: string): string =>
  `order:${shopId}:${transactionId}`;

/** Whom an order is found by: the people as the cart has them, and as NP gets them under the corrections. */
export const peopleOf = (order: Order, { customer, destination }: NpPayload): readonly Party[] => [
  order.buyer,
  ...order.destinations,
  customer,
  ...(destination ? [destination] : []),
];

/** The slip numbers an order is found by: those of every parcel, as the cart has them and as people have corrected them. */
export const slipsOf = ({ order, corrections }: StoredOrder): readonly string[] => [
  ...order.parcels.map(({ slipNumber }) => slipNumber),
  corrections['parcel.slipNumber']?.value ?? '',
];
