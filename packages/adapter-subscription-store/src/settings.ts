import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { carrierCodes } from './data/carriers.js';
import { orderColumns } from './data/columns.js';
import { defaultPaths, maximumPageSize } from './data/protocol.js';
import { fieldTexts } from './data/texts.js';
import { npPayments } from './data/words.js';

const columnLabels = Object.fromEntries(
  Object.entries(orderColumns).map(([name, { label }]) => [name, label]),
);
const about = aboutFields({ ...fieldTexts, fieldNames: { ...fieldTexts.fieldNames, labels: columnLabels } });
const required = z.string().min(1);
const url = z.url({ protocol: /^https?$/ });
const settlementType = z.enum(['02', '03']);
const code = z.enum(Object.keys(carrierCodes));
const path = z.string().regex(/^\/[\w./-]+$/);
const pathName = z.enum(['access', 'orders', 'statuses']);
const column = z.enum(Object.keys(orderColumns));
const fieldPath = z.string().regex(/^(\w+(\.\w+)*)?$/);
const size = z.int().min(1).max(maximumPageSize);

export const settingsSchema = z
  .object({
    npPayments: z.record(required, settlementType).default(npPayments).meta(about('npPayments')),
    carrierCodes: z.record(required, code).default({}).meta(about('carrierCodes')),
    codWord: required.default('代引き').meta(about('codWord')),
    apiEnabled: z.boolean().default(false).meta(about('apiEnabled')),
    apiUrl: url.optional().meta(about('apiUrl')),
    clientId: required.optional().meta(about('clientId')),
    clientSecret: required.optional().meta(about('clientSecret', true)),
    apiPaths: z.record(pathName, path).default(defaultPaths).meta(about('apiPaths')),
    fieldNames: z.partialRecord(column, fieldPath).default({}).meta(about('fieldNames')),
    pageSize: size.default(100).meta(about('pageSize')),
  })
  .refine(
    ({ apiEnabled, apiUrl, clientId, clientSecret }) => !apiEnabled || (apiUrl && clientId && clientSecret),
    {
      path: ['apiEnabled'],
      message: 'The API needs apiUrl, clientId and clientSecret.',
    },
  );
export type Settings = z.output<typeof settingsSchema>;
