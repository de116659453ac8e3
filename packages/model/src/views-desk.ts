import { z } from 'zod';
import { correctablePaths } from './corrections.js';
import { gateSchema, stateSchema } from './states.js';
import { bulkResultsSchema, transactionRowSchema } from './views.js';

/** What the desk's parts of the HTTP API answer: search, inbox, notes, links to buyers, repairs, ship gate, deadlines. */

const moment = z.iso.datetime();

/** What a search text was taken for. */
export const findKindSchema = z.enum(['order', 'np-id', 'slip', 'phone', 'phone4', 'mail', 'name']);
export type FindKind = z.infer<typeof findKindSchema>;

/** What a search text has found, by what it was taken for; a transaction stands in the first group that has it. */
export const findViewSchema = z.object({
  groups: z.array(
    z.object({
      kind: findKindSchema,
      rows: z.array(transactionRowSchema),
      /** There are more than these. */
      more: z.boolean(),
    }),
  ),
  /** The text is an inquiry number of NP's (`akt…`), which NP tells buyers and no shop system. */
  inquiryNumber: z.boolean(),
});
export type FindView = z.infer<typeof findViewSchema>;

/** Whose turn it is: the buyer's, the shop's, wait until NP has answered, or hopeless. */
export const inboxForSchema = z.enum(['buyer', 'shop', 'wait', 'hopeless']);
export type InboxFor = z.infer<typeof inboxForSchema>;

export const inboxShowSchema = z.enum(['open', 'snoozed', 'done']);
export type InboxShow = z.infer<typeof inboxShowSchema>;

/** What people have put on a transaction that needs somebody. */
export const deskMarkSchema = z.object({
  /** Login of the person who looks after it. */
  assignee: z.string().nullable(),
  /** Put away until then, or until something changes. Null: not put away. */
  snoozedUntil: moment.nullable(),
  /** Done, until something changes. */
  doneAt: moment.nullable(),
});
export type DeskMark = z.infer<typeof deskMarkSchema>;

export const inboxRowSchema = transactionRowSchema.extend({
  for: inboxForSchema,
  stateSince: moment,
  mark: deskMarkSchema,
  notes: z.int(),
});
export type InboxRow = z.infer<typeof inboxRowSchema>;

/** One page of the inbox, and the counts of the same moment. */
export const inboxPageSchema = z.object({
  rows: z.array(inboxRowSchema),
  next: z.string().nullable(),
  counts: z.object({
    /** Under the same filters, by whose turn it is. */
    for: z.object({ buyer: z.int(), shop: z.int(), wait: z.int(), hopeless: z.int() }),
    /** Under the same filters but this one. */
    show: z.object({ open: z.int(), snoozed: z.int(), done: z.int() }),
    mine: z.int(),
    unassigned: z.int(),
  }),
});
export type InboxPage = z.infer<typeof inboxPageSchema>;

export const deskEntryKindSchema = z.enum([
  'note',
  'assigned',
  'snoozed',
  'done',
  'reopened',
  'link-made',
  'link-revoked',
  'link-used',
]);

export const deskEntrySchema = z.object({
  id: z.string(),
  at: moment,
  /** Login; `buyer-link` for the buyer. */
  by: z.string(),
  kind: deskEntryKindSchema,
  detail: z.string().nullable(),
  /** Of a note; masked for viewers. */
  text: z.string().nullable(),
});
export type DeskEntry = z.infer<typeof deskEntrySchema>;

/** A link by which the buyer corrects fields of their own; its address is told once, when it is made. */
export const buyerLinkSchema = z.object({
  id: z.string(),
  fields: z.array(z.string()),
  madeBy: z.string(),
  madeAt: moment,
  expiresAt: moment,
  usedAt: moment.nullable(),
  revokedAt: moment.nullable(),
});
export type BuyerLink = z.infer<typeof buyerLinkSchema>;

export const newBuyerLinkSchema = buyerLinkSchema.extend({ url: z.string() });
export type NewBuyerLink = z.infer<typeof newBuyerLinkSchema>;

/** What people have put on one transaction. */
export const deskViewSchema = z.object({
  mark: deskMarkSchema,
  entries: z.array(deskEntrySchema),
  links: z.array(buyerLinkSchema),
  /** The fields that a link can be made for: those that NP or the checks point at. */
  linkFields: z.array(z.string()),
});
export type DeskView = z.infer<typeof deskViewSchema>;

export const colleagueSchema = z.object({ login: z.string(), name: z.string() });
export type Colleague = z.infer<typeof colleagueSchema>;

