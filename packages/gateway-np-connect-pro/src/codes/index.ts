import type { CodeCard } from '@np-hub/kit';
import type { Reason } from '@np-hub/model';
import { holdOrderCards } from './hold-order.js';
import { holdPartyCards } from './hold-party.js';
import { partyFieldCards } from './party-fields.js';
import { rejectionCards, rejectionPrefix } from './rejection.js';
import { requestCards } from './request.js';
import { shipmentCards } from './shipment.js';
import { transactionStateCards } from './transaction-state.js';

/** The dictionary of NP Connect Pro: every code that is known with a meaning, once each. */
export const npCodeCards: readonly CodeCard[] = Object.freeze([
  ...requestCards,
  ...partyFieldCards,
  ...transactionStateCards,
  ...shipmentCards,
  ...rejectionCards,
  ...holdPartyCards,
  ...holdOrderCards,
]);

const cardOf: ReadonlyMap<string, CodeCard> = new Map(npCodeCards.map((card) => [card.code, card]));

/** A code as it came with what the dictionary knows; an unknown one stays raw and is the shop's to look at. */
export function explain(code: string): Reason {
  const card = cardOf.get(code);
  if (card === undefined) return { code, known: false, actor: 'shop', fields: [] };
  return { code, known: true, actor: card.actor, fields: [...card.fields] };
}

/** As `explain`, for a code that stands in `authori_ng`: RE001-RE003 mean something else there. */
export function explainRejection(code: string): Reason {
  const inRejection = `${rejectionPrefix}${code}`;
  return explain(cardOf.has(inRejection) ? inRejection : code);
}
