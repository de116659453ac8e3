import { z } from 'zod';
import { cartStatusSchema, npPayloadSchema, partySchema, paymentRouteSchema } from './order.js';
import { actorSchema, problemSchema, reasonSchema } from './reasons.js';
import { gateSchema, operationSchema, stateSchema } from './states.js';

/** What the HTTP API answers. The dashboard reads these types; the hub checks its answers against them in tests. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

export const roleSchema = z.enum(['operator', 'support', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

export const sessionViewSchema = z.object({
  user: z.object({ id: z.string(), login: z.string(), name: z.string(), role: roleSchema }),
  /** Shown as a banner where the demo runs. */
  demo: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** One row of the unified list. Names and phones are masked for viewers. */
export const transactionRowSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  shopName: z.string(),
  cart: localText,
  orderNumber: z.string(),
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
]);
export type Action = z.infer<typeof actionSchema>;

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
  actions: z.array(actionSchema),
  timeline: z.array(timelineEntrySchema),
});
export type TransactionView = z.infer<typeof transactionViewSchema>;

/** One card of the code dictionary, as the API gives it. */
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
});
export type CodeCardView = z.infer<typeof codeCardViewSchema>;

/** One field of a settings form, drawn from an adapter's or a gateway's own schema. */
export const settingFieldSchema = z.object({
  name: z.string(),
  title: localText,
  help: localText.nullable(),
  secret: z.boolean(),
  required: z.boolean(),
  kind: z.enum(['text', 'number', 'boolean', 'choice', 'list', 'json']),
  choices: z.array(z.string()),
  default: z.unknown(),
});
export type SettingField = z.infer<typeof settingFieldSchema>;

export const shopModeSchema = z.enum(['draft', 'live', 'paused']);

export const shopViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  adapter: z.string(),
  adapterLabel: localText,
  connectionId: z.string(),
  connectionName: z.string(),
  /** What the gateway last complained of as a whole; null while calls go through. */
  connectionTrouble: z.string().nullable(),
  mode: shopModeSchema,
  takeoverAt: moment.nullable(),
  writeBack: z.boolean(),
  /** Without what the adapter marks as secret. */
  settings: z.record(z.string(), z.unknown()),
  policies: z.record(z.string(), z.unknown()),
  webhookUrl: z.string().nullable(),
  lastRun: z
    .object({
      at: moment,
      outcome: z.string(),
      orders: z.int(),
      changed: z.int(),
      durationMs: z.int(),
      error: z.string().nullable(),
    })
    .nullable(),
  nextRunAt: moment.nullable(),
});
export type ShopView = z.infer<typeof shopViewSchema>;

/** The one shape of an error: the field, what is wrong, and how to put it right. */
export const errorViewSchema = z.object({
  error: z.string(),
  message: localText,
  fields: z.array(z.object({ field: z.string(), message: localText })),
});
export type ErrorView = z.infer<typeof errorViewSchema>;
