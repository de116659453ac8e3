import { correctionsSchema, orderSchema, type NpPayload, type Order, type Party } from '@np-hub/model';
import { z } from 'zod';
import { blindIndexesOf, blindIndexesOfSlips, buyerKeysOf } from '../security/blind-index.js';
import type { Keyring } from '../security/keyring.js';
import type { OrderColumns } from '../transactions/rows.js';

/** What the hub keeps of an order, encrypted as one. */
export const storedOrderSchema = z.object({ order: orderSchema, corrections: correctionsSchema });
export type StoredOrder = z.infer<typeof storedOrderSchema>;

export const orderRecordId = (shopId: string, transactionId: string): string =>
  `order:${shopId}:${transactionId}`;

/** Whom an order is found by: the people as the cart has them, and as NP gets them under the corrections. */
const peopleOf = (order: Order, { customer, destination }: NpPayload): readonly Party[] => [
  order.buyer,
  ...order.destinations,
  customer,
  ...(destination ? [destination] : []),
];

/** The slip numbers an order is found by: those of every parcel, as the cart has them and as people have corrected them. */
const slipsOf = ({ order, corrections }: StoredOrder): readonly string[] => [
  ...order.parcels.map(({ slipNumber }) => slipNumber),
  corrections['parcel.slipNumber']?.value ?? '',
];

/** What an order is found by: its people and slips, the buyer whom NP bills, and whether a course made it by itself. */
export const findableBy = (
  keyring: Keyring,
  stored: StoredOrder,
  payload: NpPayload,
): Pick<OrderColumns, 'blind' | 'slips' | 'buyerKeys' | 'recurring'> => ({
  blind: blindIndexesOf(keyring, peopleOf(stored.order, payload)),
  slips: blindIndexesOfSlips(keyring, slipsOf(stored)),
  buyerKeys: buyerKeysOf(keyring, payload.customer),
  recurring: isRecurring(stored.order),
});

/** The second delivery of a course and those after it, and what a course makes by itself, are meant to repeat. */
const isRecurring = ({ subscription }: Order): boolean =>
  subscription !== undefined && (subscription.generated || (subscription.count ?? 1) > 1);
