import { z } from 'zod';
import { cartInstructionSchema } from './instructions.js';
import { gateSchema, stateSchema } from './states.js';
import { roleSchema } from './views.js';

/** What the HTTP API answers other systems, and about them. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

export const apiKeyViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Null: every shop. */
  shopIds: z.array(z.string()).nullable(),
  /** The part of the key that may be seen: `nph_` and its id. */
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  /** Null: it never expires. */
  expiresAt: moment.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyViewSchema>;

/** The only answer that holds the key itself. */
export const newApiKeyViewSchema = apiKeyViewSchema.extend({ key: z.string() });
export type NewApiKeyView = z.infer<typeof newApiKeyViewSchema>;

/** A transaction as it was after a change. */
export const changeViewSchema = z.object({
  /** Hand this back as `after` to go on behind this row. */
  cursor: z.string(),
  at: moment,
  shopId: z.string(),
  orderNumber: z.string(),
  transactionId: z.string(),
  state: stateSchema,
  /** Whether the goods may be sent. */
  gate: gateSchema,
  /** The word of the state in the shop's own vocabulary; null at a checkout, in an edit, and out of the cart's sight. */
  word: z.string().nullable(),
  npTransactionId: z.string().nullable(),
  reasons: z.array(z.object({ code: z.string(), title: localText })),
  /** What the hub asks the cart to do with the order. */
  instruction: cartInstructionSchema.nullable(),
  /** The day on which the buyer paid, `YYYY-MM-DD`; null where it is not paid, or the gateway names no day. */
  paidOn: z.string().nullable(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;

export const changePageSchema = z.object({
  rows: z.array(changeViewSchema),
  /** Hand this back as `after` next time, also where there are no rows. */
  next: z.string(),
  /** There are more rows now. */
  more: z.boolean(),
});
export type ChangePage = z.infer<typeof changePageSchema>;

export const webhookViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  name: z.string(),
  url: z.string(),
  paused: z.boolean(),
  /** Delivered up to here. */
  cursor: z.string(),
  /** Changes of the shop that are still to be delivered, counted up to 1,000. */
  waiting: z.int(),
  /** Deliveries in a row that failed. */
  failures: z.int(),
  /** Why the last one failed; null while they go through. */
  trouble: z.string().nullable(),
  /** When the next try is due after a failure; null otherwise. */
  nextTryAt: moment.nullable(),
  createdAt: moment,
});
export type WebhookView = z.infer<typeof webhookViewSchema>;

/** The only answer that holds the secret itself. */
export const newWebhookViewSchema = webhookViewSchema.extend({ secret: z.string() });
export type NewWebhookView = z.infer<typeof newWebhookViewSchema>;

export const deliveryViewSchema = z.object({
  id: z.string(),
  at: moment,
  kind: z.enum(['changes', 'test']),
  changes: z.int(),
  /** Replay from here to send these changes, and all after them, once more; null for a test. */
  from: z.string().nullable(),
  /** `done`, or why it failed. */
  outcome: z.string(),
  /** HTTP status; null where there was no answer. */
  status: z.int().nullable(),
  durationMs: z.int(),
  /** The beginning of the answer, 200 characters at most. */
  answer: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

export const deliveryPageSchema = z.object({
  rows: z.array(deliveryViewSchema),
  next: z.string().nullable(),
});
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;

export const noticeKindSchema = z.enum([
  'rejected',
  'held',
  'blocked',
  'lapsed',
  'failed',
  'changed-to-cod',
  'course-stopped',
]);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/** One line of the 通知ログ. */
export const noticeViewSchema = z.object({
  id: z.string(),
  at: moment,
  shopId: z.string(),
  shopName: z.string(),
  orderNumber: z.string(),
  transactionId: z.string(),
  kind: noticeKindSchema,
  text: localText,
});

export const noticePageSchema = z.object({
  rows: z.array(noticeViewSchema),
  /** Hand this back as `after` for older ones; null on the last page. */
  next: z.string().nullable(),
});
export type NoticePage = z.infer<typeof noticePageSchema>;

/** How one order of a call ended. `ignored`: paid otherwise, or closed before the hub knew it. */
export const openOrderOutcomeSchema = z.enum(['created', 'changed', 'unchanged', 'ignored', 'refused']);

export const openOrderResultSchema = z.object({
  orderNumber: z.string(),
  ok: z.boolean(),
  outcome: openOrderOutcomeSchema,
  /** Paths into the body that was sent, such as `orders[3].buyer.phone`. */
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: localText })),
  /** Words of this order that nobody had seen before: it waits until an operator says what they mean. */
  newWords: z.array(z.object({ axis: z.string(), raw: z.string() })),
});
export type OpenOrderResult = z.infer<typeof openOrderResultSchema>;

export const openOrderResultsSchema = z.object({ results: z.array(openOrderResultSchema) });
export type OpenOrderResults = z.infer<typeof openOrderResultsSchema>;
