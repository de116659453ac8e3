import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { fieldTexts } from './data/texts.js';
import { npPaymentNames } from './data/vocabulary.js';

const about = aboutFields(fieldTexts);

export const settingsSchema = z.object({
  npPayments: z.array(z.string().min(1)).default(npPaymentNames).meta(about('npPayments')),
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
});
export type CagolabSettings = z.output<typeof settingsSchema>;
