import { z } from 'zod';

/** Who has to act next. `np`: wait until a time; `nobody`: hopeless, only another payment method helps. */
export const actorSchema = z.enum(['none', 'buyer', 'shop', 'np', 'nobody']);
export type Actor = z.infer<typeof actorSchema>;

/** A code of the gateway as it came, with what the gateway's dictionary knows of it. Holds no personal data. */
export const reasonSchema = z.object({
  code: z.string(),
  /** False: shown raw, explained by nobody yet. */
  known: z.boolean(),
  actor: actorSchema,
  /** Payload paths concerned, such as `customer.address`. */
  fields: z.array(z.string()),
});
export type Reason = z.infer<typeof reasonSchema>;

/**
 * A field that NP would refuse, found before anything is sent. Holds no value of the field itself, so that
 * it can stand in the history: the page shows the value beside it.
 */
export const problemSchema = z.object({
  /** Payload path, such as `customer.phone`, `goods`, `shipment.slipNumber`. */
  field: z.string(),
  rule: z.string(),
  /** The NP code that the field would have earned; null where none is known. */
  npCode: z.string().nullable(),
  /** Limit, found length and the like, for the message. Numbers only. */
  figures: z.record(z.string(), z.number()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
