import { z } from 'zod';
import { carrierSchema } from './carriers.js';
import { settlementTypeSchema, type Order, type Parcel, type Party } from './order.js';

const partyFields = [
  'name',
  'kana',
  'company',
  'department',
  'postalCode',
  'address',
  'phone',
  'email',
] as const;
type PartyField = (typeof partyFields)[number];

/**
 * What staff may correct in the hub. `settlementType` is their choice for this one order: it stands over the cart's word
 * and the shop's policy, and replaces neither. Goods and amounts belong to the cart: a different total there has to be
 * changed where the buyer's order is. NP takes no mail address for a destination.
 */
export const correctablePaths = [
  'buyer.name',
  'buyer.kana',
  'buyer.company',
  'buyer.department',
  'buyer.postalCode',
  'buyer.address',
  'buyer.phone',
  'buyer.email',
  'destination.name',
  'destination.kana',
  'destination.company',
  'destination.department',
  'destination.postalCode',
  'destination.address',
  'destination.phone',
  'parcel.carrier',
  'parcel.slipNumber',
  'settlementType',
] as const;
export type CorrectablePath = (typeof correctablePaths)[number];

/**
 * One corrected field: the value that goes to NP, and the cart's value that it replaced (null: the cart had
 * none). For `parcel.carrier` the value is a canonical carrier and `replaced` the cart's own word.
 */
export const correctionSchema = z.object({ value: z.string(), replaced: z.string().nullable() });
export type Correction = z.infer<typeof correctionSchema>;

/** The layer over the cart's data. Personal data, as the order itself. */
export const correctionsSchema = z
  .partialRecord(z.enum(correctablePaths), correctionSchema)
  .refine(({ 'parcel.carrier': correction }) => !correction || isCarrier(correction.value), {
    path: ['parcel.carrier'],
    message: 'not a known carrier',
  })
  .refine(({ settlementType: choice }) => !choice || settlementTypeSchema.safeParse(choice.value).success, {
    path: ['settlementType'],
    message: 'not a known way of billing',
  });
export type Corrections = z.infer<typeof correctionsSchema>;

export interface CorrectionOutcome {
  readonly order: Order;
  /** The cart's newer edit won: these corrections no longer apply and have to be reported and removed. */
  readonly dropped: readonly CorrectablePath[];
  /** The cart itself now says the corrected value: these corrections have done their work. */
  readonly adopted: readonly CorrectablePath[];
}

/**
 * Lays the corrections over the cart's order. A correction holds as long as the cart still says what it
 * replaced; once the cart says something else, the cart wins. Blank and absent are the same, outer spaces do not count. Corrections of a
 * destination need the order to have one (the first counts); those of a parcel go to the first, or make one.
 */
export function applyCorrections(cartOrder: Order, corrections: Corrections): CorrectionOutcome {
  let order = cartOrder;
  const dropped: CorrectablePath[] = [];
  const adopted: CorrectablePath[] = [];
  for (const path of correctablePaths) {
    const correction = corrections[path];
    if (!correction) continue;
    const fate = fateOf(cartOrder, path, correction);
    if (fate === 'holds') order = withValue(order, path, correction.value);
    else (fate === 'dropped' ? dropped : adopted).push(path);
  }
  return { order, dropped, adopted };
}

/** The cart's present value of a correctable field, which a new correction keeps as `replaced`; null: none. */
export function cartValueOf(order: Order, path: CorrectablePath): string | null {
  if (path === 'settlementType') return null;
  if (path === 'parcel.carrier') return blankToNull(order.parcels[0]?.carrier?.raw);
  if (path === 'parcel.slipNumber') return blankToNull(order.parcels[0]?.slipNumber);
  const { side, field } = partyPath(path);
  return blankToNull((side === 'buyer' ? order.buyer : order.destinations[0])?.[field]);
}

function fateOf(
  order: Order,
  path: CorrectablePath,
  correction: Correction,
): 'holds' | 'dropped' | 'adopted' {
  if (path.startsWith('destination.') && order.destinations.length === 0) return 'dropped';
  if (path === 'parcel.carrier' && !isCarrier(correction.value)) return 'dropped';
  if (meaningOf(order, path) === blankToNull(correction.value)) return 'adopted';
  return cartValueOf(order, path) === blankToNull(correction.replaced) ? 'holds' : 'dropped';
}

/** The cart's value in the terms of a correction's `value`: for a carrier the canonical one, not the raw word. */
function meaningOf(order: Order, path: CorrectablePath): string | null {
  if (path !== 'parcel.carrier') return cartValueOf(order, path);
  const carrier = order.parcels[0]?.carrier;
  return carrier?.kind === 'mapped' ? carrier.value : null;
}

function withValue(order: Order, path: CorrectablePath, value: string): Order {
  if (path === 'settlementType') return { ...order, settlementType: settlementTypeSchema.parse(value) };
  if (path === 'parcel.carrier' || path === 'parcel.slipNumber') return withParcelValue(order, path, value);
  const { side, field } = partyPath(path);
  const change = (party: Party): Party => ({ ...party, [field]: value });
  if (side === 'buyer') return { ...order, buyer: change(order.buyer) };
  return {
    ...order,
    destinations: order.destinations.map((party, index) => (index === 0 ? change(party) : party)),
  };
}

function withParcelValue(order: Order, path: 'parcel.carrier' | 'parcel.slipNumber', value: string): Order {
  const [first = { carrier: null, slipNumber: '', shippedAt: null }, ...others] = order.parcels;
  const parcel: Parcel =
    path === 'parcel.slipNumber' ? { ...first, slipNumber: value } : withCarrier(first, value);
  return { ...order, parcels: [parcel, ...others] };
}

/** The cart's raw word stays beside the corrected carrier: it still is what the cart says. */
function withCarrier(parcel: Parcel, value: string): Parcel {
  return {
    ...parcel,
    carrier: { kind: 'mapped', value: carrierSchema.parse(value), raw: parcel.carrier?.raw ?? '' },
  };
}

function partyPath(path: Exclude<CorrectablePath, `parcel.${string}` | 'settlementType'>): {
  side: 'buyer' | 'destination';
  field: PartyField;
} {
  const side = path.startsWith('buyer.') ? 'buyer' : 'destination';
  const field = partyFields.find((name) => path === `${side}.${name}`);
  if (!field) throw new TypeError(`Not a party field: ${path}`);
  return { side, field };
}

const isCarrier = (value: string): boolean => carrierSchema.safeParse(value).success;

const blankToNull = (value: string | null | undefined): string | null => value?.trim() || null;
