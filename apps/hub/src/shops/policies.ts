import { z } from 'zod';

/** What a shop decides for itself; the defaults are the careful ones. */
export const policiesSchema = z.object({
  /** Report when every parcel has gone, or with the first. */
  splitShipments: z.enum(['all', 'first']).default('all'),
  /** The shop has NP's 出荷オプション contract: carriers that NP does not list go as 55555. */
  contractedCarrier: z.boolean().default(false),
  /** False for shops that NP has exempted (RE024). */
  emailRequired: z.boolean().default(true),
  /** Register once more when NP drops an approval by itself and nothing has shipped. */
  reregisterAfterLapse: z.boolean().default(true),
});
export type ShopPolicies = z.infer<typeof policiesSchema>;
