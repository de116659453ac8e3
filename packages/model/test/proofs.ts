import { sameJson } from '../src/same.js';
import {
  creditReadWanted,
  decide,
  endWanted,
  factsSchema,
  npSideOf,
  paymentReadWanted,
  plan,
  stateOf,
  stateSchema,
  stateWordOf,
  toldWordOf,
  wordKeyOf,
  wordKeys,
  type Attempt,
  type Decision,
  type Effect,
  type Facts,
} from '../src/index.js';
import type { Letter } from './alphabet.js';
import { sentencesOf } from './oracle.js';

type Moved = Extract<Decision, { kind: 'moved' }>;

class Disproved extends Error {}

/** A claim of one step; what is thrown names the property, so that the caller can add the way there. */
function claim(holds: boolean, property: string): void {
  if (!holds) throw new Disproved(property);
}

const text = (value: unknown): string => JSON.stringify(value);

/** What holds of any facts by themselves: properties 2 to 5, 7 and 9. */
export function proveFacts(facts: Facts): void {
  claim(factsSchema.safeParse(facts).success, 'P1 facts keep to their schema');
  claim(stateSchema.safeParse(stateOf(facts)).success, 'P1 every facts have a state');
  const key = wordKeyOf(facts);
  claim(wordKeys.includes(stateWordOf(facts)), 'P5 every state has a word key');
  claim(key === null || key === stateWordOf(facts), 'P5 the cart shows the word of the state, or none');
  const told = endWanted(facts) && !facts.wanted.provisional ? stateWordOf(facts) : key;
  claim(
    toldWordOf(facts) === told,
    'P5 others are told what the cart shows, and of what has ended its state',
  );
  for (const [sentence, holds] of sentencesOf(facts)) claim(holds, sentence);
  proveProposal(facts);
}

/** The buyer is asked for the money in another way only where NP has nothing, and the hub sends nothing by itself. */
function proveProposal(facts: Facts): void {
  const side = npSideOf(facts);
  const held = facts.attempts.some(mayBeHeld) || facts.strayIds.length > 0 || facts.inFlight !== null;
  claim(side !== 'ended' || !held, 'a proposal is made only where nothing may be held at NP');
  claim(side !== 'ended' || plan(facts) === null, 'a proposal is made only where nothing is to be sent');
  const asked = { type: 'cancel-requested', at: facts.cart.seenAt } as const;
  const moves = side !== 'alive' || decide(facts, asked).kind === 'moved';
  claim(moves, 'what has to be cancelled before a proposal can be cancelled');
}

/** What holds of every step: properties 1, 3, 4, 6, 7, 8 and the effects. */
export function proveStep(before: Facts, letter: Letter, decision: Decision): void {
  if (decision.kind === 'refused') {
    claim(decision.name.length > 0, 'P1 a refusal has a name');
    return;
  }
  claim(decision.state === stateOf(decision.facts), 'P1 the state names the facts');
  proveAttempts(before, letter, decision.facts);
  proveCredit(before, letter, decision.facts);
  proveAge(before, letter, decision.facts);
  proveCancel(before, letter, decision.facts);
  proveWishes(before, letter, decision.facts);
  proveEffects(before, letter, decision);
  const again = decide(decision.facts, letter.event);
  const harmless = again.kind === 'refused' || sameJson(again.facts, decision.facts);
  claim(harmless, 'P6 the same event again is harmless');
}

/** Whatever the database makes of the facts, the same event gives the same answer. */
export function proveReplay(before: Facts, letter: Letter, decision: Decision): void {
  const copy = JSON.parse(text(before)) as Facts;
  claim(sameJson(decide(copy, letter.event), decision), 'P8 the same facts and event give the same answer');
}

const mayBeHeld = (attempt: Attempt): boolean =>
  (attempt.registration === 'sent' || attempt.registration === 'accepted') &&
  !attempt.cancelledAt &&
  !attempt.lapsedAt &&
  !(attempt.credit?.result === 'rejected' && attempt.credit.proven);

