import {
  currentAttempt,
  endWanted,
  hasWantedPayload,
  isApproved,
  isLive,
  isQuestioned,
  isReportWanted,
  type Attempt,
  type DeadlineKind,
  type Facts,
} from './facts.js';
import { japaneseDay } from './clock.js';
import { later, limits } from './limits.js';
import { needsPrinting, sameShipment } from './plan.js';
import type { Actor, Problem, Reason } from './reasons.js';
import type { Operation, ShipGate, State, WordKey } from './states.js';

const underWay: Readonly<Record<Operation, State>> = {
  register: 'registering',
  amend: 'amending',
  cancel: 'cancelling',
  report: 'reporting',
  reissue: 'reissuing',
};

/** The name of the facts. Total; never stored apart from them. */
export function stateOf(facts: Facts): State {
  const { inFlight, wanted } = facts;
  const attempt = currentAttempt(facts);
  if (inFlight?.phase === 'lost') return 'in-doubt';
  if (wanted.reissue && !endWanted(facts)) return reissueState(facts);
  if (inFlight && inFlight.attempt >= (attempt?.number ?? 0)) return underWay[inFlight.operation];
  if (facts.attempts.some((each) => each.cancelRefusedAt && isCancelOwed(facts, each)))
    return 'cancel-failed';
  if (endWanted(facts) && !(attempt && isLive(attempt))) return wanted.release ? 'released' : 'cancelled';
  if (!attempt) return isHeldUp(facts) ? 'blocked' : 'received';
  return isLive(attempt) ? liveState(facts, attempt) : deadState(facts, attempt);
}

/** A registration would be refused, or could mean something else than the cart does, or bill one sale twice. */
const isHeldUp = (facts: Facts): boolean =>
  facts.wanted.problems.length > 0 || facts.wanted.obstacles.length > 0 || isQuestioned(facts);

/** This attempt is alive and has to go: the order has ended, or another attempt has replaced it. */
const isCancelOwed = (facts: Facts, attempt: Attempt): boolean =>
  isLive(attempt) && (endWanted(facts) || attempt !== currentAttempt(facts));

/** From the request until the new attempt is reported. Half-way only NP's review goes on by itself: the rest is loud. */
function reissueState(facts: Facts): State {
  if (facts.inFlight) return 'reissuing';
  const attempt = currentAttempt(facts);
  const renewed = attempt !== null && attempt.number !== facts.wanted.reissue?.base && isLive(attempt);
  const reviewed = renewed && hasWantedPayload(facts, attempt) && !attempt.credit?.proven;
  return reviewed ? 'reissuing' : 'reissue-failed';
}

function liveState(facts: Facts, attempt: Attempt): State {
  if (endWanted(facts)) return attempt.cancelRefusedPaid ? 'cancel-refused-paid' : 'cancelling';
  if (attempt.paidAt) return 'paid';
  if (attempt.reported) return 'reported';
  if (!hasWantedPayload(facts, attempt)) return 'amendment-failed';
  if (facts.refusal?.operation === 'report') return 'report-failed';
  const { credit } = attempt;
  if (!credit?.proven || credit.result === 'unknown') return 'reviewing';
  if (credit.result === 'held') return 'held';
  const cannotReport = facts.wanted.shipment !== null && facts.wanted.shipmentProblems.length > 0;
  return cannotReport && isReportWanted(facts) ? 'report-failed' : 'approved';
}

function deadState(facts: Facts, attempt: Attempt): State {
  if (attempt.lapsedAt) return 'lapsed';
  if (attempt.credit?.result === 'rejected') return 'rejected';
  if (attempt.registration === 'refused' || isHeldUp(facts)) return 'blocked';
  // Open again after its report was cancelled: whether to charge once more is for a person to say.
  return attempt.reported ? 'blocked' : 'received';
}

