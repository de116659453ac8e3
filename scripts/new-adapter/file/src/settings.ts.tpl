import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { fieldTexts } from './data/texts.js';

const about = aboutFields(fieldTexts);

/** What differs from shop to shop of this cart. A secret field says so: `about('token', true)`. */
export const settingsSchema = z.object({
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
});
export type __PASCAL__Settings = z.output<typeof settingsSchema>;