/** P3: only NP itself can make a second attempt live, by naming its id late or by taking a rejection back. */
function proveAttempts(before: Facts, { event }: Letter, after: Facts): void {
  const live = after.attempts.filter(mayBeHeld).length;
  const named = event.type === 'registration-accepted' || event.type === 'reissue-step-done';
  const revived = event.type === 'drift-found' && event.found === 'alive';
  const takenBack = event.type.startsWith('credit-') && before.attempts.at(-1)?.credit?.result === 'rejected';
  claim(
    named || revived || takenBack || live <= Math.max(1, before.attempts.filter(mayBeHeld).length),
    'P3 at most one attempt is live',
  );
  const older = after.attempts
    .slice(0, -1)
    .filter((attempt) => mayBeHeld(attempt) && attempt.npTransactionId);
  const idle = after.inFlight === null;
  const planned = older.every((attempt) => attempt.cancelRefusedAt || attempt.cancelRefusedPaid);
  claim(!idle || planned, 'P3 a late acceptance gets a cancel');
  if (after.attempts.length <= before.attempts.length) return;
  claim(!before.attempts.some(mayBeHeld), 'P3 a new attempt starts after the proven death of all before');
}

/** P4: what the proof of an approval is made of comes only from answers to questions asked after the acceptance. */
function proveCredit(before: Facts, { event }: Letter, after: Facts): void {
  for (const attempt of after.attempts) {
    const known = before.attempts[attempt.number - 1];
    const answered =
      event.type.startsWith('credit-') &&
      'askedAt' in event &&
      event.attempt === attempt.number &&
      event.askedAt >= (known?.acceptedAt ?? '9');
    const gained = attempt.credit !== null && !sameJson(attempt.credit, known?.credit ?? null);
    claim(!gained || answered, 'P4 a result comes from a question asked after the acceptance');
    const seen = attempt.pendingSeen && !known?.pendingSeen;
    claim(!seen || (answered && event.type === 'credit-pending'), 'P4 a review is seen after the acceptance');
    const other = attempt.payload?.hash !== known?.payload?.hash && attempt.payload !== null;
    claim(!other || attempt.credit === null, 'P4 a new payload has no result yet');
  }
}

/** P6: what is older than the cart's last word, or about a replaced attempt, moves nothing back. */
function proveAge(before: Facts, { event }: Letter, after: Facts): void {
  if ('seenAt' in event) claim(event.seenAt >= before.cart.seenAt, 'P6 a stale reading moves nothing');
  if (!('attempt' in event) || event.attempt >= before.attempts.length) return;
  const named = event.type === 'registration-accepted' || event.type === 'reissue-step-done';
  const own = before.inFlight?.attempt === event.attempt;
  const revived = event.type === 'drift-found' && event.found === 'alive';
  // Of an id that only contradicts it is claimed elsewhere that it moves nothing.
  const told = event.type === 'np-id-found';
  claim(named || own || revived || told, 'P6 an event of an older attempt moves nothing');
  claim(
    sameJson(before.attempts.at(-1), after.attempts.at(-1)),
    'P6 an older attempt does not change the last',
  );
}

/** P7: a wanted cancel goes only by the hand that may take it back. */
function proveCancel(before: Facts, { event }: Letter, after: Facts): void {
  const { cancel } = before.wanted;
  if (!cancel || after.wanted.cancel) return;
  const open = after.cart.status !== 'cancelled' && after.cart.status !== 'deleted';
  claim(open, 'P7 a cancel stays while the cart has closed the order');
  const byAuthor =
    cancel.by === 'cart'
      ? 'snapshot' in event
      : event.type === 'retry-requested' ||
        (cancel.by === 'clock' && ['order-confirmed', 'checkout-opened'].includes(event.type));
  claim(byAuthor, 'P7 a wanted cancel goes only by its own author');
}

