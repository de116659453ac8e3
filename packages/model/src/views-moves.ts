import { z } from 'zod';
import { moveSettingsSchema } from './move-plan.js';

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/** What is open of a shop's orders while it moves, counted now. */
export const moveCountsSchema = z.object({
  /** 与信OK and not reported, the invoice sent apart (02) and enclosed (03). */
  approvedSeparate: z.int(),
  approvedEnclosed: z.int(),
  /** Nothing at NP yet: first and single orders, and a course's second or later. */
  beforeCreditFirst: z.int(),
  beforeCreditRepeated: z.int(),
  /** Something at NP that is not finished, likewise. */
  afterCreditFirst: z.int(),
  afterCreditRepeated: z.int(),
  /** Orders of before the take-over that nobody has adopted. */
  released: z.int(),
  /** Unpaid or unfinished on the connection that the shop moves away from: its credentials are still needed. */
  onOldConnection: z.int(),
});
export type MoveCounts = z.infer<typeof moveCountsSchema>;

export const moveStepViewSchema = z.object({
  id: z.string(),
  phase: z.enum(['prepare', 'switch', 'left-over', 'after']),
  dueOn: z.string(),
  irreversible: z.boolean(),
  title: localText,
  /** What to do, as the manual has it. */
  help: localText,
  /** How to take it back; null where that is not needed, or cannot be. */
  undo: localText.nullable(),
  /** `hub`: done with a button of its own, or seen by the hub. */
  by: z.enum(['person', 'hub']),
  done: z.object({ by: z.string(), at: moment }).nullable(),
  /** What the hub sees of it now: true, false, or null where it cannot see it. */
  seen: z.boolean().nullable(),
  /** Orders that stand in its way; null where none can. */
  open: z.int().nullable(),
  /** Steps that have to be done before it. */
  missing: z.array(z.string()),
});
export type MoveStepView = z.infer<typeof moveStepViewSchema>;

/** A transaction that nobody would go on with, and why. */
export const orphanSchema = z.object({
  shopId: z.string(),
  transactionId: z.string(),
  orderNumber: z.string(),
  reason: z.enum(['credentials-replaced', 'never-asked', 'never-sent']),
});
export type Orphan = z.infer<typeof orphanSchema>;

export const moveViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  state: z.enum(['planned', 'switched', 'done', 'abandoned']),
  settings: moveSettingsSchema,
  fromConnectionId: z.string(),
  toConnectionId: z.string().nullable(),
  createdAt: moment,
  createdBy: z.string(),
  switchedAt: moment.nullable(),
  endedAt: moment.nullable(),
  steps: z.array(moveStepViewSchema),
  counts: moveCountsSchema,
  orphans: z.array(orphanSchema),
});
export type MoveView = z.infer<typeof moveViewSchema>;

export const moveInputSchema = z.strictObject({
  shopId: z.uuid(),
  toConnectionId: z.uuid().nullable().default(null),
  settings: moveSettingsSchema,
});
export type MoveInput = z.infer<typeof moveInputSchema>;

export const moveChangeSchema = z.strictObject({
  toConnectionId: z.uuid().nullable().optional(),
  settings: moveSettingsSchema.optional(),
});
export type MoveChange = z.infer<typeof moveChangeSchema>;
