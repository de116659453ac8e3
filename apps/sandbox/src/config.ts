import { z } from 'zod';

/** How the sandbox behaves. Everything here can be changed at run time by `PATCH /control/settings`. */
export const settingsSchema = z.strictObject({
  /** From registration or edit until the credit result, asynchronous mode; the first half answers 40, the second 50. */
  reviewDelayMs: z.int().min(0),
  /** How long a hold with RE029 alone (longer review) lasts until it is approved; null is for ever. */
  longReviewMs: z.int().min(0).nullable(),
  /** From the approval until a transaction marked 失効 lapses. */
  lapseDelayMs: z.int().min(0),
  /** From the shipment report until the buyer of a transaction marked 入金 pays. */
  payDelayMs: z.int().min(0),
  /** Refuse a repeated shop transaction id with the same total within a month. */
  duplicateGuard: z.boolean(),
  /** NP's real code for that refusal is not public. */
  duplicateGuardCode: z.string().min(1),
  registerStatus: z.union([z.literal(200), z.literal(201)]),
  /** HTTP status of an answer with both `results` and `errors`. */
  mixedStatus: z.union([z.literal(200), z.literal(400)]),
  requiredDateFormat: z.enum(['milliseconds', 'seconds', 'plain']),
  emailRequired: z.boolean(),
  /** What /authorizations/find says of a cancelled or lapsed transaction: E0100114, or its last result. */
  findAfterCancel: z.enum(['refuse', 'last-result']),
  /** How many times in a row a transaction can be re-registered (E0131011). */
  reregisterLimit: z.int().min(1),
  /** Whether endings of `billed_amount` are magic values. */
  amountMagic: z.boolean(),
  /** How many finds answer a stale 00 after an edit of a transaction marked 古い00. */
  staleFinds: z.int().min(0),
  /** makeshop sends its order notices every two minutes; here faster by default. */
  webhookCycleMs: z.int().min(10),
  /** Whether changes made through the GraphQL API are notified too. */
  webhookOnApiChanges: z.boolean(),
  /** From an accepted request at SBPS until the notice of its result. */
  sbpsNoticeDelayMs: z.int().min(0),
  /** Until a notice that was not answered OK is sent again; six times at most. */
  sbpsNoticeRetryMs: z.int().min(10),
  /** Whether an edit of an NP order by staff sets 審査待ち(準備中), as makeshop's own link does. */
  wordResetsOnEdit: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A merchant at NP. The mode decides how credit results are given. */
export const merchantSchema = z.strictObject({
  merchantCode: z.string().min(1),
  spCode: z.string().min(1),
  terminalId: z.string().min(1),
  mode: z.enum(['asynchronous', 'real-time']),
  /** Whether the merchant has the 出荷オプション contract (carrier code 55555). */
  shippingOption: z.boolean().default(false),
  /** Whether NP refuses this merchant's duplicates; left out: as the settings say. */
  duplicateGuard: z.boolean().optional(),
});
export type Merchant = z.infer<typeof merchantSchema>;

/** A shop at makeshop. Without `webhookUrl` it sends no notices. */
export const shopSchema = z.strictObject({
  shopId: z.string().min(1),
  token: z.string().min(1),
  apiKey: z.string().min(1),
  webhookUrl: z.url().nullable().default(null),
  webhookSecret: z.string().min(1),
});
export type Shop = z.infer<typeof shopSchema>;

/** One service of a merchant at SBPS. Without `noticeUrl` it sends no notices. */
export const sbpsServiceSchema = z.strictObject({
  merchantId: z.string().regex(/^\d{5}$/),
  serviceId: z.string().regex(/^\d{3}$/),
  basicUser: z.string().min(1),
  basicPassword: z.string().min(1),
  hashKey: z.string().min(1),
  /** What refuses a cancel once the buyer has paid; the real code is not public. */
  paidErrorCode: z.string().length(8).default('71086001'),
  noticeUrl: z.url().nullable().default(null),
});
export type SbpsService = z.infer<typeof sbpsServiceSchema>;

export const defaultSettings: Settings = {
  reviewDelayMs: 3000,
  longReviewMs: 60_000,
  lapseDelayMs: 5000,
  payDelayMs: 5000,
  duplicateGuard: true,
  duplicateGuardCode: 'E0100999',
  registerStatus: 200,
  mixedStatus: 200,
  requiredDateFormat: 'milliseconds',
  emailRequired: true,
  findAfterCancel: 'refuse',
  reregisterLimit: 3,
  amountMagic: true,
  staleFinds: 2,
  webhookCycleMs: 1000,
  webhookOnApiChanges: true,
  sbpsNoticeDelayMs: 3000,
  sbpsNoticeRetryMs: 5000,
  wordResetsOnEdit: true,
};

const demoMerchants: Merchant[] = [
  {
    merchantCode: 'DEMO000001',
    spCode: 'SP00000001',
    terminalId: '2000099001',
    mode: 'asynchronous',
    shippingOption: false,
  },
  {
    merchantCode: 'DEMO000002',
    spCode: 'SP00000002',
    terminalId: '2000099002',
    mode: 'real-time',
    shippingOption: false,
  },
];

const demoShops: Shop[] = [
  {
    shopId: 'demoshop',
    token: 'PAT.00000000000000000000000000000001',
    apiKey: 'demo-api-key',
    webhookUrl: null,
    webhookSecret: 'demo-webhook-secret',
  },
];

const demoSbpsServices: SbpsService[] = [
  {
    merchantId: '30132',
    serviceId: '001',
    basicUser: '30132001',
    basicPassword: 'demo-basic-password',
    hashKey: 'demo-hash-key',
    paidErrorCode: '71086001',
    noticeUrl: null,
  },
];

/** The JSON configuration file. Whatever is left out has the documented demo default. */
export const configSchema = z.strictObject({
  merchants: z.array(merchantSchema).default(demoMerchants),
  shops: z.array(shopSchema).default(demoShops),
  sbpsServices: z.array(sbpsServiceSchema).default(demoSbpsServices),
  settings: settingsSchema.partial().default({}),
});
export type SandboxConfigInput = z.input<typeof configSchema>;
export type SandboxConfig = z.infer<typeof configSchema>;