/** What a person has asked for stays asked for, and settings leave alone what only the cart can say. */
function proveWishes(before: Facts, { event }: Letter, after: Facts): void {
  const { creditAsked, reportAsked } = before.wanted;
  claim(!creditAsked || after.wanted.creditAsked, 'a credit check that a person asked for stays asked for');
  claim(
    !reportAsked || after.wanted.reportAsked || after.wanted.shipment === null,
    'a report that a person asked for stays asked for, as long as there is a parcel',
  );
  claim(
    before.attempts.length === 0 || !before.wanted.creditDue || after.wanted.creditDue,
    'the timing calls nothing back that has been sent',
  );
  const { creditDue, creditDueAt } = before.wanted;
  const clockMay = creditDueAt !== null && creditDueAt <= event.at;
  const begun = event.type === 'credit-check-due' && after.wanted.creditDue && !creditDue;
  claim(!begun || clockMay, 'the clock starts only what has its moment, and not before it');
  if (event.type === 'order-reread') {
    const said = ({ cart: { npWord, editOpenedAt, missing, seenAt } }: Facts): string =>
      text([npWord, editOpenedAt, missing, seenAt]);
    claim(said(before) === said(after), 'a reading under other settings is no word of the cart');
  }
  if (event.type === 'duplicates-found') {
    const rest = (facts: Facts): string => text({ ...facts, duplicate: null, inFlight: null });
    claim(rest(before) === rest(after), 'what is found among other orders moves nothing but the order to NP');
    claim(
      before.attempts.length === 0 || sameJson(before.inFlight, after.inFlight),
      'a question about another order touches nothing that NP may have',
    );
  }
  if (event.type === 'np-id-found') {
    const rest = (facts: Facts): string => text({ ...facts, strayIds: [], alarm: null });
    claim(rest(before) === rest(after), 'an id that contradicts changes nothing');
  }
  if (event.type === 'second-id-settled') {
    const ids = ({ strayIds, settledIds }: Facts): string => text([...strayIds, ...settledIds].sort());
    const rest = (facts: Facts): string => text({ ...facts, strayIds: [], settledIds: [], alarm: null });
    claim(rest(before) === rest(after) && ids(before) === ids(after), 'settling an id changes nothing else');
  }
  if (event.type !== 'instruction-given') return;
  const others = (facts: Facts): string => text({ ...facts, instructed: null, alarm: null });
  claim(others(before) === others(after), 'asking the cart for something moves nothing');
}

/** The rows of effects, one a lane, are what the facts say after every step: none too many, none lost. */
function proveEffects(before: Facts, { event }: Letter, { facts, effects }: Moved): void {
  const rowOf = (lane: Effect['lane']): Effect[] => effects.filter((effect) => effect.lane === lane);
  for (const lane of ['write', 'credit', 'payment', 'word'] as const) {
    claim(rowOf(lane).length <= 1, 'effects: one a lane at most');
  }
  const [write] = rowOf('write');
  const taken = event.type === 'operation-sent' ? null : queuedOf(before);
  const row = write?.lane === 'write' ? write.run : taken;
  claim(sameJson(row, queuedOf(facts)), 'effects: a queued operation has its row, a dropped one has none');
  const reads = [
    ['credit', creditReadWanted],
    ['payment', paymentReadWanted],
  ] as const;
  for (const [lane, wanted] of reads) {
    const [effect] = rowOf(lane);
    const kept = effect && 'run' in effect ? effect.run : wanted(before);
    claim(sameJson(kept, wanted(facts)), `effects: the ${lane} question is the one wanted`);
  }
  const [word] = rowOf('word');
  claim(
    (word?.lane === 'word' ? word.key : wordKeyOf(before)) === wordKeyOf(facts),
    'effects: the word is the one due',
  );
}

function queuedOf({ inFlight }: Facts): unknown {
  if (inFlight?.phase === 'queued') {
    return { operation: inFlight.operation, attempt: inFlight.attempt, notBefore: inFlight.notBefore };
  }
  if (inFlight?.phase !== 'lost' || inFlight.resolution?.phase !== 'queued') return null;
  const { operation, notBefore } = inFlight.resolution;
  return { operation, attempt: inFlight.attempt, notBefore };
}
