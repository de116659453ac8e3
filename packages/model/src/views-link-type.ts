import { z } from 'zod';

const moment = z.iso.datetime();

/** A signed form that the cart gives to the buyer's browser (SBPS link type, A01-1). It holds the buyer's data: keep it nowhere. */
export const paymentFormSchema = z.object({
  orderNumber: z.string(),
  transactionId: z.string(),
  /** The number that the gateway knows the purchase by. */
  shopTransactionId: z.string(),
  url: z.string(),
  /** In which the browser has to send it. */
  charset: z.string(),
  /** Every one of them, an empty one too, in this order. */
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The whole form as HTML, with one button. */
  html: z.string(),
  /** Later the gateway refuses the form; ask for it again. */
  sendBy: moment,
  /** A purchase of which no result has come by then has ended; one that is told later is cancelled at the gateway. */
  resultBy: moment,
});
export type PaymentFormView = z.infer<typeof paymentFormSchema>;
