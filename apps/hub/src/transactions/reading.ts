import {
  applyCorrections,
  canonicalJson,
  checkOrder,
  checkPayload,
  checkShipment,
  checkShopTransactionId,
  normaliseSlipNumber,
  npCarrierCode,
  carriers,
  toNpPayload,
  type CartChange,
  type CartSnapshot,
  type Corrections,
  type Facts,
  type NpPayload,
  type Order,
  type Parcel,
  type Problem,
  type ShipmentRef,
} from '@np-hub/model';
import { postalLookup } from '../postal.js';
import type { ShopPolicies } from '@np-hub/model';

/** An order as the hub takes it in: what NP is to have, and what the state machine gets to know of it. */
export interface Reading {
  readonly payload: NpPayload;
  readonly snapshot: CartSnapshot;
  /** The corrections that still hold; the cart's newer values have dropped the others. */
  readonly corrections: Corrections;
  readonly dropped: readonly string[];
}

export interface ReadingContext {
  readonly hashPayload: (canonicalJson: string) => string;
  readonly policies: ShopPolicies;
  /** Staff have set the cart's "open for edit" word themselves. */
  readonly editOpen: boolean;
}

/** Lays the corrections over an order, checks it against NP's rules, and sums it up without personal data. */
export function readingOf(order: Order, corrections: Corrections, context: ReadingContext): Reading {
  const { policies } = context;
  const outcome = applyCorrections(order, corrections);
  const gone = new Set<string>([...outcome.dropped, ...outcome.adopted]);
  const kept = Object.fromEntries(
    Object.entries(corrections).filter(([path]) => !gone.has(path)),
  ) as Corrections;
  const payload = toNpPayload(order, kept);
  const shipment = shipmentOf(outcome.order, policies);
  const own = checkOrder(outcome.order, { contractedCarrier: policies.contractedCarrier });
  const problems = [
    ...checkShopTransactionId(order.orderNumber),
    ...own.filter(({ field }) => !field.startsWith('shipment.')),
    ...checkPayload(payload, { emailRequired: policies.emailRequired, postalLookup }),
  ];
  return {
    payload,
    corrections: kept,
    dropped: outcome.dropped,
    snapshot: {
      status: order.status.kind === 'mapped' ? order.status.value : null,
      payment: order.payment.kind === 'mapped' ? order.payment.value : null,
      npWord: order.npWord,
      editOpen: context.editOpen,
      payload: {
        hash: context.hashPayload(canonicalJson(payload)),
        billedYen: payload.billedYen,
        settlementType: payload.settlementType,
      },
      problems,
      ...shipment,
    },
  };
}

type ShipmentPart = Pick<CartSnapshot, 'shipment' | 'shipmentProblems' | 'shipped'>;

/**
 * The report to make: once every parcel has left, or with the first, by the shop's policy. Goods that left
 * without carrier or slip give a report that cannot be sent, so that somebody sees it.
 */
function shipmentOf(order: Order, policies: ShopPolicies): ShipmentPart {
  const gone = order.parcels.filter((parcel) => parcel.shippedAt !== null);
  const due =
    policies.splitShipments === 'first'
      ? gone.length > 0
      : gone.length > 0 && gone.length === order.parcels.length;
  const closed =
    order.status.kind === 'mapped' && order.status.value !== 'shipped' && order.status.value !== 'open';
  const shippedWithoutParcel =
    order.status.kind === 'mapped' && order.status.value === 'shipped' && gone.length === 0;
  const parcel = due ? gone[0] : undefined;
  if (closed || (!parcel && !shippedWithoutParcel)) {
    return { shipment: null, shipmentProblems: [], shipped: gone.length > 0 || shippedWithoutParcel };
  }
  const slipNumber = normaliseSlipNumber(parcel?.slipNumber ?? '');
  const problems: Problem[] = checkShipment(
    { carrier: parcel?.carrier ?? null, slipNumber },
    { contractedCarrier: policies.contractedCarrier, settlementType: order.settlementType },
  );
  return {
    shipment: { carrierCode: carrierCodeOf(parcel, policies), slipNumber },
    shipmentProblems: problems,
    shipped: true,
  };
}

/** NP's five digits; under the 出荷オプション contract a carrier NP does not list goes as 55555. */
function carrierCodeOf(parcel: Parcel | undefined, policies: ShopPolicies): ShipmentRef['carrierCode'] {
  const carrier = parcel?.carrier?.kind === 'mapped' ? parcel.carrier.value : null;
  const code = carrier ? npCarrierCode(carrier) : null;
  return code ?? (carrier && policies.contractedCarrier ? carriers.contracted.npCode : '');
}

/**
 * The name of the most important difference between a reading and what is known; null where nothing differs. The
 * cart's words come and go with ours and are no difference, but for the end of `editOpenWord`: it may come again.
 */
export function changeOf(
  facts: Facts,
  snapshot: CartSnapshot,
  editOpenWord: string | null,
): CartChange['type'] | null {
  const { cart, wanted } = facts;
  if (snapshot.status !== null && snapshot.status !== cart.status) {
    if (snapshot.status === 'cancelled') return 'order-cancelled';
    if (snapshot.status === 'returned') return 'order-returned';
  }
  if (snapshot.payment !== null && snapshot.payment !== cart.payment) return 'payment-method-changed';
  if (snapshot.shipped && !wanted.shipped) return 'order-shipped';
  if (!snapshot.shipped && wanted.shipped) return 'shipment-withdrawn';
  if (snapshot.editOpen && cart.editOpenedAt === null && snapshot.npWord !== cart.npWord)
    return 'edit-opened';
  const same =
    (snapshot.status ?? cart.status) === cart.status &&
    !cart.missing &&
    (cart.npWord !== editOpenWord || cart.npWord === snapshot.npWord) &&
    (cart.editOpenedAt !== null) === (snapshot.editOpen && cart.editOpenedAt !== null) &&
    JSON.stringify(contentOf(snapshot)) === JSON.stringify(contentOf(wanted));
  return same ? null : 'order-changed';
}

const contentOf = (of: CartSnapshot | Facts['wanted']) => ({
  payload: of.payload.hash,
  problems: of.problems,
  shipment: of.shipment,
  shipmentProblems: of.shipmentProblems,
});
