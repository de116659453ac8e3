import { z } from 'zod';
import { actorSchema, problemSchema } from './reasons.js';
import { gateSchema, stateSchema } from './states.js';
import { shopViewSchema } from './views-shops.js';
import { wordAxisSchema } from './words.js';

/** What the HTTP API answers to those who run the hub: onboarding, notifications, cards, health, reports. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/** How one side answered a connection test; `fields` names the settings that it did not accept. */
export const sideCheckSchema = z.object({
  ok: z.boolean(),
  message: localText,
  fields: z.array(z.string()),
});
export type SideCheck = z.infer<typeof sideCheckSchema>;

/** What would become of one order, had the shop been live. No personal data. */
export const rehearsedOrderSchema = z.object({
  orderNumber: z.string(),
  orderedAt: moment.nullable(),
  billedYen: z.int().nullable(),
  /** `taken`: into `state`; `paid-otherwise` and `closed` are left alone; `unreadable` is shown with its problems. */
  outcome: z.enum(['taken', 'paid-otherwise', 'closed', 'unreadable']),
  state: stateSchema.nullable(),
  gate: gateSchema.nullable(),
  actor: actorSchema.nullable(),
  /** The first thing the hub would ask NP for; null: nothing yet. */
  operation: z.string().nullable(),
  problems: z.array(problemSchema),
  unread: z.array(localText),
});
export type RehearsedOrder = z.infer<typeof rehearsedOrderSchema>;

/** A word of the cart that was met, and what the hub takes it for; null: nobody has given it a meaning. */
export const rehearsedWordSchema = z.object({
  axis: wordAxisSchema,
  raw: z.string(),
  value: z.string().nullable(),
  orders: z.int(),
});
export type RehearsedWord = z.infer<typeof rehearsedWordSchema>;

/** A dry run over settings that are not saved yet: nothing is sent to NP, and nothing is written anywhere. */
export const rehearsalSchema = z.object({
  gateway: sideCheckSchema,
  cart: sideCheckSchema,
  /** False: the cart is not asked for orders (it sends files, or calls the hub). */
  pulls: z.boolean(),
  orders: z.array(rehearsedOrderSchema),
  /** There were more orders than are shown. */
  more: z.boolean(),
  words: z.array(rehearsedWordSchema),
  /** What the cart will show in each situation; null: nothing is sent. */
  outgoing: z.array(z.object({ key: z.string(), word: z.string().nullable() })),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

/** A shop that was made by the onboarding, with its connection where that is new. */
export const onboardedSchema = z.object({ shop: shopViewSchema, connectionId: z.string() });
export type Onboarded = z.infer<typeof onboardedSchema>;

/** What a shop that is to be taken out of service still has to do. */
export const openWorkSchema = z.object({
  /** Transactions that are not at an end, by state. */
  states: z.record(z.string(), z.int()),
  total: z.int(),
  /** Calls to NP that are due or under way. */
  waiting: z.int(),
});
export type OpenWork = z.infer<typeof openWorkSchema>;

export const topicSchema = z.enum(['ng', 'hold', 'stop', 'drift', 'outage', 'first-seen']);
export type Topic = z.infer<typeof topicSchema>;

export const channelKindSchema = z.enum(['mail', 'webhook', 'slack', 'chatwork']);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** Minutes of a day in Japan. */
const dayMinute = z.int().min(0).max(1439);

/** A place to which one person has the hub tell things. What gives access to it is never shown again. */
export const channelViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: channelKindSchema,
  /** Where to, as far as it is no secret: an address, a host, a room. */
  target: z.string(),
  topics: z.array(topicSchema),
  /** Null: every shop that the person may see. */
  shopIds: z.array(z.string()).nullable(),
  language: z.enum(['ja', 'en']),
  /** Nothing is sent from one to the other; both null: always. */
  quietFrom: dayMinute.nullable(),
  quietTo: dayMinute.nullable(),
  /** One message a day at this minute; null: as it happens, in batches. */
  digestAt: dayMinute.nullable(),
  paused: z.boolean(),
  waiting: z.int(),
  failures: z.int(),
  trouble: z.string().nullable(),
  sentAt: moment.nullable(),
});
export type ChannelView = z.infer<typeof channelViewSchema>;