/** The word of the state, whether or not the cart is to show one. */
export function stateWordOf(facts: Facts): WordKey {
  const { inFlight } = facts;
  const state = stateOf(facts);
  const shown = state === 'in-doubt' && inFlight ? underWay[inFlight.operation] : state;
  if (shown === 'registering' || shown === 'amending' || shown === 'reporting') {
    return `${shown}-${inFlight?.phase === 'queued' ? 'queued' : 'sent'}`;
  }
  return shown === 'in-doubt' ? 'reviewing' : shown;
}

/** What decides the word in the cart; null where nothing is to be shown there. */
export function wordKeyOf(facts: Facts): WordKey | null {
  const { cart, wanted } = facts;
  // Before the checkout is finished the cart has no order to show a word at.
  if (wanted.provisional || cart.editOpenedAt !== null) return null;
  if (cart.status === 'cancelled' || cart.status === 'deleted' || cart.missing) return null;
  return cart.payment === 'other' || wanted.release?.by === 'take-over' ? null : stateWordOf(facts);
}

/**
 * What other systems are told: as the cart, and the word of the state also of an order that has ended. Where the cart
 * has closed it nothing is shown there, but whoever follows it still has to know how it ends at NP.
 */
export const toldWordOf = (facts: Facts): WordKey | null =>
  endWanted(facts) && !facts.wanted.provisional ? stateWordOf(facts) : wordKeyOf(facts);

/** Why the gate stands as it does. */
export type GateReason =
  | 'approved'
  | 'not-approved-yet'
  | 'payload-changed'
  | 'approval-unproven'
  | 'edit-open'
  | 'order-missing'
  | 'invoice-not-printed'
  | 'settlement-overdue'
  | 'reissuing'
  | 'cancel-wanted'
  | 'released'
  | 'rejected'
  | 'lapsed'
  | 'possible-duplicate'
  | 'nothing-at-np';

/** Whether the warehouse may send the goods: only while NP has provably approved exactly the wanted payload. */
export function gateOf(facts: Facts): { gate: ShipGate; reason: GateReason } {
  const attempt = currentAttempt(facts);
  if (facts.wanted.release) return { gate: 'stop', reason: 'released' };
  if (facts.wanted.cancel) return { gate: 'stop', reason: 'cancel-wanted' };
  if (attempt?.lapsedAt) return { gate: 'stop', reason: 'lapsed' };
  if (!attempt) return { gate: 'wait', reason: isQuestioned(facts) ? 'possible-duplicate' : 'nothing-at-np' };
  if (!isLive(attempt)) {
    const rejected = attempt.credit?.result === 'rejected';
    return rejected ? { gate: 'stop', reason: 'rejected' } : { gate: 'wait', reason: 'nothing-at-np' };
  }
  const wait = waitReason(facts, attempt);
  return wait ? { gate: 'wait', reason: wait } : { gate: 'ship', reason: 'approved' };
}

function waitReason(facts: Facts, attempt: Attempt): GateReason | null {
  if (facts.wanted.reissue) return 'reissuing';
  if (facts.wanted.provisional) return 'not-approved-yet';
  if (facts.cart.missing) return 'order-missing';
  if (facts.cart.editOpenedAt !== null) return 'edit-open';
  const writing = facts.inFlight && facts.inFlight.operation !== 'report' ? facts.inFlight : null;
  if (attempt.acceptedAt === null) return 'not-approved-yet';
  if (!hasWantedPayload(facts, attempt) || (writing && writing.attempt === attempt.number))
    return 'payload-changed';
  if (!isApproved(facts, attempt)) {
    return attempt.credit && !attempt.credit.proven ? 'approval-unproven' : 'not-approved-yet';
  }
  if (isPastSettlement(facts)) return 'settlement-overdue';
  return needsPrinting(facts) ? 'invoice-not-printed' : null;
}

/** The most urgent of several: hopeless first, then the buyer, the shop, and waiting for NP last. */
function actorOfReasons(reasons: readonly Reason[]): Actor {
  const order: readonly Actor[] = ['nobody', 'buyer', 'shop', 'np'];
  return order.find((actor) => reasons.some((reason) => reason.actor === actor)) ?? 'shop';
}

