import { z } from 'zod';

/** What the HTTP API answers about reconciliations: runs, and the differences that they found. */

const moment = z.iso.datetime();

/** The kinds of difference, those with NP first. */
export const findingKindSchema = z.enum([
  /** NP's decision on the buyer is another one than the hub held for final. */
  'np-state',
  'np-amount',
  /** The buyer has paid, and the hub did not know. */
  'np-paid',
  /** The hub knows of a payment that NP does not show. */
  'np-unpaid',
  /** Cancelled or dropped there. */
  'np-cancelled',
  /** Ended here, and alive there. */
  'np-alive',
  /** NP does not know the id. */
  'np-unknown',
  /** The id belongs to another order there. */
  'np-other-order',
  /** An answer that proves nothing. */
  'np-unclear',
  /** The cart shows another NP word than the one that was sent. */
  'cart-word',
  'cart-amount',
  /** Who gets it, or what is in it. */
  'cart-content',
  'cart-cancelled',
  'cart-returned',
  'cart-payment',
  'cart-shipment',
  /** The cart does not show the order any more. */
  'cart-missing',
  /** An order that the hub had never seen. */
  'cart-new',
]);
export type FindingKind = z.infer<typeof findingKindSchema>;

/** What a person is offered: cancel at NP once more, send the cart's word again, cancel at NP, or ask NP again. */
export const findingActionSchema = z.enum(['cancel-again', 'send-word', 'cancel', 'check-credit']);
export type FindingAction = z.infer<typeof findingActionSchema>;

export const findingStateSchema = z.enum(['open', 'repaired', 'resolved']);

/** One difference. It holds no personal data: words, amounts and names of states only. */
export const findingViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  shopName: z.string(),
  transactionId: z.string(),
  orderNumber: z.string(),
  /** Null: seen between two reconciliations, when the cart was read. */
  runId: z.string().nullable(),
  kind: findingKindSchema,
  /** Which registration at NP; null where it is about the order. */
  attempt: z.int().nullable(),
  /** What the hub had, and what the other side showed; null where words say no more than the kind. */
  had: z.string().nullable(),
  shown: z.string().nullable(),
  state: findingStateSchema,
  /** The event that repaired it by itself, as the history shows it. */
  event: z.string().nullable(),
  /** What a person can do; null: only look. */
  action: findingActionSchema.nullable(),
  foundAt: moment,
  resolvedAt: moment.nullable(),
  /** Login; null where a later comparison found both sides equal. */
  resolvedBy: z.string().nullable(),
  resolution: z.enum(['done', 'dismissed', 'gone']).nullable(),
});
export type FindingView = z.infer<typeof findingViewSchema>;

export const findingPageSchema = z.object({
  rows: z.array(findingViewSchema),
  /** Hand this back as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type FindingPage = z.infer<typeof findingPageSchema>;

/** One reconciliation of one shop. */
export const reconciliationViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  /** Login of the person; null: the nightly one. */
  by: z.string().nullable(),
  askedAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** Which side is being compared; `done` at the end. */
  phase: z.enum(['np', 'cart', 'done']),
  outcome: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Transactions to be compared on both sides together, and those that have been. */
  total: z.int(),
  checked: z.int(),
  /** Left alone: a call was under way, or something moved while NP answered. */
  skipped: z.int(),
  /** Why the cart itself was not read: orders come by file, reading is switched off, the shop is paused. */
  cartUnread: z.enum(['file', 'off', 'paused']).nullable(),
  counts: z.partialRecord(findingKindSchema, z.int()),
  error: z.string().nullable(),
});
export type ReconciliationView = z.infer<typeof reconciliationViewSchema>;

/** A shop's reconciliations: the last ones, when the next nightly one begins, and how many differences are open. */
export const reconciliationsViewSchema = z.object({
  runs: z.array(reconciliationViewSchema),
  nextAt: moment.nullable(),
  open: z.int(),
});
export type ReconciliationsView = z.infer<typeof reconciliationsViewSchema>;
