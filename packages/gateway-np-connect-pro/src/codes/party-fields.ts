import { buyer, type CardDraft, cardsOf, destination, type PartyWords } from './card.js';
import { contactRules } from './contact-rules.js';
import { nameRules } from './name-rules.js';

const draftsFor = (party: PartyWords, side: 0 | 1): CardDraft[] =>
  [...nameRules, ...contactRules].flatMap((rule) => {
    const code = rule.codes[side];
    const source = rule.sources?.[side] ?? (side === 0 ? 'S1, S4' : 'S1');
    return code === null ? [] : [{ ...rule.draft(party), code, source }];
  });

/** Codes about the fields of the two parties (np-connect-pro.md, 4b and 4c). */
export const partyFieldCards = cardsOf([...draftsFor(buyer, 0), ...draftsFor(destination, 1)]);
