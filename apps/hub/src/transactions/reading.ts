import {
  applyCorrections,
  canonicalJson,
  checkEnclosure,
  checkObstacles,
  checkOrder,
  checkPayload,
  checkShipment,
  checkShopTransactionId,
  checkTerms,
  connectionOfMall,
  creditStartOf,
  decide,
  normaliseSlipNumber,
  npCarrierCode,
  npTerms,
  carriers,
  orderProblem,
  orderRules,
  toNpPayload,
  unmappedWords,
  withFee,
  withSettlement,
  withWords,
  type CartChange,
  type CartSnapshot,
  type Corrections,
  type Facts,
  type GatewayTerms,
  type NpPayload,
  type Order,
  type Parcel,
  type Problem,
  type ShipmentRef,
  type ShopPolicies,
  type Word,
} from '@np-hub/model';
import { postalLookup } from '../postal.js';
import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import type { OpenShop } from '../shops/shops.js';

/** An order as the hub takes it in: what NP is to have, and what the state machine gets to know of it. */
export interface Reading {
  readonly payload: NpPayload;
  readonly snapshot: CartSnapshot;
  /** The corrections that still hold; the cart's newer values have dropped the others. */
  readonly corrections: Corrections;
  readonly dropped: readonly string[];
  /** The cart's words that nobody has given a meaning. */
  readonly unmapped: readonly Word[];
}

export interface ReadingContext {
  readonly hashPayload: (canonicalJson: string) => string;
  readonly shop: Pick<OpenShop, 'policies' | 'words' | 'malls' | 'connectionId' | 'terms'>;
  /** Staff have set the cart's "open for edit" word themselves. */
  readonly editOpen: boolean;
}

/**
 * Gives the cart's words their meanings, sets the shop's fee, lays the corrections over the order, checks it against
 * NP's rules, and sums it up without personal data.
 */
export function readingOf(cartOrder: Order, corrections: Corrections, context: ReadingContext): Reading {
  const { policies, malls } = context.shop;
  const order = meantOrder(cartOrder, context.shop);
  const outcome = applyCorrections(order, corrections);
  const gone = new Set<string>([...outcome.dropped, ...outcome.adopted]);
  const kept = Object.fromEntries(
    Object.entries(corrections).filter(([path]) => !gone.has(path)),
  ) as Corrections;
  const payload = toNpPayload(order, kept);
  const creditStart = creditStartOf(order, policies);
  const terms = termsFor(context.shop, order);
  const { contractedCarrier } = policies;
  const obstacles = checkObstacles(outcome.order, { contractedCarrier, malls, terms });
  const { feeUnknown, plannedDateMissing } = orderRules;
  const problems = [
    ...checkShopTransactionId(npNumberOf(order)),
    ...checkOrder(outcome.order),
    ...checkPayload(payload, { emailRequired: policies.emailRequired, postalLookup }),
    ...checkEnclosure(payload, policies, kept),
    ...checkTerms(payload, { flags: order.flags, orderId: npNumberOf(order) }, terms),
    ...(withFee(cartOrder, policies) === null ? [orderProblem(feeUnknown, 'fee-unknown')] : []),
  ];
  return {
    payload,
    corrections: kept,
    dropped: outcome.dropped,
    unmapped: unmappedWords(outcome.order, malls),
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
      obstacles: creditStart
        ? obstacles
        : [...obstacles, orderProblem(plannedDateMissing, 'planned-date-missing')],
      creditStart: creditStart ?? 'by-hand',
      ...shipmentOf(outcome.order, { policies, terms }, obstacles),
    },
  };
}

/** What a reading needs beside the order. */
export const readingContext = (keyring: Keyring, shop: OpenShop, editOpen = false): ReadingContext => ({
  shop,
  editOpen,
  hashPayload: (text) => hashPayload(keyring, text),
});

/**
 * The shop as an order of before its switch to real time knows it: such an order keeps its own timing, and is not checked
 * at once under the connection that the shop has left (seed 001, 切り替え事前準備 手順1).
 */
export const shopOf = (shop: OpenShop, facts: Facts, route: { readonly rules: Facts['rules'] }): OpenShop =>
  route.rules.realTime && !facts.rules.realTime
    ? { ...shop, policies: { ...shop.policies, realTime: false } }
    : shop;

/** The order with the meanings that operators have given to its words, the shop's way of billing, and its fee. */
export function meantOrder(order: Order, shop: Pick<OpenShop, 'policies' | 'words'>): Order {
  const meant = withSettlement(withWords(order, shop.words), shop.policies);
  return withFee(meant, shop.policies) ?? meant;
}

/** What the gateway takes to which the order goes. */
export const termsFor = (
  { connectionId, malls, terms }: Pick<OpenShop, 'connectionId' | 'malls' | 'terms'>,
  order: Pick<Order, 'mall'>,
): GatewayTerms =>
  terms.get(connectionOfMall(order, malls) ?? connectionId) ?? terms.get(connectionId) ?? npTerms;

/** The number that NP and the buyer know the order by. */
export const npNumberOf = ({ originNumber, orderNumber }: Order): string =>
  originNumber?.trim() ? originNumber.trim() : orderNumber;

type ShipmentPart = Pick<CartSnapshot, 'shipment' | 'shipmentProblems' | 'shipped'>;

/**
 * The report to make: once every parcel has left, or with the first, by the shop's policy. Goods that left
 * without carrier or slip give a report that cannot be sent, so that somebody sees it.
 */
function shipmentOf(
  order: Order,
  { policies, terms }: { readonly policies: ShopPolicies; readonly terms: GatewayTerms },
  obstacles: readonly Problem[],
): ShipmentPart {
  const left = order.parcels.some((parcel) => parcel.shippedAt !== null);
  const gone = order.parcels.filter((parcel) => isReportable(parcel, policies));
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
    return { shipment: null, shipmentProblems: [], shipped: left || shippedWithoutParcel };
  }
  const slipNumber = normaliseSlipNumber(parcel?.slipNumber ?? '');
  const problems: Problem[] = checkShipment(
    { carrier: parcel?.carrier ?? null, slipNumber },
    { contractedCarrier: policies.contractedCarrier, settlementType: order.settlementType, terms },
  );
  return {
    shipment: { carrierCode: carrierCodeOf(parcel, policies), slipNumber },
    // What the cart's own words for status and payment mean comes before NP is told to bill the buyer.
    shipmentProblems: [
      ...problems,
      ...obstacles.filter(({ field }) => field === 'status' || field === 'payment'),
    ],
    shipped: left || shippedWithoutParcel,
  };
}

/** Where a person starts the report, a slip number is enough for it: the press says that the goods go. */
const isReportable = ({ shippedAt, slipNumber }: Parcel, { reportTrigger }: ShopPolicies): boolean =>
  shippedAt !== null || (reportTrigger === 'by-hand' && slipNumber.trim() !== '');

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
  { editOpenWord, at }: { readonly editOpenWord: string | null; readonly at: string },
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
    !cart.missing &&
    (cart.npWord !== editOpenWord || cart.npWord === snapshot.npWord) &&
    (cart.editOpenedAt !== null) === (snapshot.editOpen && cart.editOpenedAt !== null) &&
    decide(facts, { type: 'order-reread', at, snapshot }).kind === 'refused';
  return same ? null : 'order-changed';
}
