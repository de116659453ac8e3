import { currentAttempt, gateOf, stateOf, toldWordOf, type Facts } from '@np-hub/model';
import { problemsOf, reasonsOf } from './rows.js';

/** What other systems and people are told of a transaction: where it stands, and why. */
export function toldOf(facts: Facts) {
  const { gate, reason } = gateOf(facts);
  return {
    state: stateOf(facts),
    gate,
    wordKey: toldWordOf(facts),
    npTransactionId: currentAttempt(facts)?.npTransactionId ?? null,
    reasons: [
      ...new Set([
        ...reasonsOf(facts).map(({ code }) => code),
        ...problemsOf(facts).map(({ field, rule }) => `${field}:${rule}`),
        ...(reason === 'possible-duplicate' ? [reason] : []),
      ]),
    ],
  };
}
