import { z } from 'zod';

const moment = z.iso.datetime();

/** A notice of a gateway that proved itself and names no transaction that the hub knows. */
export const waitingNoticeViewSchema = z.object({
  about: z.enum(['credit', 'report', 'cancel', 'lapse', 'purchase']),
  /** Those by which the gateway names the transaction. */
  ids: z.array(z.string()),
  receivedAt: moment,
  /** When it was sent last. */
  seenAt: moment,
});
export type WaitingNoticeView = z.infer<typeof waitingNoticeViewSchema>;

/** A form of the link type that a buyer has, and of which no result has been told. */
export const openFormViewSchema = z.object({
  shopId: z.uuid(),
  shopName: z.string(),
  transactionId: z.uuid(),
  orderNumber: z.string(),
  shopTransactionId: z.string(),
  billedYen: z.int(),
  madeAt: moment,
  /** Then it ends without a result, or becomes a doubt where the cart has made the order. */
  endsAt: moment,
});
export type OpenFormView = z.infer<typeof openFormViewSchema>;

/** What the gateway is expected to charge for a transaction, in whole yen. */
export const expectedFeesSchema = z.object({
  /** Without tax; not charged where the cancel comes on the day of the settlement. */
  transactionYen: z.int(),
  reissueYen: z.int(),
  /** Added by where the buyer pays, which nobody knows beforehand; null below the amount from which it is. */
  surcharge: z.object({ convenienceStoreYen: z.int(), japanPostYen: z.int() }).nullable(),
});
export type ExpectedFees = z.infer<typeof expectedFeesSchema>;
