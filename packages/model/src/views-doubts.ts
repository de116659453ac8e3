import { z } from 'zod';
import { importPreviewSchema } from './views-files.js';
import { operationSchema, stateSchema } from './states.js';

/** What the HTTP API answers about doubts, orders that look alike, changes after the report, and trouble with calls. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/**
 * A lost answer and the way out of it. `hub`: the hub goes on by itself (`by` is the call that resolves it, sent at
 * `nextAt` at the earliest; null: it is on its way). `person`: only somebody who looks at NP can say what happened.
 */
export const doubtViewSchema = z.object({
  operation: operationSchema,
  sentAt: moment,
  losses: z.int(),
  way: z.enum(['hub', 'person']),
  by: operationSchema.nullable(),
  nextAt: moment.nullable(),
  /** NP is known to have the registration: only its id is missing. */
  arrived: z.boolean(),
  /** NP is known to refuse the same registration twice. */
  guarded: z.boolean(),
  /** From when on a person may say that NP has nothing; null: that is out of the question. */
  absenceFrom: moment.nullable(),
  /** Calls to NP rest at present: nothing of this happens before they go on. */
  paused: z.boolean(),
  shopTransactionId: z.string(),
  connectionId: z.string(),
});
export type DoubtView = z.infer<typeof doubtViewSchema>;

/** Another order of the same buyer. Masked by role; of shops that one may not see nothing is told. */
export const lookalikeViewSchema = z.object({
  shopId: z.string(),
  shopName: z.string(),
  id: z.string(),
  orderNumber: z.string(),
  orderedAt: moment,
  billedYen: z.int(),
  state: stateSchema,
  buyerName: z.string(),
  goods: z.array(z.string()),
});
export type LookalikeView = z.infer<typeof lookalikeViewSchema>;

/** `why`: NP holds the order because of an earlier one (RE027), or the hub has found one like it. */
export const duplicateViewSchema = z.object({
  why: z.enum(['same-total', 'held-by-np']),
  /** The order waits for an answer. */
  waits: z.boolean(),
  genuine: z.boolean(),
  /** More others than one may see. */
  hidden: z.int(),
  others: z.array(lookalikeViewSchema),
});
export type DuplicateView = z.infer<typeof duplicateViewSchema>;

export const reissueStepSchema = z.object({
  name: z.enum(['cancel', 'register', 'review', 'report']),
  state: z.enum(['todo', 'doing', 'done', 'doubt', 'failed']),
});

/** The change of a transaction after its report: what stands in its way, or how far it has come. */
export const reissueViewSchema = z.object({
  /** Null: it can begin, or is under way. */
  obstacle: z.enum(['paid', 'base-unknown', 'unchanged', 'more', 'problems', 'same-day']).nullable(),
  phase: z.enum(['open', 'running', 'stopped']),
  fromYen: z.int().nullable(),
  toYen: z.int(),
  reportedAt: moment,
  /** A transaction that comes from a re-registration already: NP may refuse another one. */
  again: z.boolean(),
  /** What the shop owes the buyer where NP bills too much and can no longer be changed. */
  refundYen: z.int().nullable(),
  steps: z.array(reissueStepSchema),
});
export type ReissueView = z.infer<typeof reissueViewSchema>;

/** A connection or the cart of a shop to which calls do not get through. */
export const troubleViewSchema = z.object({
  kind: z.enum(['connection', 'cart']),
  id: z.string(),
  name: z.string(),
  /** The kind of the last failure: `unauthorized`, `throttled`, `unavailable`, `rejected`, `malformed`. */
  failure: z.string(),
  since: moment,
  /** Null: single lines go out again. */
  nextTryAt: moment.nullable(),
  waiting: z.int(),
});
export type TroubleView = z.infer<typeof troubleViewSchema>;

/**
 * What became of one row of NP's list. `agrees`: known already. `contradicts`: shown as a warning, nothing changed.
 * `other-order`, `not-at-np` and `unanswered` are what NP itself said of the id when it was asked.
 */
export const npRowKindSchema = z.enum([
  'taken',
  'agrees',
  'contradicts',
  'under-way',
  'id-in-use',
  'several-ids',
  'other-order',
  'not-at-np',
  'unanswered',
  'unknown',
  'malformed',
]);
export type NpRowKind = z.infer<typeof npRowKindSchema>;

export const npRowViewSchema = z.object({
  line: z.int(),
  shopTransactionId: z.string(),
  npTransactionId: z.string(),
  kind: npRowKindSchema,
  shopId: z.string().nullable(),
  transactionId: z.string().nullable(),
});
export type NpRowView = z.infer<typeof npRowViewSchema>;

export const npFileViewSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  name: z.string(),
  at: moment,
  by: z.string(),
  counts: z.partialRecord(npRowKindSchema, z.int()),
});
export type NpFileView = z.infer<typeof npFileViewSchema>;

/** `doubts`: registrations whose id is missing; `matched`: how many of them the file names. */
export const npFilePreviewSchema = z.object({
  preview: importPreviewSchema,
  rows: z.int(),
  doubts: z.int(),
  matched: z.int(),
});
export type NpFilePreview = z.infer<typeof npFilePreviewSchema>;

export const npRowPageSchema = z.object({ rows: z.array(npRowViewSchema), next: z.string().nullable() });
export type NpRowPage = z.infer<typeof npRowPageSchema>;

/** A connection whose lists can be taken in. */
export const npListSourceSchema = z.object({
  connectionId: z.string(),
  name: z.string(),
  gatewayLabel: localText,
  help: localText,
  doubts: z.int(),
  files: z.array(npFileViewSchema),
});
export type NpListSource = z.infer<typeof npListSourceSchema>;
