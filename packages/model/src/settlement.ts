import { orderProblem, orderRules } from './checks/rules.js';
import type { Corrections } from './corrections.js';
import type { NpPayload, Order } from './order.js';
import { toNpPayload } from './payload.js';
import type { ShopPolicies } from './policies.js';
import type { Problem } from './reasons.js';

type InvoicePolicies = Pick<ShopPolicies, 'settlementType' | 'encloseElsewhere'>;

/**
 * How the order is billed: as the cart says or as the shop wants it for all. Where the goods go to somebody else, an
 * enclosed invoice would reach that person: the shop may have NP send it to the buyer then.
 */
export function withSettlement(order: Order, { settlementType, encloseElsewhere }: InvoicePolicies): Order {
  const wanted = settlementType === 'cart' ? order.settlementType : settlementType;
  const sends = wanted === '03' && encloseElsewhere === 'send' && toNpPayload(order, {}).destination !== null;
  const chosen = sends ? '02' : wanted;
  return chosen === order.settlementType ? order : { ...order, settlementType: chosen };
}

/** Where the shop wants to be asked: an invoice that would be enclosed for somebody else. Who has chosen it has answered. */
export const checkEnclosure = (
  { settlementType, destination }: NpPayload,
  { encloseElsewhere }: InvoicePolicies,
  corrections: Corrections,
): Problem[] =>
  !corrections.settlementType && settlementType === '03' && destination !== null && encloseElsewhere === 'ask'
    ? [orderProblem(orderRules.enclosedElsewhere, 'enclosed-elsewhere')]
    : [];