/** What the buyer's page shows: the shop, and the fields to be put right, with what stands in them. */
export const buyerPageSchema = z.object({
  shopName: z.string(),
  fields: z.array(z.object({ path: z.string(), value: z.string(), limit: z.int().nullable() })),
  expiresAt: moment,
});
export type BuyerPage = z.infer<typeof buyerPageSchema>;

export const repairKindSchema = z.enum(['problem', 'reason']);

/** One pattern that holds orders up: a rule of the checks at a field, or a code of NP's. */
export const repairGroupSchema = z.object({
  kind: repairKindSchema,
  /** The rule, or the code. */
  name: z.string(),
  /** Payload path; empty for a code. */
  field: z.string(),
  /** NP's code for it; null where none is known. */
  code: z.string().nullable(),
  orders: z.int(),
  shops: z.int(),
});
export type RepairGroup = z.infer<typeof repairGroupSchema>;

const fieldValues = z.partialRecord(z.enum(correctablePaths), z.string());

/** An order of a pattern, what stands in the field now, and what might put it right. */
export const repairOrderSchema = z.object({
  row: transactionRowSchema,
  /** Null: it cannot be put right in a list. */
  path: z.enum(correctablePaths).nullable(),
  value: z.string(),
  proposal: z.object({ how: z.string(), fields: fieldValues }).nullable(),
});
export type RepairOrder = z.infer<typeof repairOrderSchema>;

export const repairPageSchema = z.object({
  orders: z.array(repairOrderSchema),
  next: z.string().nullable(),
});
export type RepairPage = z.infer<typeof repairPageSchema>;

/** What became of one order of a repair; `undo`: the values with which it can be taken back. */
export const repairResultSchema = bulkResultsSchema.shape.results.element.extend({ undo: fieldValues });
export type RepairResult = z.infer<typeof repairResultSchema>;

/** One order that may still be in the warehouse. No personal data: the list goes to people who pack. */
export const gateRowSchema = z.object({
  shopId: z.string(),
  shopName: z.string(),
  id: z.string(),
  orderNumber: z.string(),
  originNumber: z.string().nullable(),
  npTransactionId: z.string().nullable(),
  gate: gateSchema,
  /** Why the gate stands as it does (`GateReason`). */
  reason: z.string(),
  state: stateSchema,
  updatedAt: moment,
});
export type GateRow = z.infer<typeof gateRowSchema>;

export const gatePageSchema = z.object({
  rows: z.array(gateRowSchema),
  /** Hand this back as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
  /** Of the same moment, whatever gate is asked for. */
  counts: z.object({ ship: z.int(), wait: z.int(), stop: z.int() }),
});
export type GatePage = z.infer<typeof gatePageSchema>;

/** How many orders have one kind of deadline on one day in Japan. */
export const deadlineDaySchema = z.object({
  kind: z.string(),
  /** `YYYY-MM-DD`, or `overdue`. */
  day: z.string(),
  orders: z.int(),
  billedYen: z.int(),
});
export const deadlineBoardSchema = z.object({
  today: z.string(),
  days: z.array(deadlineDaySchema),
  /** Holds, which keep a part of their buyers' limits reserved until they are decided. */
  holds: z.object({ orders: z.int(), billedYen: z.int() }),
});
export type DeadlineBoard = z.infer<typeof deadlineBoardSchema>;

export const deadlinePageSchema = z.object({
  rows: z.array(transactionRowSchema.extend({ dueAt: moment })),
  next: z.string().nullable(),
});
export type DeadlinePage = z.infer<typeof deadlinePageSchema>;

/** One of the shop's other methods for one order (`MethodOffer`). */
export const methodOfferSchema = z.object({
  name: z.string(),
  note: z.string(),
  limitYen: z.int().nullable(),
  feeYen: z.int().nullable(),
  totalYen: z.int().nullable(),
  obstacle: z.enum(['nothing-to-pay', 'no-band', 'over-limit']).nullable(),
});

/** What an order would cost if it were paid otherwise, and whether the buyer may be asked for that. No personal data. */
export const paymentChangeSchema = z.object({
  /** `NpSide`: only where it is `ended` can nothing be billed twice; `none`: there is nothing to propose. */
  npSide: z.enum(['none', 'alive', 'ending', 'unsure', 'ended']),
  /** As NP would bill it, and how much of that is NP's fee. */
  totalYen: z.int(),
  feeYen: z.int(),
  /** False: the cart does not say what its fee is, and the one that was asked with (0 without) stands for it. */
  feeKnown: z.boolean(),
  /** What stands in the cart now. */
  cartTotalYen: z.int(),
  cartFeeYen: z.int(),
  /** One for each method that the shop has entered, in its order. */
  offers: z.array(methodOfferSchema),
});
export type PaymentChange = z.infer<typeof paymentChangeSchema>;
