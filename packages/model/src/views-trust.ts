import { z } from 'zod';
import { stateSchema } from './states.js';
import { roleSchema } from './views.js';

/** What the HTTP API answers about people, their sessions, and what they have done. */

const moment = z.iso.datetime();

/** A person as those who manage people see one. */
export const userViewSchema = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Null: every shop. */
  shopIds: z.array(z.string()).nullable(),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  /** A link waits to be used until then; null: there is none. */
  linkUntil: moment.nullable(),
  /** Null: never. */
  lastSeenAt: moment.nullable(),
  createdAt: moment,
});
export type UserView = z.infer<typeof userViewSchema>;

/** A link that lets one person set a password, once. Only this answer holds its token. */
export const linkViewSchema = z.object({ token: z.string(), expiresAt: moment });
export type LinkView = z.infer<typeof linkViewSchema>;

export const invitedUserSchema = z.object({ user: userViewSchema, link: linkViewSchema });
export type InvitedUser = z.infer<typeof invitedUserSchema>;

/** Whom a link belongs to, as the page shows it before a password is set. */
export const linkOwnerViewSchema = z.object({
  login: z.string(),
  name: z.string(),
  kind: z.enum(['invitation', 'reset']),
});
export type LinkOwnerView = z.infer<typeof linkOwnerViewSchema>;

/** One of the places in which a person is signed in. */
export const deviceViewSchema = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: moment,
  seenAt: moment,
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const accountViewSchema = z.object({
  login: z.string(),
  name: z.string(),
  role: roleSchema,
  secondFactor: z.boolean(),
  /** Everybody of this role has to have one. */
  secondFactorDemanded: z.boolean(),
  /** Recovery codes that are left. */
  recoveryCodes: z.int(),
  devices: z.array(deviceViewSchema),
});
export type AccountView = z.infer<typeof accountViewSchema>;

/** What the hub demands of people who sign in. */
export const accessRulesSchema = z.object({
  /** The least role of which a second factor is demanded (`viewer`: of everybody); null: of nobody. */
  secondFactorFrom: roleSchema.nullable(),
});
export type AccessRulesView = z.infer<typeof accessRulesSchema>;

/** What an authenticator app is given. */
export const totpViewSchema = z.object({ secret: z.string(), uri: z.string() });
export type TotpView = z.infer<typeof totpViewSchema>;

/** The only answer that holds them. */
export const recoveryCodesViewSchema = z.object({ codes: z.array(z.string()) });
export type RecoveryCodesView = z.infer<typeof recoveryCodesViewSchema>;

/** One line of the audit trail. */
export const auditLineViewSchema = z.object({
  sequence: z.int(),
  at: moment,
  by: z.string(),
  action: z.string(),
  object: z.string(),
  shopId: z.string().nullable(),
  details: z.unknown(),
});
export type AuditLineView = z.infer<typeof auditLineViewSchema>;

export const auditPageSchema = z.object({
  rows: z.array(auditLineViewSchema),
  /** Hand this back as `before` for older ones; null on the last page. */
  next: z.int().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** One transaction of a buyer whom somebody asks about. */
export const buyerMatchSchema = z.object({
  shopId: z.string(),
  shopName: z.string(),
  id: z.string(),
  orderNumber: z.string(),
  buyerName: z.string(),
  /** Tells namesakes apart, and is no more than that takes: how the address begins, how the phone number ends, the mail. */
  addressStart: z.string(),
  phoneEnd: z.string(),
  email: z.string().nullable(),
  /** The same number in one answer: by all that the hub knows the same buyer, counted from 1. */
  buyer: z.int().min(1),
  state: stateSchema,
  orderedAt: moment,
  /** Its data can go: nothing is under way any more. */
  erasable: z.boolean(),
});
export type BuyerMatch = z.infer<typeof buyerMatchSchema>;

export const buyerMatchesSchema = z.object({ matches: z.array(buyerMatchSchema), more: z.boolean() });
export type BuyerMatches = z.infer<typeof buyerMatchesSchema>;

/** Days that each kind of data is kept; null: for good. */
export const retentionSchema = z.object({
  buyers: z.int().min(30).max(36_500).nullable(),
  runs: z.int().min(7).max(36_500).nullable(),
  calls: z.int().min(31).max(36_500).nullable(),
});
export type RetentionView = z.infer<typeof retentionSchema>;

const goingSchema = z.object({ before: moment, count: z.int() }).nullable();
/** What would be erased at the next run under a retention: all that is older than `before`; null: kept for good. */
export const retentionPreviewSchema = z.object({
  buyers: goingSchema,
  runs: goingSchema,
  calls: goingSchema,
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;
