import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { fieldTexts } from './data/texts.js';

const about = aboutFields(fieldTexts);

/** What differs from shop to shop of this cart. */
export const settingsSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).meta(about('endpoint')),
  token: z.string().min(1).meta(about('token', true)),
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
});
export type __PASCAL__Settings = z.output<typeof settingsSchema>;
