import {
  bandsOverlap,
  paymentPlanSchema,
  policiesSchema,
  type FeeBand,
  type OtherMethod,
  type ShopPolicies,
} from '@np-hub/model';
import { isMistyped, type Amount } from '../../components/amount.js';

export interface EnteredBand {
  readonly fromYen: Amount;
  readonly toYen: Amount;
  readonly feeYen: Amount;
}

/** One line of the payment plan; `untilDays` is null in the last one. */
export interface EnteredPaymentBand {
  readonly untilDays: Amount | null;
  readonly everyHours: Amount;
}

/** Whether the lines are a plan that the hub takes. */
export const isPlan = (plan: readonly EnteredPaymentBand[]): boolean =>
  paymentPlanSchema.safeParse(plan).success;

/** What is not right yet in each line: days have to be given and to go up, and hours to be given. */
export const planFaults = (plan: readonly EnteredPaymentBand[]): readonly ('days' | 'hours' | null)[] =>
  plan.map(({ untilDays, everyHours }, index) => {
    const before = plan[index - 1]?.untilDays;
    const isLater = typeof untilDays === 'number' && (typeof before !== 'number' || untilDays > before);
    if (untilDays !== null && !isLater) return 'days';
    return typeof everyHours === 'number' ? null : 'hours';
  });

export interface EnteredMall {
  readonly name: string;
  readonly connectionId: string;
}

/** One of the shop's other methods of payment as it stands in the form. */
export interface EnteredMethod {
  readonly name: string;
  /** The same fee for every order, or one by bands; what is not used is kept until the form is saved. */
  readonly feeBy: 'flat' | 'bands';
  readonly feeYen: Amount;
  readonly feeBands: readonly EnteredBand[];
  /** Empty: no limit. */
  readonly limitYen: Amount;
  readonly note: string;
}

/** The policies as they stand in the form: rows that are not filled in yet included. */
export type EnteredPolicies = Omit<
  ShopPolicies,
  'feeBands' | 'malls' | 'creditDaysBefore' | 'checkoutMinutes' | 'paymentPlan' | 'otherMethods'
> & {
  readonly otherMethods: readonly EnteredMethod[];
  readonly paymentPlan: readonly EnteredPaymentBand[];
  readonly creditDaysBefore: Amount;
  readonly checkoutMinutes: Amount;
  readonly feeBands: readonly EnteredBand[];
  readonly malls: readonly EnteredMall[];
};

/** The form as it opens: what is saved, and the hub's own careful defaults for the rest. */
export function openedPolicies(saved: Readonly<Record<string, unknown>>): EnteredPolicies {
  const read = policiesSchema.safeParse(saved);
  const { malls, otherMethods, ...policies } = read.success ? read.data : policiesSchema.parse({});
  return {
    ...policies,
    otherMethods: otherMethods.map((method) => ({
      ...method,
      feeBy: method.feeBands.length > 0 ? 'bands' : 'flat',
      limitYen: method.limitYen ?? '',
    })),
    malls: Object.entries(malls).map(([name, connectionId]) => ({ name, connectionId })),
  };
}

export type BandFault = 'incomplete' | 'reversed' | 'overlap';

const isBand = (band: EnteredBand): band is FeeBand =>
  [band.fromYen, band.toYen, band.feeYen].every((amount) => typeof amount === 'number');

/** What is wrong with each band; an amount that lies in two bands would have two fees. */
export function bandFaults(bands: readonly EnteredBand[]): readonly (BandFault | null)[] {
  return bands.map((band, index) => {
    if (!isBand(band)) return 'incomplete';
    if (band.fromYen > band.toYen) return 'reversed';
    const overlaps = bands
      .slice(0, index)
      .some(
        ({ fromYen: from, toYen: to }) =>
          typeof from === 'number' &&
          typeof to === 'number' &&
          bandsOverlap(band, { fromYen: from, toYen: to }),
      );
    return overlaps ? 'overlap' : null;
  });
}

export type MallFault = 'incomplete' | 'twice';

