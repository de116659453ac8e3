import { z } from 'zod';
import { idFormSchema } from './id-forms.js';
import { cartInstructionSchema } from './instructions.js';
import {
  cartStatusSchema,
  npPayloadSchema,
  partySchema,
  paymentRouteSchema,
  subscriptionSchema,
} from './order.js';
import { actorSchema, problemSchema, reasonSchema } from './reasons.js';
import { gateSchema, operationSchema, stateSchema } from './states.js';
import { expectedFeesSchema } from './views-gateways.js';
import { doubtViewSchema, duplicateViewSchema, reissueViewSchema } from './views-doubts.js';
import { paymentStatusSchema } from './views-settlements.js';
import { wordAxisSchema } from './words.js';

/** What the HTTP API answers. The dashboard reads these types; the hub checks its answers against them in tests. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/** So many characters of a search are looked for. */
export const longestSearch = 200;

/** From the mightiest to the least: each may do what those behind it may. */
export const roleSchema = z.enum(['owner', 'operator', 'support', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

/** A program is never an owner. */
export const keyRoleSchema = roleSchema.exclude(['owner']);
export type KeyRole = z.infer<typeof keyRoleSchema>;

/** True where a role is at least the one named. */
export const isAtLeast = (role: Role, least: Role): boolean =>
  roleSchema.options.indexOf(role) <= roleSchema.options.indexOf(least);

export const sessionViewSchema = z.object({
  user: z.object({ id: z.string(), login: z.string(), name: z.string(), role: roleSchema }),
  /** Shown as a banner where the demo runs. */
  demo: z.boolean(),
  /** A second factor is demanded of this person: nothing else opens until it is on. */
  secondFactorNeeded: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** What a person may do now. An action that the facts do not allow is absent. */
export const actionSchema = z.enum([
  'retry',
  'correct',
  'cancel',
  'release',
  'adopt',
  'check-credit',
  'report',
  'enter-np-id',
  'confirm-absence',
  'reissue',
  'register-anew',
  'confirm-repeat',
  'settle-slip',
  'mark-printed',
  'end-second-id',
]);
export type Action = z.infer<typeof actionSchema>;

/** One row of the unified list. Names and phones are masked for viewers. */
export const transactionRowSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  shopName: z.string(),
  cart: localText,
  orderNumber: z.string(),
  /** The number under which the buyer placed the order elsewhere (a mall, another cart), where it is another one. */
  originNumber: z.string().nullable(),
  npTransactionId: z.string().nullable(),
  buyerName: z.string(),
  billedYen: z.int(),
  state: stateSchema,
  /** The word in the cart's own vocabulary; null where nothing is to be shown there. */
  cartWord: z.string().nullable(),
  gate: gateSchema,
  actor: actorSchema,
  attentions: z.array(z.string()),
  reasons: z.array(reasonSchema),
  problems: z.array(problemSchema),
  deadline: z.object({ kind: z.string(), at: moment }).nullable(),
  actions: z.array(actionSchema),
  orderedAt: moment,
  updatedAt: moment,
});
export type TransactionRow = z.infer<typeof transactionRowSchema>;

export const transactionPageSchema = z.object({
  rows: z.array(transactionRowSchema),
  /** Hand this back as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type TransactionPage = z.infer<typeof transactionPageSchema>;

export const countsSchema = z.object({
  total: z.int(),
  states: z.record(z.string(), z.int()),
  actors: z.record(z.string(), z.int()),
  gates: z.record(z.string(), z.int()),
  shops: z.record(z.string(), z.int()),
});
export type Counts = z.infer<typeof countsSchema>;

/** One of the cart's own buttons, as its staff know it: the action that the hub does for it. */
export const cartButtonSchema = z.object({ action: actionSchema, label: localText });

/** The actions that can be done to several transactions at once: those that need nothing beside the keys. */
export const bulkActionSchema = z.enum([
  'retry',
  'cancel',
  'release',
  'check-credit',
  'report',
  'mark-printed',
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

/** What became of each transaction of a bulk action, in the order of the keys. */
export const bulkResultsSchema = z.object({
  results: z.array(
    z.object({
      shopId: z.string(),
      id: z.string(),
      ok: z.boolean(),
      /** Why not: the name for programs, and what people read; null where it was done. */
      error: z.object({ error: z.string(), message: localText }).nullable(),
    }),
  ),
});
export type BulkResults = z.infer<typeof bulkResultsSchema>;

export const timelineEntrySchema = z.object({
  id: z.string(),
  at: moment,
  kind: z.enum(['event', 'call']),
  /** Event type, or operation of the call. */
  name: z.string(),
  attempt: z.int().nullable(),
  /** State after the event; null for calls. */
  state: stateSchema.nullable(),
  /** A named refusal, or how the call ended; null where the event simply moved the transaction. */
  outcome: z.string().nullable(),
  reasons: z.array(reasonSchema),
  /** Login of the person, for staff events. */
  by: z.string().nullable(),
  /** For calls: milliseconds, lines in the batch, HTTP status, masked details. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const attemptViewSchema = z.object({
  number: z.int(),
  shopTransactionId: z.string(),
  npTransactionId: z.string().nullable(),
  live: z.boolean(),
  creditResult: z.string().nullable(),
  fixedAt: z.string().nullable(),
  reportedSlip: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  lapsedAt: z.string().nullable(),
  paidAt: z.string().nullable(),
  /** What the gateway last said of the buyer's payment; null before it was asked, or where it cannot be. */
  payment: z
    .object({
      status: paymentStatusSchema,
      raw: z.string(),
      /** The first day of payment that it named, `YYYY-MM-DD`. */
      paidOn: z.string().nullable(),
      askedAt: moment,
    })
    .nullable(),
});

/** The page of one transaction. */
export const transactionViewSchema = transactionRowSchema.extend({
  stateSince: moment,
  gateReason: z.string(),
  inFlight: z
    .object({
      operation: operationSchema,
      phase: z.string(),
      since: z.string(),
      losses: z.int(),
      arrived: z.boolean(),
    })
    .nullable(),
  cartSays: z.object({
    status: cartStatusSchema,
    rawStatus: z.string(),
    payment: paymentRouteSchema,
    rawPayment: z.string(),
    npWord: z.string().nullable(),
    seenAt: z.string(),
    missing: z.boolean(),
  }),
  /** What was last shown in the cart, and what could not be sent. */
  pushed: z.object({
    word: z.string().nullable(),
    at: z.string().nullable(),
    unsent: z.string().nullable(),
    /** The unsent word is on its way; otherwise somebody has to show it by hand. */
    waiting: z.boolean(),
    error: z.string().nullable(),
  }),
  attempts: z.array(attemptViewSchema),
  refusal: z
    .object({ operation: operationSchema, reasons: z.array(reasonSchema), at: z.string() })
    .nullable(),
  /** The payload NP is to have, masked by role; null once erased. */
  payload: npPayloadSchema.nullable(),
  buyer: partySchema.nullable(),
  parcels: z.array(
    z.object({ carrier: z.string(), slipNumber: z.string(), shippedAt: z.string().nullable() }),
  ),
  corrections: z.array(z.object({ path: z.string(), value: z.string(), replaced: z.string() })),
  flags: z.array(z.string()),
  /** 発送予定日, `YYYY-MM-DD`. */
  plannedShipOn: z.string().nullable(),
  /** The mall or sales channel, in the cart's words. */
  mall: z.string().nullable(),
  subscription: subscriptionSchema.nullable(),
  /** When the credit check starts by the shop's timing; `by-hand`: once a person asks. Null: it has started. */
  creditStart: z.union([moment, z.literal('by-hand')]).nullable(),
  /** Those of `actions` that the cart's own screens have a button for, under the cart's names, in its order. */
  buttons: z.array(cartButtonSchema),
  /** What the cart leaves to people in this situation. */
  reminders: z.array(localText),
  /** What the cart is to do; `byCart` false: it cannot be asked, a person has to do it there. */
  instruction: z
    .object({ name: cartInstructionSchema, byCart: z.boolean(), askedAt: moment.nullable() })
    .nullable(),
  /** What the gateway is expected to charge; null where the contract alone knows. */
  expectedFees: expectedFeesSchema.nullable(),
  idForm: idFormSchema,
  doubt: doubtViewSchema.nullable(),
  /** NP ids that contradict what the hub knows of this order, and that nobody has settled. */
  secondIds: z.array(z.string()),
  duplicate: duplicateViewSchema.nullable(),
  /** Null: nothing has been reported that could be changed. */
  reissue: reissueViewSchema.nullable(),
  timeline: z.array(timelineEntrySchema),
});
export type TransactionView = z.infer<typeof transactionViewSchema>;

/** What NP would get of a corrected order, and what it would refuse; nothing is saved. */
export const correctionPreviewSchema = z.object({
  payload: npPayloadSchema,
  problems: z.array(problemSchema),
});
export type CorrectionPreview = z.infer<typeof correctionPreviewSchema>;

/** One card of the code dictionary, as the API gives it. */
/** In one language or both. */
const staffTextSchema = z.object({ ja: z.string().optional(), en: z.string().optional() });

export const codeCardViewSchema = z.object({
  code: z.string(),
  title: localText,
  explanation: localText,
  actor: actorSchema,
  fields: z.array(z.string()),
  fix: localText,
  example: localText.nullable(),
  buyerText: localText.nullable(),
  weight: z.enum(['confirmed', 'observed', 'assumed']),
  source: z.string(),
  /** Of a card that staff have written: who and when, and the text as it was written. */
  staff: z
    .object({
      by: z.string(),
      at: moment,
      card: z.object({
        title: staffTextSchema,
        explanation: staffTextSchema,
        fix: staffTextSchema,
        buyerText: staffTextSchema.nullable().optional(),
        actor: actorSchema,
      }),
    })
    .optional(),
});
export type CodeCardView = z.infer<typeof codeCardViewSchema>;

/** A word of a shop's cart without a meaning, the orders that wait for one, and the meanings it can be given. */
export const unmappedWordViewSchema = z.object({
  shopId: z.string(),
  shopName: z.string(),
  axis: wordAxisSchema,
  raw: z.string(),
  orders: z.int(),
  firstSeenAt: moment,
  choices: z.array(z.object({ value: z.string(), label: localText })),
});
export type UnmappedWordView = z.infer<typeof unmappedWordViewSchema>;

/** A word that an operator has given a meaning. */
export const wordMapViewSchema = z.object({
  axis: wordAxisSchema,
  raw: z.string(),
  value: z.string(),
  label: localText,
  /** Login of the operator. */
  by: z.string(),
  at: moment,
});
export type WordMapView = z.infer<typeof wordMapViewSchema>;

/** The one shape of an error: the field, what is wrong, and how to put it right. */
export const errorViewSchema = z.object({
  error: z.string(),
  message: localText,
  fields: z.array(z.object({ field: z.string(), message: localText })),
});
export type ErrorView = z.infer<typeof errorViewSchema>;
