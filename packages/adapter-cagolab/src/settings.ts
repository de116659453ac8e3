import { z } from 'zod';
import { fieldTexts } from './data/texts.js';
import { npPaymentNames } from './data/vocabulary.js';

/** The form's part of one field. zod types `title` as one string, ours has two languages: hence the narrow type. */
const about = (name: keyof typeof fieldTexts): { secret: boolean } =>
  Object.assign({ secret: false }, fieldTexts[name]);

export const settingsSchema = z.object({
  npPayments: z.array(z.string().min(1)).default(npPaymentNames).meta(about('npPayments')),
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
});
export type CagolabSettings = z.output<typeof settingsSchema>;