/** Things that a person has to see whatever the state says. */
export type Attention =
  | 'order-missing'
  | 'edit-open'
  | 'order-returned'
  | 'shipped-without-credit'
  | 'shipped-but-ended'
  | 'reported-other-payload'
  | 'reported-other-shipment'
  | 'unknown-credit-result'
  | 'second-np-id'
  | 'second-live-transaction'
  | 'ended-at-np'
  | 'possible-duplicate'
  | 'unmapped-word'
  | 'deadline';

/** All of them that hold. */
export function attentionsOf(facts: Facts): readonly Attention[] {
  const attempt = currentAttempt(facts);
  const live = attempt && isLive(attempt) ? attempt : null;
  const reportable = live !== null && (live.reported !== null || isApproved(facts, live));
  const fixed = endWanted(facts) || !(live?.reported || live?.paidAt) ? null : live;
  const rules: readonly (readonly [Attention, boolean])[] = [
    ['order-missing', facts.cart.missing && !endWanted(facts)],
    ['edit-open', facts.cart.editOpenedAt !== null],
    ['order-returned', facts.cart.status === 'returned' && !endWanted(facts)],
    ['shipped-without-credit', facts.wanted.shipped && !endWanted(facts) && !reportable],
    [
      'shipped-but-ended',
      facts.wanted.shipped && facts.wanted.cancel !== null && !attempt?.cancelRefusedPaid,
    ],
    ['reported-other-payload', fixed !== null && !hasWantedPayload(facts, fixed)],
    ['reported-other-shipment', isReportedOtherwise(facts)],
    ['unknown-credit-result', attempt?.credit?.result === 'unknown'],
    ['second-np-id', facts.strayIds.length > 0],
    ['second-live-transaction', facts.attempts.slice(0, -1).some(isLive)],
    ['ended-at-np', attempt?.endUnexplained === true && !facts.inFlight && !endWanted(facts)],
    ['possible-duplicate', isDuplicateOpen(facts)],
    ['unmapped-word', !endWanted(facts) && facts.wanted.obstacles.some(isUnmapped)],
    ['deadline', facts.alarm !== null],
  ];
  return rules.filter(([, holds]) => holds).map(([name]) => name);
}

/** It looks like another order, nobody has answered yet, and the buyer is not billed for it yet. */
const isDuplicateOpen = (facts: Facts): boolean =>
  facts.duplicate !== null &&
  !facts.duplicate.genuine &&
  !endWanted(facts) &&
  !facts.attempts.some(({ reported, paidAt }) => reported || paidAt);

const isUnmapped = ({ rule }: Problem): boolean => rule.startsWith('unmapped-');

/** NP was told, or may have been, of another parcel than the cart says, or of one that the cart has taken back. */
export function isReportedOtherwise(facts: Facts): boolean {
  const attempt = currentAttempt(facts);
  if (!attempt || !isLive(attempt) || endWanted(facts)) return false;
  const told = attempt.reported ?? attempt.lostReport;
  const { shipment, shipped } = facts.wanted;
  if (!told) return false;
  if (!shipment) return attempt.reported === null || !shipped;
  return !sameShipment(told, shipment);
}

/** Who has to act next, so that nobody waits for the wrong one. */
export function actorOf(facts: Facts): Actor {
  const state = stateOf(facts);
  if (facts.wanted.confirmBy !== null && !endWanted(facts) && atCheckout.has(state)) return 'none';
  const own = actorOfState(facts, state);
  if (own !== 'none' && own !== 'np') return own;
  return attentionsOf(facts).length > 0 ? 'shop' : own;
}

/** While the buyer is at the checkout nobody else has to act: the cart confirms, or time ends it. A doubt is for people. */
const atCheckout: ReadonlySet<State> = new Set([
  'received',
  'blocked',
  'reviewing',
  'approved',
  'held',
  'rejected',
]);

