import type { Order } from '../order.js';
import type { Problem } from '../reasons.js';
import { orderProblem, orderRules } from './rules.js';
import { checkCarrier } from './shipment.js';

/**
 * What stops an order before its payload is looked at: several destinations and reservations (flagged, not
 * mangled), a payment word nobody has mapped, and a carrier NP would not take. A carrier that the cart has not
 * named yet is no problem here: the shipment report asks for it. Carrier problems have the field
 * `shipment.carrier`, so that they can be told from those that stop a registration.
 */
export function checkOrder(order: Order, context: { contractedCarrier?: boolean } = {}): Problem[] {
  const { severalDestinations, reservation, unmappedPayment } = orderRules;
  const { destinations, flags, payment } = order;
  const isSeveral = destinations.length > 1 || flags.includes('several-destinations');
  return [
    ...(isSeveral ? [orderProblem(severalDestinations, 'several-destinations')] : []),
    ...(flags.includes('reservation') ? [orderProblem(reservation, 'reservation')] : []),
    ...(payment.kind === 'unmapped' ? [orderProblem(unmappedPayment, 'unmapped-payment')] : []),
    ...carrierProblems(order, context.contractedCarrier ?? false),
  ];
}

/** Each kind of carrier problem once, however many parcels have it. */
function carrierProblems({ parcels }: Order, contractedCarrier: boolean): Problem[] {
  const problems = parcels.flatMap(({ carrier }) =>
    carrier ? checkCarrier(carrier, contractedCarrier) : [],
  );
  return problems.filter(({ rule }, index) => problems.findIndex((other) => other.rule === rule) === index);
}
