import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { fieldTexts } from './texts.js';
import { baseUrls, linesPerCall, siteNameLimit, siteUrlLimit } from './wire.js';

const about = aboutFields(fieldTexts);

const credential = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** The settings of one merchant at NP Connect Pro; secret fields carry `secret: true`. */
export const settingsSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default(baseUrls.production)
    .meta(about('baseUrl')),
  merchantCode: credential.meta(about('merchantCode')),
  spCode: credential.meta(about('spCode', true)),
  terminalId: z
    .string()
    .regex(/^[0-9A-Za-z]{1,20}$/)
    .meta(about('terminalId')),
  /** observed (S2 S3 S5): the contract's; several transactions a call, or one with its result in the answer. */
  mode: z.enum(['asynchronous', 'real-time']).default('asynchronous').meta(about('mode')),
  registerBatchSize: z.int().min(1).max(linesPerCall).default(100).meta(about('registerBatchSize')),
  duplicateGuardConfirmed: z.boolean().default(false).meta(about('duplicateGuardConfirmed')),
  duplicateGuardCode: z
    .string()
    .regex(/^[0-9A-Za-z]{0,20}$/)
    .default('')
    .meta(about('duplicateGuardCode')),
  siteName: z.string().max(siteNameLimit).optional().meta(about('siteName')),
  siteUrl: z.string().max(siteUrlLimit).optional().meta(about('siteUrl')),
  requestsPerSecond: z.number().positive().max(100).optional().meta(about('requestsPerSecond')),
  patchOverride: z.boolean().default(false).meta(about('patchOverride')),
});

export type NpSettings = z.infer<typeof settingsSchema>;
