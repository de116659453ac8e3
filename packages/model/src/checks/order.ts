import { connectionOfMall } from '../words.js';
import type { Order } from '../order.js';
import type { Problem } from '../reasons.js';
import { npTerms, type GatewayTerms } from '../terms.js';
import { orderProblem, orderRules } from './rules.js';
import { checkCarrier } from './shipment.js';

/** What stops an order before its payload is looked at: several destinations and reservations (flagged, not mangled). */
export function checkOrder({ destinations, flags }: Order): Problem[] {
  const { severalDestinations, reservation } = orderRules;
  const isSeveral = destinations.length > 1 || flags.includes('several-destinations');
  return [
    ...(isSeveral ? [orderProblem(severalDestinations, 'several-destinations')] : []),
    ...(flags.includes('reservation') ? [orderProblem(reservation, 'reservation')] : []),
  ];
}

export interface ObstacleContext {
  /** True under the 出荷オプション contract: carriers that NP does not list go as 55555. */
  readonly contractedCarrier?: boolean;
  /** Connections by mall; empty where the shop has one for all. */
  readonly malls?: Readonly<Record<string, string>>;
  /** What the gateway takes; NP's own where it is left out. */
  readonly terms?: GatewayTerms;
}

/**
 * What keeps an order from being registered, and touches nothing that NP has already: words that nobody has given a
 * meaning, and carriers that NP would not take, found before anything is sent. A carrier that the cart has not named
 * yet is no obstacle: the shipment report asks for it.
 */
export function checkObstacles(
  order: Order,
  { contractedCarrier = false, malls = {}, terms = npTerms }: ObstacleContext = {},
) {
  const { unmappedStatus, unmappedPayment, unmappedMall } = orderRules;
  const unknownMall = connectionOfMall(order, malls) === undefined;
  return [
    ...(order.status.kind === 'unmapped' ? [orderProblem(unmappedStatus, 'unmapped-status')] : []),
    ...(order.payment.kind === 'unmapped' ? [orderProblem(unmappedPayment, 'unmapped-payment')] : []),
    ...(unknownMall ? [orderProblem(unmappedMall, 'unmapped-mall')] : []),
    ...carrierProblems(order, contractedCarrier, terms),
  ];
}

/** Each kind of carrier problem once, however many parcels have it. */
function carrierProblems({ parcels }: Order, contractedCarrier: boolean, terms: GatewayTerms): Problem[] {
  const problems = parcels.flatMap(({ carrier }) =>
    carrier ? checkCarrier(carrier, contractedCarrier, terms) : [],
  );
  return problems.filter(({ rule }, index) => problems.findIndex((other) => other.rule === rule) === index);
}