export const newChannelViewSchema = z.object({
  channel: channelViewSchema,
  /** Of webhooks alone: with it receivers check the signature. Only this answer holds it. */
  secret: z.string().nullable(),
});
export type NewChannelView = z.infer<typeof newChannelViewSchema>;

export const channelsViewSchema = z.object({
  channels: z.array(channelViewSchema),
  /** Mail can be sent: the hub has a mail server. */
  mail: z.boolean(),
});
export type ChannelsView = z.infer<typeof channelsViewSchema>;

export const channelTestSchema = z.object({ ok: z.boolean(), message: z.string() });
export type ChannelTest = z.infer<typeof channelTestSchema>;

/** A code of a gateway that no dictionary explains, and where it came first. */
export const unknownCodeSchema = z.object({
  code: z.string(),
  firstSeenAt: moment,
  shopId: z.string(),
  shopName: z.string(),
  transactionId: z.string(),
  orderNumber: z.string(),
});
export type UnknownCode = z.infer<typeof unknownCodeSchema>;

/** How a shop's cart or a connection fares. */
export const conditionSchema = z.enum([
  'good',
  'late',
  'failing',
  'credentials',
  'outage',
  'catching-up',
  'off',
]);
export type Condition = z.infer<typeof conditionSchema>;

const fareSchema = z.object({
  id: z.string(),
  name: z.string(),
  condition: conditionSchema,
  /** Since when it does not answer; null: it does. */
  since: moment.nullable(),
  nextTryAt: moment.nullable(),
  lastSuccessAt: moment.nullable(),
  /** In the last 24 hours: runs of a shop, calls of a connection. */
  tries: z.int(),
  failures: z.int(),
  /** What waits to be sent, and how long the oldest is due already. */
  waiting: z.int(),
  waitingSeconds: z.int(),
  lastError: z.string().nullable(),
});

export const healthSchema = z.object({
  at: moment,
  shops: z.array(
    fareSchema.extend({
      cart: localText,
      mode: z.enum(['draft', 'live', 'paused']),
      retired: z.boolean(),
      /** Since the cart was last read to the end; null: it is not asked. */
      lagSeconds: z.int().nullable(),
    }),
  ),
  connections: z.array(fareSchema.extend({ gateway: localText })),
});
export type Health = z.infer<typeof healthSchema>;

/** Figures of orders, by the day of the order in Japan. */
export const reportFiguresSchema = z.object({
  orders: z.int(),
  billedYen: z.int(),
  /** Ever approved, held, rejected or stopped: an order can be counted in several. */
  approved: z.int(),
  held: z.int(),
  rejected: z.int(),
  blocked: z.int(),
  reported: z.int(),
  cancelled: z.int(),
  /** From the first sight to the approval: the mean. Null: there was none. */
  approvalSeconds: z.int().nullable(),
  /** From the hold or stop to the approval: the mean. */
  fixSeconds: z.int().nullable(),
});
export type ReportFigures = z.infer<typeof reportFiguresSchema>;

export const reportSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  total: reportFiguresSchema,
  days: z.array(z.object({ day: z.iso.date(), figures: reportFiguresSchema })),
  shops: z.array(z.object({ id: z.string(), name: z.string(), figures: reportFiguresSchema })),
  carts: z.array(z.object({ id: z.string(), label: localText, figures: reportFiguresSchema })),
  codes: z.array(z.object({ code: z.string(), title: localText, times: z.int() })),
  /** Expected by the public price list; shops whose contract alone knows the fees are left out. Without tax on the 252円. */
  fees: z.array(z.object({ month: z.string(), reported: z.int(), lowYen: z.int(), highYen: z.int() })),
});
export type Report = z.infer<typeof reportSchema>;
