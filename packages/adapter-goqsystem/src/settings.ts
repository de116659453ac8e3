import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { cancelledLabels, npPayments, otherPayments } from './data/payments.js';
import { fieldTexts } from './data/texts.js';

const about = aboutFields(fieldTexts);
const names = z.array(z.string().min(1));

export const settingsSchema = z.object({
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
  npPayments: names.default(npPayments).meta(about('npPayments')),
  otherPayments: names.default(otherPayments).meta(about('otherPayments')),
  cancelledLabels: names.default(cancelledLabels).meta(about('cancelledLabels')),
  openLabels: names.default([]).meta(about('openLabels')),
});
export type GoqSettings = z.output<typeof settingsSchema>;
