import type { NpPayload, Order } from '../order.js';
import type { Problem } from '../reasons.js';
import type { GatewayTerms } from '../terms.js';
import { findTooLong } from './characters.js';
import { orderProblem, orderRules } from './rules.js';

/** What this way to NP does not take, although NP itself would. Never throws; the problems hold no personal data. */
export function checkTerms(
  payload: NpPayload,
  { flags, orderId }: Pick<Order, 'flags'> & { readonly orderId: string },
  terms: GatewayTerms,
): Problem[] {
  const { settlementType, orderIdTooLong, orderIdCharacters } = orderRules;
  const tooLong = findTooLong(orderId, terms.orderIdLimit);
  return [
    ...(terms.settlementTypes.includes(payload.settlementType)
      ? []
      : [orderProblem(settlementType, 'settlement-type-not-taken')]),
    ...(tooLong ? [orderProblem(orderIdTooLong, 'too-long', tooLong)] : []),
    ...(terms.orderIdPattern?.test(orderId) === false
      ? [orderProblem(orderIdCharacters, 'order-id-characters')]
      : []),
    ...(terms.digitalGoods ? [] : digitalProblems(payload, flags, terms.digitalWords)),
  ];
}

/** By the cart's own word, or by the words that the operator knows such goods by. */
function digitalProblems({ goods }: NpPayload, flags: Order['flags'], words: readonly string[]): Problem[] {
  const { digitalGoods } = orderRules;
  if (flags.includes('digital')) return [orderProblem(digitalGoods, 'digital-goods')];
  return goods.flatMap(({ name }, index) =>
    words.some((word) => word !== '' && name.includes(word))
      ? [orderProblem(digitalGoods, 'digital-goods', { line: index + 1 })]
      : [],
  );
}