function actorOfState(facts: Facts, state: State): Actor {
  const attempt = currentAttempt(facts);
  const refusalActor = actorOfReasons(facts.refusal?.reasons ?? []);
  switch (state) {
    case 'blocked':
      return isHeldUp(facts) ? 'shop' : refusalActor;
    case 'received':
      return !facts.wanted.creditDue && facts.wanted.creditDueAt === null ? 'shop' : 'none';
    case 'held':
    case 'rejected':
      return actorOfReasons(attempt?.credit?.reasons ?? []);
    case 'amendment-failed':
    case 'report-failed':
    case 'cancel-failed':
      return refusalActor;
    case 'reissue-failed':
      // Where NP re-registers no more, the shop can still register what is left, or bill it another way.
      return refusalActor === 'nobody' ? 'shop' : refusalActor;
    case 'lapsed':
    case 'cancel-refused-paid':
      return 'shop';
    case 'in-doubt':
      return facts.inFlight?.resolution && facts.inFlight.losses < limits.quietLosses ? 'none' : 'shop';
    case 'reviewing':
      return 'np';
    case 'approved':
      return facts.wanted.shipment && (needsPrinting(facts) || !isReportWanted(facts)) ? 'shop' : 'none';
    default:
      return 'none';
  }
}

export interface Deadline {
  readonly kind: DeadlineKind;
  readonly at: string;
}

/** An alarm at this moment is right: for `near` a day before the deadline at most, for `passed` not before it. */
export function isDue(deadline: Deadline | null, alarm: NonNullable<Facts['alarm']>): boolean {
  if (deadline?.kind !== alarm.kind) return false;
  return alarm.at >= (alarm.level === 'near' ? later(deadline.at, -nearMsOf(alarm.kind)) : deadline.at);
}

/** How long before a deadline of this kind staff are told. */
export const nearMsOf = (kind: DeadlineKind): number =>
  kind === 'settle-by' ? limits.settleNearMs : limits.nearMs;

/** The next moment at which something has to be done or told; null where nothing is pending. */
export function deadlineOf(facts: Facts): Deadline | null {
  const attempt = currentAttempt(facts);
  const { inFlight } = facts;
  if (inFlight?.phase === 'pending') {
    return { kind: 'answer-late', at: later(inFlight.since, limits.answerLateMs) };
  }
  if (endWanted(facts)) return null;
  const { provisional, confirmBy } = facts.wanted;
  if (provisional && confirmBy) return { kind: 'checkout-open', at: confirmBy };
  if (!facts.wanted.creditDue && facts.wanted.creditDueAt) {
    return { kind: 'credit-check', at: facts.wanted.creditDueAt };
  }
  if (!attempt || !isLive(attempt) || attempt.reported || attempt.acceptedAt === null) return null;
  const { credit } = attempt;
  if (!credit) return { kind: 'review-late', at: later(attempt.acceptedAt, limits.reviewLateMs) };
  if (!credit.proven) return { kind: 'approval-unproven', at: later(credit.at, limits.proofAfterMs) };
  if (credit.result === 'held') {
    return credit.answerDueAt
      ? { kind: 'review-answer', at: credit.answerDueAt }
      : { kind: 'hold-ageing', at: later(credit.at, limits.holdAgeingMs) };
  }
  const { settleWithinDays } = facts.rules;
  return settleWithinDays === null
    ? { kind: 'credit-ageing', at: later(credit.at, limits.creditAgeingMs) }
    : { kind: 'settle-by', at: endOfSettlement(credit.fixedAt ?? attempt.acceptedAt, settleWithinDays) };
}

/** The first moment after the last day, in Japan, on which a report is taken: the day of the approval counts as none. */
const endOfSettlement = (approvedAt: string, days: number): string =>
  new Date(
    Date.parse(`${japaneseDay(new Date(approvedAt))}T00:00:00+09:00`) + (days + 1) * 86_400_000,
  ).toISOString();

/** The last day for a report has gone by: whether the gateway has dropped the transaction is not known. */
const isPastSettlement = ({ alarm }: Facts): boolean =>
  alarm?.kind === 'settle-by' && alarm.level === 'passed';
