import { z } from 'zod';
import { carrierSchema } from './carriers.js';
import { mappedSchema } from './mapped.js';

/** A person or company at an address, as a cart gives it. Personal data: encrypted at rest, masked by role. */
export const partySchema = z.object({
  name: z.string(),
  kana: z.string().optional(),
  company: z.string().optional(),
  department: z.string().optional(),
  postalCode: z.string(),
  address: z.string(),
  phone: z.string(),
  email: z.string().optional(),
});
export type Party = z.infer<typeof partySchema>;

/** One line of the order: goods, or an amount such as shipping, fee or discount (which may be negative). */
export const orderLineSchema = z.object({
  name: z.string(),
  unitPriceYen: z.int(),
  quantity: z.int(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** One parcel of the order. `shippedAt` is set once the cart says that it has left. */
export const parcelSchema = z.object({
  carrier: mappedSchema(carrierSchema).nullable(),
  slipNumber: z.string(),
  shippedAt: z.string().nullable(),
});
export type Parcel = z.infer<typeof parcelSchema>;

/** What the cart itself says about the order as a whole. */
export const cartStatusSchema = z.enum(['open', 'shipped', 'cancelled', 'deleted', 'returned']);
export type CartStatus = z.infer<typeof cartStatusSchema>;

/** Whether the buyer chose NP後払い in the cart. */
export const paymentRouteSchema = z.enum(['np', 'other']);
export type PaymentRoute = z.infer<typeof paymentRouteSchema>;

/** `02` is NP後払い (invoice sent by NP), `03` is NP後払いwiz (invoice enclosed by the shop). */
export const settlementTypeSchema = z.enum(['02', '03']);
export type SettlementType = z.infer<typeof settlementTypeSchema>;

/** Things about an order that the hub flags instead of mangling. */
export const orderFlagSchema = z.enum(['several-destinations', 'reservation', 'subscription', 'digital']);
export type OrderFlag = z.infer<typeof orderFlagSchema>;

/** The course that a recurring order belongs to. */
export const subscriptionSchema = z.object({
  courseNumber: z.string(),
  /** 定期回数, from 1; null where the cart does not say. */
  count: z.int().nullable(),
  /** The cart made the order by itself from its course, and no person. */
  generated: z.boolean(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** An order as every cart's adapter translates it. Amounts are whole yen, tax included. */
export const orderSchema = z.object({
  orderNumber: z.string().min(1),
  /** ISO 8601 with offset, as the cart says. */
  orderedAt: z.string(),
  /** The cart's own time of change (ISO 8601); null where the cart has none. */
  changedAt: z.string().nullable(),
  status: mappedSchema(cartStatusSchema),
  payment: mappedSchema(paymentRouteSchema),
  /** The cart's own word for the NP status; null where the cart gives none. A hint, never proof. */
  npWord: z.string().nullable(),
  /** The NP transaction id that the cart knows; a sign that another link has registered the order. */
  npTransactionId: z.string().nullable(),
  settlementType: settlementTypeSchema,
  buyer: partySchema,
  /** Empty: the goods go to the buyer. More than one is flagged. */
  destinations: z.array(partySchema),
  /** Goods, then shipping, fee, discounts and points as lines of their own; their sum is near `billedYen`. */
  lines: z.array(orderLineSchema),
  billedYen: z.int(),
  parcels: z.array(parcelSchema),
  flags: z.array(orderFlagSchema),
  note: z.string(),
  /** The number under which the buyer placed the order elsewhere (a mall, another cart): what NP and the buyer know. */
  originNumber: z.string().optional(),
  /** The mall or sales channel, in the cart's words, where one account holds several. */
  mall: z.string().optional(),
  /** 発送予定日, `YYYY-MM-DD`. */
  plannedShipOn: z.string().optional(),
  /** The payment fee that `billedYen` and `lines` already hold; absent where the cart does not say. */
  feeYen: z.int().optional(),
  subscription: subscriptionSchema.optional(),
});
export type Order = z.infer<typeof orderSchema>;

/** The fields NP gets, after corrections and normalisation; what the payload hash is taken over. */
export const npPayloadSchema = z.object({
  shopOrderDate: z.string(),
  settlementType: settlementTypeSchema,
  billedYen: z.int(),
  customer: partySchema,
  /** Null: the same as the customer. */
  destination: partySchema.omit({ email: true }).nullable(),
  goods: z.array(orderLineSchema),
});
export type NpPayload = z.infer<typeof npPayloadSchema>;
