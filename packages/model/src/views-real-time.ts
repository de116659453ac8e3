import { z } from 'zod';
import { cartInstructionSchema } from './instructions.js';

/** What the HTTP API says to carts that ask before they make an order (real time, seed 001). */

/** Where in the cart the question comes from; each of them acts on the answer in its own way. */
export const screenSchema = z.enum(['checkout', 'admin-create', 'admin-edit', 'auto-child', 'manual-child']);
export type Screen = z.infer<typeof screenSchema>;

/** `in-doubt`: the answer was lost or has not come in time. NP may have the order; the hub finds out, and asks nothing twice. */
export const verdictSchema = z.enum(['approved', 'rejected', 'held', 'in-doubt']);
export type Verdict = z.infer<typeof verdictSchema>;

export const cartActionSchema = z.enum(['create', 'refuse', 'create-and-warn']);
export type CartAction = z.infer<typeof cartActionSchema>;

/** The three classes of 与信NG that buyers are told about. */
export const rejectionClassSchema = z.enum(['over-limit', 'information', 'other']);
export type RejectionClass = z.infer<typeof rejectionClassSchema>;

const localText = z.object({ ja: z.string(), en: z.string() });

export const authorizeAnswerSchema = z.object({
  orderNumber: z.string(),
  /** Null: not known yet (the call did not wait for it). */
  transactionId: z.string().nullable(),
  screen: screenSchema,
  result: verdictSchema,
  /** What the cart does with the order on this screen. */
  action: cartActionSchema,
  /** For `rejected`; null otherwise. */
  rejection: rejectionClassSchema.nullable(),
  reasons: z.array(z.object({ code: z.string(), title: localText })),
  /** Fields that NP would not take, or has refused; nothing was registered for them. */
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: localText })),
  /** What is to be shown, and to whom; null where nothing is. */
  message: z.object({ audience: z.enum(['buyer', 'staff']), ja: z.string(), en: z.string() }).nullable(),
  /** What the cart is asked to do besides: change the order to 代引き, or stop its course. */
  instruction: cartInstructionSchema.nullable(),
  npTransactionId: z.string().nullable(),
  /** Until then the cart has to confirm the order, or it is cancelled at NP; null where nothing is open. */
  confirmBy: z.iso.datetime().nullable(),
});
export type AuthorizeAnswer = z.infer<typeof authorizeAnswerSchema>;

/** What became of one line of a confirmation or an abandonment. */
export const checkoutResultsSchema = z.object({
  results: z.array(
    z.object({
      orderNumber: z.string(),
      outcome: z.enum(['done', 'unchanged', 'unknown', 'not-allowed']),
    }),
  ),
});
export type CheckoutResults = z.infer<typeof checkoutResultsSchema>;
