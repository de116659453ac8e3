import { z } from 'zod';
import { cartInstructionSchema } from './instructions.js';
import { policiesSchema } from './policies.js';
import { cartButtonSchema } from './views.js';

/** What the HTTP API answers of shops, connections, and what can be installed. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/** What a field for a number takes; null: no bound. `places`: of a fraction, 0 for whole numbers, null for any. */
const numberLimitsSchema = z.object({
  min: z.number().nullable(),
  max: z.number().nullable(),
  places: z.int().nullable(),
});
export type NumberLimits = z.infer<typeof numberLimitsSchema>;

/** One field of a settings form, drawn from an adapter's or a gateway's own schema. */
export const settingFieldSchema = z.object({
  name: z.string(),
  title: localText,
  help: localText.nullable(),
  secret: z.boolean(),
  required: z.boolean(),
  /** `map`: texts by name. `json`: what none of the others can hold. */
  kind: z.enum(['text', 'number', 'boolean', 'choice', 'list', 'map', 'json']),
  /** Of a map: the names that it may have; empty: any. */
  keys: z.array(z.string()),
  /** Of a choice, or of the values of a map; empty: any text. */
  choices: z.array(z.string()),
  /** What people read for a key or a choice that is a code. */
  labels: z.record(z.string(), localText),
  /** Of a number; null for every other kind. */
  limits: numberLimitsSchema.nullable(),
  default: z.unknown(),
});
export type SettingField = z.infer<typeof settingFieldSchema>;

export const shopModeSchema = z.enum(['draft', 'live', 'paused']);

/** What a cart's adapter brings: transports, and the cart's own buttons (for bulk actions). */
const capabilitiesSchema = z.object({
  pull: z.boolean(),
  files: z.boolean(),
  push: z.boolean(),
  buttons: z.array(cartButtonSchema),
  instructions: z.array(cartInstructionSchema),
});

/** One look at a cart for changed orders. */
export const runViewSchema = z.object({
  at: moment,
  outcome: z.string(),
  orders: z.int(),
  changed: z.int(),
  durationMs: z.int(),
  error: z.string().nullable(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const shopViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  adapter: z.string(),
  adapterLabel: localText,
  capabilities: capabilitiesSchema,
  connectionId: z.string(),
  connectionName: z.string(),
  /** What the gateway last complained of as a whole; null while calls go through. */
  connectionTrouble: z.string().nullable(),
  mode: shopModeSchema,
  takeoverAt: moment.nullable(),
  /** Orders placed from then on are left alone; null: in service. */
  retiredAt: moment.nullable(),
  writeBack: z.boolean(),
  /** Without what the adapter marks as secret. */
  settings: z.record(z.string(), z.unknown()),
  policies: z.record(z.string(), z.unknown()),
  webhookUrl: z.string().nullable(),
  lastRun: runViewSchema.nullable(),
  nextRunAt: moment.nullable(),
});
export type ShopView = z.infer<typeof shopViewSchema>;

/** A contract with NP or SBPS; `settings` hold no secrets. */
export const connectionViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  gateway: z.string(),
  gatewayLabel: localText,
  settings: z.record(z.string(), z.unknown()),
  /** How the last call failed as a whole: `kind: message`; null while calls go through. */
  trouble: z.string().nullable(),
  /** Where the gateway sends its notices; null where it sends none, or nobody knows the hub's address. */
  notificationUrl: z.string().nullable(),
  /** The gateway tells results by itself. */
  notifies: z.boolean(),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

/** A kind of gateway that can be connected, with the form that its settings need. */
export const gatewayKindSchema = z.object({
  id: z.string(),
  label: localText,
  fields: z.array(settingFieldSchema),
});
export type GatewayKind = z.infer<typeof gatewayKindSchema>;

/** A kind of cart that can be connected; `policies`: what a new shop of it starts with. */
export const cartKindSchema = gatewayKindSchema.extend({
  capabilities: capabilitiesSchema,
  policies: policiesSchema,
});
export type CartKind = z.infer<typeof cartKindSchema>;