export const mallFaults = (malls: readonly EnteredMall[]): readonly (MallFault | null)[] =>
  malls.map(({ name, connectionId }, index) => {
    if (!name.trim() || !connectionId) return 'incomplete';
    const twice = malls.slice(0, index).some((other) => other.name.trim() === name.trim());
    return twice ? 'twice' : null;
  });

export type MethodFault = 'name' | 'twice' | 'fee' | 'bands' | 'limit';

/** What is wrong with each of the other methods, place by place. */
export const methodFaults = (methods: readonly EnteredMethod[]): readonly (readonly MethodFault[])[] =>
  methods.map(({ name, feeBy, feeYen, feeBands, limitYen }, index) => {
    const twice = methods.slice(0, index).some((other) => other.name.trim() === name.trim());
    const bands = feeBands.length === 0 || bandFaults(feeBands).some((fault) => fault !== null);
    return [
      ...(name.trim() ? (twice ? (['twice'] as const) : []) : (['name'] as const)),
      ...(feeBy === 'flat' && typeof feeYen !== 'number' ? (['fee'] as const) : []),
      ...(feeBy === 'bands' && bands ? (['bands'] as const) : []),
      ...(limitYen === 0 || isMistyped(limitYen) ? (['limit'] as const) : []),
    ];
  });

/** How many places of the form are not right yet. Bands count only where fees are changed at all. */
export const countPolicyFaults = (entered: EnteredPolicies): number =>
  [
    ...(entered.feeMode === 'keep' ? [] : bandFaults(entered.feeBands)),
    ...mallFaults(entered.malls),
    ...methodFaults(entered.otherMethods).flat(),
    isPlan(entered.paymentPlan) ? null : 'incomplete',
    entered.creditTiming === 'before-shipment' && typeof entered.creditDaysBefore !== 'number'
      ? 'incomplete'
      : null,
    entered.realTime && typeof entered.checkoutMinutes !== 'number' ? 'incomplete' : null,
  ].filter((fault) => fault !== null).length;

/**
 * What has changed since the form was opened, as the API takes it: a policy that nobody has touched is left to the hub,
 * so that the defaults of a new shop's cart hold. Call it only for a form without faults.
 */
export function changedPolicies(entered: EnteredPolicies, opened: EnteredPolicies): Partial<ShopPolicies> {
  const whole = wholePolicies(entered);
  const before = wholePolicies(opened);
  const names = Object.keys(whole) as (keyof ShopPolicies)[];
  const changed = names.filter((name) => JSON.stringify(whole[name]) !== JSON.stringify(before[name]));
  return Object.fromEntries(changed.map((name) => [name, whole[name]]));
}

/** A number that is not right, and not in use, is left out: what is saved stays. */
function wholePolicies(entered: EnteredPolicies): Partial<ShopPolicies> {
  const { feeBands, malls, creditDaysBefore, checkoutMinutes, paymentPlan, otherMethods, ...policies } =
    entered;
  return {
    ...policies,
    otherMethods: otherMethods.map(wholeMethod),
    paymentPlan: paymentPlanSchema.safeParse(paymentPlan).data ?? [],
    ...(typeof creditDaysBefore === 'number' ? { creditDaysBefore } : {}),
    ...(typeof checkoutMinutes === 'number' ? { checkoutMinutes } : {}),
    feeBands: wholeBands(feeBands),
    malls: Object.fromEntries(malls.map(({ name, connectionId }) => [name.trim(), connectionId])),
  };
}

/** Without what is wrong: where fees are left as they are, nobody is asked to put the bands right. */
function wholeBands(bands: readonly EnteredBand[]): FeeBand[] {
  const faults = bandFaults(bands);
  return bands.flatMap((band, index) => (isBand(band) && faults[index] === null ? [band] : []));
}

const wholeMethod = ({ name, feeBy, feeYen, feeBands, limitYen, note }: EnteredMethod): OtherMethod => ({
  name: name.trim(),
  feeYen: feeBy === 'flat' && typeof feeYen === 'number' ? feeYen : 0,
  feeBands: feeBy === 'bands' ? wholeBands(feeBands) : [],
  limitYen: typeof limitYen === 'number' ? limitYen : null,
  note: note.trim(),
});
