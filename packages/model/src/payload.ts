import { japaneseDay } from './clock.js';
import { applyCorrections, type Corrections } from './corrections.js';
import type { NpPayload, Order, OrderLine, Party } from './order.js';
import {
  normaliseAddress,
  normaliseEmail,
  normaliseGoodsName,
  normaliseName,
  normalisePhone,
  normalisePostalCode,
} from './text.js';

/**
 * Version of the rules that make a payload of an order. Part of what is kept beside a payload's hash, so that a
 * change of these rules is not taken for a change of the order.
 */
export const payloadVersion = 1;

type Destination = NonNullable<NpPayload['destination']>;

/**
 * What NP gets for an order: the cart's data under the corrections, in safe normal form (text.ts), with absent
 * for blank. The destination is null where the goods go to the buyer. Never throws: an order date that cannot
 * be read becomes an empty string, which the checks find.
 */
export function toNpPayload(order: Order, corrections: Corrections): NpPayload {
  const { order: corrected } = applyCorrections(order, corrections);
  const customer = {
    ...normaliseParty(corrected.buyer),
    ...optional('email', normaliseEmail(corrected.buyer.email ?? '')),
  };
  const [first] = corrected.destinations;
  const destination = first ? normaliseParty(first) : null;
  return {
    shopOrderDate: dayOf(corrected.orderedAt),
    settlementType: corrected.settlementType,
    billedYen: corrected.billedYen,
    customer,
    destination: destination && isElsewhere(destination, customer) ? destination : null,
    goods: corrected.lines.map(normaliseLine),
  };
}

/**
 * The one text of a payload: keys sorted, nothing undefined, no spaces. Equal payloads give equal text, whatever
 * the order in which their fields were set. Personal data: to be hashed with a key, never stored in history.
 */
export const canonicalJson = (payload: NpPayload): string => JSON.stringify(sorted(payload));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}

/** A party without its mail address, which only the customer has. */
function normaliseParty(party: Party): Destination {
  return {
    name: normaliseName(party.name),
    ...optional('kana', normaliseName(party.kana ?? '')),
    ...optional('company', normaliseName(party.company ?? '')),
    ...optional('department', normaliseName(party.department ?? '')),
    postalCode: normalisePostalCode(party.postalCode),
    address: normaliseAddress(party.address),
    phone: normalisePhone(party.phone),
  };
}

const normaliseLine = (line: OrderLine): OrderLine => ({
  name: normaliseGoodsName(line.name),
  unitPriceYen: line.unitPriceYen,
  quantity: line.quantity,
});

/** Kana alone makes no other person: many carts ask for it only once. */
function isElsewhere(destination: Destination, customer: Party): boolean {
  const fields = ['name', 'company', 'department', 'postalCode', 'address', 'phone'] as const;
  return fields.some((field) => destination[field] !== customer[field]);
}

const optional = <Key extends string>(key: Key, value: string): Partial<Record<Key, string>> =>
  value === '' ? {} : ({ [key]: value } as Partial<Record<Key, string>>);

function dayOf(orderedAt: string): string {
  const at = new Date(orderedAt);
  return Number.isNaN(at.getTime()) ? '' : japaneseDay(at);
}
