import { wish } from './apply-cart.js';
import { concluded, withAttempt } from './apply-gateway.js';
import { newAttempt } from './attempts.js';
import type { Applied, IdEntered, IdFound, SecondIdSettled } from './events.js';
import { currentAttempt, isContradicting, isLive, type Attempt, type Facts } from './facts.js';
import { idShapes } from './id-forms.js';

/** The id that the gateway's console shows, entered by a person. */
export function applyIdEntered(facts: Facts, event: IdEntered): Applied {
  const id = event.npTransactionId;
  if (id !== null && !idShapes[facts.rules.idForm].pattern.test(id)) return 'malformed-np-id';
  return event.type === 'adopt-requested' ? adopt(facts, id, event.at) : resolveByPerson(facts, id, event.at);
}

function resolveByPerson(facts: Facts, id: string | null, at: string): Applied {
  const { inFlight } = facts;
  const begins = inFlight?.operation === 'register' || inFlight?.operation === 'reissue';
  if (id === null || !inFlight || !begins || inFlight.phase !== 'lost') return 'not-allowed';
  const attempt = facts.attempts[inFlight.attempt - 1];
  const found = withAttempt(facts, inFlight.attempt, {
    registration: 'accepted',
    npTransactionId: id,
    payload: attempt?.sent ?? null,
    acceptedAt: at,
  });
  return { ...concluded(found, inFlight.attempt), inFlight: null, refusal: null };
}

/**
 * A released order comes under the hub. What NP has under an entered id is unknown, so it is edited to the
 * wanted payload, and NP reviews it again. Without an id only what the hub itself had released is registered
 * anew: an older order may stand at NP through the cart's own link. Where nothing can be edited, taking over would
 * mean to cancel what may be billed already: that is left to people at the gateway's own console.
 */
function adopt(facts: Facts, id: string | null, at: string): Applied {
  const { release } = facts.wanted;
  const last = currentAttempt(facts);
  if (!release || release.by === 'cart' || facts.cart.payment === 'other') return 'not-allowed';
  if (last && isLive(last)) return 'operation-under-way';
  if (id === null ? release.by === 'take-over' : !facts.rules.canAmend) return 'not-allowed';
  const freed = wish({ ...facts, refusal: null, wanted: { ...facts.wanted, release: null } }, at);
  return id === null ? freed : { ...freed, attempts: [...facts.attempts, adoptedAttempt(facts, id, at)] };
}

const adoptedAttempt = (facts: Facts, id: string, at: string): Attempt => ({
  ...newAttempt(facts.attempts.length + 1, null),
  registration: 'accepted',
  npTransactionId: id,
  acceptedAt: at,
  amended: true,
});

/** An id of NP's own list that does not fit what is known: it is shown, and changes nothing else. */
export function applyIdFound(facts: Facts, { attempt: number, npTransactionId: id }: IdFound): Applied {
  const attempt = facts.attempts[number - 1];
  if (!idShapes[facts.rules.idForm].pattern.test(id)) return 'malformed-np-id';
  if (!attempt) return 'unknown-attempt';
  const known = facts.attempts.some((each) => each.npTransactionId === id);
  if (known || isContradicting(facts, id)) return 'repeated';
  // Its own answer, or the person who ends the doubt, is to name it.
  const open = attempt.npTransactionId === null && attempt.registration === 'sent';
  return open ? 'operation-under-way' : { ...facts, strayIds: [...facts.strayIds, id] };
}

/** It contradicts nothing any more. Named again, by a late answer or a list of NP's, it stays settled. */
export function applySecondIdSettled(facts: Facts, { npTransactionId: id }: SecondIdSettled): Applied {
  if (facts.settledIds.includes(id)) return 'repeated';
  if (!facts.strayIds.includes(id)) return 'not-allowed';
  return {
    ...facts,
    strayIds: facts.strayIds.filter((each) => each !== id),
    settledIds: [...facts.settledIds, id],
  };
}
