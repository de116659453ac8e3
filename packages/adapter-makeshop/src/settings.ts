import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { assumedNames } from './data/fields.js';
import { fieldTexts } from './data/texts.js';
import * as protocol from './data/protocol.js';

const about = aboutFields(fieldTexts);
const required = z.string().min(1);
const url = z.url({ protocol: /^https?$/ });
const size = z.int().min(1).max(protocol.maximumPageSize);
const fieldName = z.string().regex(/^([_A-Za-z]\w*)?$/);

export const settingsSchema = z.object({
  endpoint: url.default(protocol.defaultEndpoint).meta(about('endpoint')),
  shopId: required.meta(about('shopId')),
  token: required.meta(about('token', true)),
  apiKey: required.meta(about('apiKey', true)),
  webhookSecret: required.optional().meta(about('webhookSecret', true)),
  writeBack: z.boolean().default(false).meta(about('writeBack')),
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
  npPayMethods: z.array(required).default(protocol.npPaymentLetters).meta(about('npPayMethods')),
  paymentStatusCodes: z.record(z.string(), required).default({}).meta(about('paymentStatusCodes')),
  fieldNames: z.partialRecord(z.enum(assumedNames), fieldName).default({}).meta(about('fieldNames')),
  reservationDays: z.int().min(1).default(7).meta(about('reservationDays')),
  pageSize: size.default(protocol.maximumPageSize).meta(about('pageSize')),
});
export type MakeshopSettings = z.output<typeof settingsSchema>;
