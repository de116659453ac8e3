import { paymentPlanSchema, policiesSchema, type ShopPolicies } from '@np-hub/model';

/** An amount as it stands in a field: empty until somebody has typed one. */
export type Amount = number | '';

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

export interface EnteredMall {
  readonly name: string;
  readonly connectionId: string;
}

/** The policies as they stand in the form: rows that are not filled in yet included. */
export type EnteredPolicies = Omit<
  ShopPolicies,
  'feeBands' | 'malls' | 'creditDaysBefore' | 'paymentPlan'
> & {
  readonly paymentPlan: readonly EnteredPaymentBand[];
  readonly creditDaysBefore: Amount;
  readonly feeBands: readonly EnteredBand[];
  readonly malls: readonly EnteredMall[];
};

/** The form as it opens: what is saved, and the hub's own careful defaults for the rest. */
export function openedPolicies(saved: Readonly<Record<string, unknown>>): EnteredPolicies {
  const read = policiesSchema.safeParse(saved);
  const { malls, ...policies } = read.success ? read.data : policiesSchema.parse({});
  return {
    ...policies,
    malls: Object.entries(malls).map(([name, connectionId]) => ({ name, connectionId })),
  };
}

export type BandFault = 'incomplete' | 'reversed' | 'overlap';

/** What is wrong with each band; an amount that lies in two bands would have two fees. */
export function bandFaults(bands: readonly EnteredBand[]): readonly (BandFault | null)[] {
  return bands.map(({ fromYen, toYen, feeYen }, index) => {
    if (fromYen === '' || toYen === '' || feeYen === '') return 'incomplete';
    if (fromYen > toYen) return 'reversed';
    const overlaps = bands
      .slice(0, index)
      .some(
        (other) =>
          other.fromYen !== '' && other.toYen !== '' && fromYen <= other.toYen && other.fromYen <= toYen,
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

/** How many places of the form are not right yet. Bands count only where fees are changed at all. */
export const countPolicyFaults = (entered: EnteredPolicies): number =>
  [
    ...(entered.feeMode === 'keep' ? [] : bandFaults(entered.feeBands)),
    ...mallFaults(entered.malls),
    isPlan(entered.paymentPlan) ? null : 'incomplete',
    entered.creditTiming === 'before-shipment' && entered.creditDaysBefore === '' ? 'incomplete' : null,
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

function wholePolicies(entered: EnteredPolicies): ShopPolicies {
  const { feeBands, malls, creditDaysBefore, paymentPlan, ...policies } = entered;
  return {
    ...policies,
    paymentPlan: paymentPlanSchema.safeParse(paymentPlan).data ?? [],
    creditDaysBefore: creditDaysBefore === '' ? 0 : creditDaysBefore,
    feeBands: feeBands.flatMap(({ fromYen, toYen, feeYen }) =>
      fromYen === '' || toYen === '' || feeYen === '' ? [] : [{ fromYen, toYen, feeYen }],
    ),
    malls: Object.fromEntries(malls.map(({ name, connectionId }) => [name.trim(), connectionId])),
  };
}
