import { normaliseSlipNumber, type Order, type Parcel } from '@np-hub/model';

/** The order as its system would send it, so that a call about a part of it can be read as the whole. */
export type OrderBody = Readonly<Record<string, unknown>>;

/** A parcel that has left. */
export interface Shipment {
  readonly orderNumber: string;
  readonly carrier: string;
  readonly slipNumber: string;
  /** ISO 8601; absent: now, or as known. */
  readonly shippedAt?: string | undefined;
}

const bodyOfParcel = ({ carrier, slipNumber, shippedAt }: Parcel) => ({
  carrier: carrier?.raw ?? null,
  slipNumber,
  shippedAt,
});

/** A stored order in the words in which it came. */
export function bodyOf(order: Order): OrderBody {
  const { npWord: _, flags, status, payment, parcels, ...rest } = order;
  return {
    ...rest,
    status: status.raw,
    payment: payment.raw,
    parcels: parcels.map(bodyOfParcel),
    reservation: flags.includes('reservation'),
    digital: flags.includes('digital'),
  };
}

/** What a system leaves out it does not know: a shipment or a cancellation that came by another call stays. */
export function completed(body: OrderBody, known: Order | null): OrderBody {
  if (!known) return body;
  const { status, parcels } = bodyOf(known);
  return { status, parcels, ...withoutAbsent(body) };
}

const withoutAbsent = (body: OrderBody): OrderBody =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

/** One slip number, however it is written. */
const slipKey = (slipNumber: string): string => normaliseSlipNumber(slipNumber).replaceAll('-', '');

/** The order with these parcels gone: one that is known by its slip number is brought up to date. */
export function shipped(known: Order, shipments: readonly Shipment[], now: string): OrderBody {
  const parcels = new Map(
    known.parcels
      .filter(({ slipNumber }) => slipNumber !== '')
      .map((parcel) => [slipKey(parcel.slipNumber), bodyOfParcel(parcel)]),
  );
  for (const { carrier, slipNumber, shippedAt } of shipments) {
    const slip = slipKey(slipNumber);
    const before = parcels.get(slip);
    parcels.set(slip, {
      carrier,
      slipNumber: before?.slipNumber ?? slipNumber,
      shippedAt: shippedAt ?? before?.shippedAt ?? now,
    });
  }
  return { ...bodyOf(known), parcels: [...parcels.values()] };
}

/** The order as its system has closed it. */
export const cancelled = (known: Order): OrderBody => ({ ...bodyOf(known), status: 'cancelled' });
