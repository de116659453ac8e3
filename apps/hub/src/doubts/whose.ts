import { IoError, type CreditAnswer, type LineResult } from '@np-hub/kit';
import type { OpenConnection } from '../shops/connections.js';

/** Whose transaction an NP id is, as NP itself says when it is asked. */
export type Whose = 'this-order' | 'other-order' | 'not-at-np' | 'unanswered';

/**
 * Reads NP's answer about an id that is said to be the registration `shopTransactionId`. A mistyped one would take a
 * stranger's approval for this order's, and leave its own registration alone at NP.
 */
export function whoseIs(answer: LineResult<CreditAnswer> | undefined, shopTransactionId: string): Whose {
  if (!answer || answer.kind === 'lost' || answer.kind === 'pending') return 'unanswered';
  // Of a transaction that has ended NP tells no more than that: the word of a person, or of NP's list, has to do.
  if (answer.kind === 'refused') return answer.proves === 'already-cancelled' ? 'this-order' : 'not-at-np';
  const named = answer.value.shopTransactionId ?? shopTransactionId;
  return named === shopTransactionId ? 'this-order' : 'other-order';
}

/** Asks NP about ids, in one call. Empty where there is no answer, null where the gateway cannot be asked. */
export async function creditAt(
  { gateway, io }: OpenConnection,
  ids: readonly { readonly npTransactionId: string }[],
): Promise<readonly LineResult<CreditAnswer>[] | null> {
  try {
    return (await gateway.findCredit?.(io, ids)) ?? null;
  } catch (error) {
    if (error instanceof IoError) return [];
    throw error;
  }
}
