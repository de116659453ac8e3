import { z } from 'zod';

/** From Connect Pro in batches to NPリアルタイム与信, or from a cart's own NP link to the hub. */
export const moveKindSchema = z.enum(['batch-to-real-time', 'own-link-to-hub']);
export type MoveKind = z.infer<typeof moveKindSchema>;

const method = z.string().trim().min(1).max(100);

/** What a move is planned from: how the shop and its cart are set today. */
export const moveSettingsSchema = z.strictObject({
  kind: moveKindSchema,
  /** The day of the switch in Japan, `YYYY-MM-DD`. */
  switchOn: z.iso.date(),
  /** 与信タイミング: so many days before 発送予定日 the credit check runs today. */
  creditDaysBefore: z.int().min(0).max(90).default(0),
  /** 定期注文の生成日: so many days before 発送予定日 the cart makes a course's next order; null: no courses. */
  courseDaysBefore: z.int().min(0).max(90).nullable().default(null),
  /** 請求書同梱: not used, used today already, or to be set up anew. */
  enclosedInvoice: z.enum(['none', 'kept', 'new']).default('none'),
  /** LP一体型フォーム are used. */
  landingForms: z.boolean().default(false),
  /** Orders come from つくーる by its API as well. */
  tsukuru: z.boolean().default(false),
  /** After the switch the cart shows NP後払い to buyers, or hides it. */
  visibility: z.enum(['shown', 'hidden']).default('shown'),
  /** 配送方法: real time needs a 運送会社コード for each. */
  shippingMethods: z.array(method).max(50).default([]),
});
export type MoveSettings = z.infer<typeof moveSettingsSchema>;

/** The steps in their order; `carrier-code` stands once for every 配送方法. */
export const moveStepNames = [
  'apply',
  'tsukuru',
  'connection',
  'credit-timing-zero',
  'course-generation-zero',
  'own-link-drained',
  'drain',
  'cart-service',
  'cart-visibility',
  'cart-fee-text',
  'enclosed-invoice',
  'carrier-code',
  'own-link-off',
  'hub-switch',
  'products',
  'course-masters',
  'landing-forms',
  'left-before-credit-first',
  'left-before-credit-repeated',
  'left-after-credit',
  'left-own-link',
  'check',
] as const;
export type MoveStepName = (typeof moveStepNames)[number];

export interface MoveStep {
  /** The name, with the 配送方法 behind a colon for `carrier-code`. */
  readonly id: string;
  readonly name: MoveStepName;
  readonly method: string | null;
  readonly phase: 'prepare' | 'switch' | 'left-over' | 'after';
  /** The last day on which it does its work, `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** Cannot be taken back. */
  readonly irreversible: boolean;
  /** Steps that have to be done before it. */
  readonly after: readonly string[];
}

const dayMs = 86_400_000;

/** A day so many days later, or earlier. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The same day of the month before, or its last day. */
export function monthBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

/**
 * The dated plan of a move, in the order of the manual (seed 001, 切り替え事前準備 and 切り替え当日の作業内容). An order for
 * the day of the switch would be checked N days before it: the timing has to be 0 on the day before that. The same for
 * the day on which a course makes its next order.
 */
export function planMove(settings: MoveSettings): readonly MoveStep[] {
  const { switchOn } = settings;
  return settings.kind === 'own-link-to-hub'
    ? [
        step('connection', 'prepare', dayAfter(switchOn, -1)),
        step('own-link-drained', 'prepare', dayAfter(switchOn, -1)),
        step('own-link-off', 'switch', switchOn),
        step('hub-switch', 'switch', switchOn, ['connection', 'own-link-off']),
        step('left-own-link', 'left-over', switchOn, ['hub-switch']),
        step('check', 'after', dayAfter(switchOn, 1), ['hub-switch']),
      ]
    : realTimeSteps(settings);
}

function realTimeSteps(settings: MoveSettings): readonly MoveStep[] {
  const { switchOn, creditDaysBefore, courseDaysBefore, shippingMethods } = settings;
  const courses = courseDaysBefore !== null;
  const when = (condition: boolean, ...steps: readonly MoveStep[]) => (condition ? steps : []);
  return [
    step('apply', 'prepare', monthBefore(switchOn)),
    ...when(settings.tsukuru, step('tsukuru', 'prepare', dayAfter(switchOn, -1))),
    step('connection', 'prepare', dayAfter(switchOn, -1), ['apply']),
    step('credit-timing-zero', 'prepare', dayAfter(switchOn, -(creditDaysBefore + 1))),
    ...when(
      courses,
      step('course-generation-zero', 'prepare', dayAfter(switchOn, -((courseDaysBefore ?? 0) + 1))),
    ),
    step('drain', 'switch', switchOn),
    step('cart-service', 'switch', switchOn, ['drain']),
    step('cart-visibility', 'switch', switchOn, ['cart-service']),
    step('cart-fee-text', 'switch', switchOn, ['cart-service']),
    ...when(
      settings.enclosedInvoice !== 'none',
      step('enclosed-invoice', 'switch', switchOn, ['cart-service']),
    ),
    ...[...new Set(shippingMethods)].map((name) => ({
      ...step('carrier-code', 'switch', switchOn),
      id: `carrier-code:${name}`,
      method: name,
    })),
    step('hub-switch', 'switch', switchOn, ['connection', 'cart-service']),
    irreversible(step('products', 'switch', switchOn, ['hub-switch'])),
    ...when(courses, irreversible(step('course-masters', 'switch', switchOn, ['hub-switch']))),
    ...when(settings.landingForms, step('landing-forms', 'switch', switchOn, ['hub-switch'])),
    step('left-before-credit-first', 'left-over', switchOn, ['hub-switch']),
    ...when(
      courses,
      step('left-before-credit-repeated', 'left-over', switchOn, ['hub-switch', 'course-masters']),
    ),
    step('left-after-credit', 'left-over', switchOn, ['hub-switch']),
    step('check', 'after', dayAfter(switchOn, 1), ['hub-switch']),
  ];
}

const step = (
  name: MoveStepName,
  phase: MoveStep['phase'],
  dueOn: string,
  after: readonly string[] = [],
): MoveStep => ({ id: name, name, method: null, phase, dueOn, irreversible: false, after });

const irreversible = (one: MoveStep): MoveStep => ({ ...one, irreversible: true });

/** The steps that stand in the way of one, of those that are done. */
export const stepsMissing = (
  steps: readonly MoveStep[],
  id: string,
  done: ReadonlySet<string>,
): readonly string[] => (steps.find((one) => one.id === id)?.after ?? []).filter((one) => !done.has(one));
