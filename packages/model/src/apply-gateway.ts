import { newAttempt } from './attempts.js';
import type { Applied, Accepted, AnswerLost, CallEvent, Done, Refused } from './events.js';
import {
  currentAttempt,
  endWanted,
  isContradicting,
  isLive,
  type Attempt,
  type Facts,
  type InFlight,
} from './facts.js';
import { sameShipment } from './plan.js';
import type { Operation } from './states.js';

/** The facts with one attempt changed. */
export const withAttempt = (facts: Facts, number: number, change: Partial<Attempt>): Facts => ({
  ...facts,
  attempts: facts.attempts.map((attempt) =>
    attempt.number === number ? { ...attempt, ...change } : attempt,
  ),
});

/**
 * Nothing is under way any more. After a lost edit that its repeat did not confirm, NP may hold either payload;
 * after such a report, NP may have it.
 */
function ended(facts: Facts): Facts {
  const { inFlight } = facts;
  const attempt = inFlight && facts.attempts[inFlight.attempt - 1];
  const done = { ...facts, inFlight: null };
  if (!attempt || inFlight.losses === 0) return done;
  if (inFlight.operation === 'report' && !attempt.reported) {
    return withAttempt(done, attempt.number, { lostReport: inFlight.shipment });
  }
  if (inFlight.operation !== 'amend') return done;
  const earlierFixedAt = attempt.credit?.fixedAt ?? attempt.earlierFixedAt;
  const unknown = {
    payload: null,
    credit: null,
    amended: true,
    pendingSeen: false,
    editSentAt: null,
    earlierFixedAt,
  };
  return withAttempt(done, attempt.number, unknown);
}

const settled = (facts: Facts): Facts => ({ ...ended(facts), refusal: null });

/** A registration has its answer: the wish to register once more is spent, and so is the automatic one. */
export function concluded(facts: Facts, number: number): Facts {
  const automatic = facts.attempts[number - 2]?.lapsedAt && !facts.wanted.retry;
  return {
    ...facts,
    reregistrations: facts.reregistrations + (automatic ? 1 : 0),
    wanted: { ...facts.wanted, retry: false },
  };
}

/**
 * The operation under way, if it is this one, has left the house, and the event is about its last call. The
 * call that resolves a doubt makes every earlier answer not matter.
 */
function underWay(facts: Facts, operation: Operation, event: CallOf): InFlight | null {
  const { inFlight } = facts;
  if (!inFlight || inFlight.attempt !== event.attempt || inFlight.phase === 'queued') return null;
  const lastCallAt = inFlight.resolution?.phase === 'sent' ? inFlight.since : inFlight.sentAt;
  if (event.callSentAt !== undefined && event.callSentAt !== lastCallAt) return null;
  return inFlight.operation === operation ? inFlight : null;
}

type CallOf = { readonly attempt: number; readonly callSentAt?: string };

/** The intent before a call: from here on the call counts as possibly carried out. */
export function applySent(facts: Facts, event: CallEvent): Applied {
  const { inFlight } = facts;
  if (!inFlight || inFlight.attempt !== event.attempt) return 'not-expected';
  if (inFlight.phase === 'lost') {
    const { resolution } = inFlight;
    if (resolution?.phase !== 'queued' || resolution.operation !== event.operation) return 'not-expected';
    if (resolution.operation !== inFlight.operation) return overridden(facts, inFlight, event);
    const resolving = { ...resolution, phase: 'sent' as const };
    return { ...facts, inFlight: { ...inFlight, since: event.at, resolution: resolving } };
  }
  if (inFlight.phase !== 'queued' || inFlight.operation !== event.operation) return 'not-expected';
  const sent: Facts = {
    ...facts,
    inFlight: { ...inFlight, phase: 'sent', since: event.at, sentAt: event.at, notBefore: null },
  };
  if (event.operation === 'register' || event.operation === 'reissue')
    return { ...sent, attempts: [...facts.attempts, newAttempt(inFlight.attempt, inFlight.payload)] };
  const attempt = facts.attempts[inFlight.attempt - 1];
  // Another payload leaves: from now on NP may have that one.
  const isOther = event.operation === 'amend' && attempt && !heldSinceOf(attempt, inFlight.payload);
  return isOther ? withAttempt(sent, attempt.number, { heldSince: null }) : sent;
}

/** A cancel makes the doubt not matter; from its call on it is the cancel that may be lost. */
const overridden = (facts: Facts, inFlight: InFlight, { operation, at }: CallEvent): Facts => ({
  ...ended(facts),
  inFlight: {
    ...inFlight,
    operation,
    phase: 'sent',
    payload: null,
    shipment: null,
    since: at,
    sentAt: at,
    losses: 0,
    resolution: null,
  },
});

/** The call is proven not to have been carried out (turned away whole, or never left): it waits again. */
export function applyReturned(facts: Facts, event: CallEvent): Applied {
  const inFlight = underWay(facts, event.operation, event);
  if (!inFlight) return 'not-expected';
  if (inFlight.phase === 'lost') {
    if (inFlight.resolution?.phase !== 'sent') return 'not-expected';
    const notBefore = event.notBefore ?? event.at;
    return {
      ...facts,
      inFlight: { ...inFlight, resolution: { ...inFlight.resolution, phase: 'queued', notBefore } },
    };
  }
  if (inFlight.phase !== 'sent') return 'not-expected';
  const queued = {
    ...inFlight,
    phase: 'queued' as const,
    since: event.at,
    sentAt: null,
    notBefore: event.notBefore,
  };
  const began = event.operation === 'register' || event.operation === 'reissue';
  return { ...facts, inFlight: queued, attempts: began ? facts.attempts.slice(0, -1) : facts.attempts };
}

/** The answer never came: a state of its own, never a repeat by itself. */
export function applyLost(facts: Facts, event: AnswerLost): Applied {
  const inFlight = underWay(facts, event.operation, event);
  if (!inFlight) return 'not-expected';
  const lost = {
    ...inFlight,
    phase: 'lost' as const,
    since: event.at,
    losses: inFlight.losses + 1,
    resolution: null,
    ...(event.byBuyer && { byBuyer: true as const }),
  };
  if (inFlight.phase !== 'lost') return { ...facts, inFlight: lost };
  return inFlight.resolution?.phase === 'sent' ? { ...facts, inFlight: lost } : 'repeated';
}

/** NP named its id: the registration stands, whatever was thought before. */
export function applyAccepted(facts: Facts, event: Accepted): Applied {
  const attempt = facts.attempts[event.attempt - 1];
  if (!attempt) return 'unknown-attempt';
  if (attempt.npTransactionId === event.npTransactionId) return 'repeated';
  if (attempt.npTransactionId !== null) {
    if (isContradicting(facts, event.npTransactionId)) return 'repeated';
    return { ...facts, strayIds: [...facts.strayIds, event.npTransactionId] };
  }
  const accepted = withAttempt(facts, event.attempt, {
    registration: 'accepted',
    npTransactionId: event.npTransactionId,
    payload: attempt.sent,
    acceptedAt: event.at,
  });
  // Whichever call it answers, late or not: the id is known, and no doubt is left.
  const begun = facts.inFlight?.attempt === event.attempt && facts.inFlight.phase !== 'queued';
  return begun ? settled(concluded(accepted, event.attempt)) : accepted;
}

/** Results of operations on an id: only the one under way counts. */
export function applyDone(facts: Facts, event: Done): Applied {
  const attempt = facts.attempts[event.attempt - 1];
  if (!attempt) return 'unknown-attempt';
  switch (event.type) {
    case 'cancellation-accepted':
      return applyCancelled(facts, attempt, event);
    case 'cancellation-refused-paid':
      return applyRefusedPaid(facts, attempt, event);
    case 'cancellation-pending':
      return applyPending(facts, 'cancel', event);
    case 'report-pending':
      return applyPending(facts, 'report', event);
    default:
      return attempt === currentAttempt(facts) ? applyToCurrent(facts, attempt, event) : 'attempt-superseded';
  }
}

function applyToCurrent(facts: Facts, attempt: Attempt, event: Done): Applied {
  if (attempt.npTransactionId === null) return 'not-expected';
  if (event.type === 'buyer-paid') {
    if (attempt.paidAt) return 'repeated';
    return isLive(attempt) ? withAttempt(facts, attempt.number, { paidAt: event.at }) : 'not-allowed';
  }
  if (event.type === 'credit-lapsed') {
    if (attempt.lapsedAt) return 'repeated';
    return isLive(attempt) && !attempt.paidAt ? lapse(facts, attempt, event.at) : 'not-allowed';
  }
  const operation = event.type === 'amendment-accepted' ? 'amend' : 'report';
  const inFlight = underWay(facts, operation, event);
  if (!inFlight) return 'not-expected';
  if (operation === 'amend') return amended(facts, attempt, inFlight, event.at);
  return reported(facts, attempt, inFlight.shipment, event.at);
}

function amended(facts: Facts, attempt: Attempt, inFlight: InFlight, at: string): Facts {
  return withAttempt(settled(facts), attempt.number, {
    payload: inFlight.payload,
    restoredAt: null,
    acceptedAt: at,
    amended: true,
    pendingSeen: false,
    earlierFixedAt: attempt.credit?.fixedAt ?? attempt.earlierFixedAt,
    editSentAt: isDecided(attempt) ? inFlight.sentAt : heldSinceOf(attempt, inFlight.payload),
    heldSince: null,
    credit: null,
  });
}

/** Since when NP has had this payload, where an edit has brought nothing new: what it has decided since is about it. */
const heldSinceOf = ({ heldSince }: Attempt, payload: Attempt['payload']): string | null =>
  heldSince !== null && heldSince.hash === payload?.hash ? heldSince.at : null;

/** NP has provably decided on what it has, and has promised nothing more: no review is under way there. */
const isDecided = ({ credit }: Attempt): boolean =>
  credit !== null && credit.proven && credit.fixedAt !== null && credit.answerDueAt === null;

/** NP has this report, and nothing is under way any more. */
export function reported(facts: Facts, attempt: Attempt, shipment: InFlight['shipment'], at: string): Facts {
  const known = shipment ?? facts.wanted.shipment ?? { carrierCode: '', slipNumber: '' };
  const done = settled(withAttempt(facts, attempt.number, { reported: { ...known, at } }));
  return { ...done, wanted: { ...done.wanted, reissue: null } };
}

/**
 * NP has dropped it; nothing about it is under way any more. What a restored hub learns so may have been cancelled by
 * itself after the backup was made.
 */
export const lapse = (
  facts: Facts,
  attempt: Attempt,
  at: string,
  endUnexplained = attempt.restoredAt !== null,
): Facts => {
  const lapsed = withAttempt(facts, attempt.number, { lapsedAt: at, endUnexplained });
  return facts.inFlight?.attempt === attempt.number ? { ...lapsed, inFlight: null, refusal: null } : lapsed;
};

function applyCancelled(facts: Facts, attempt: Attempt, event: Done): Applied {
  if (attempt.cancelledAt) return 'repeated';
  return underWay(facts, 'cancel', event)
    ? settled(withAttempt(facts, attempt.number, { cancelledAt: event.at }))
    : 'not-expected';
}

function applyRefusedPaid(facts: Facts, attempt: Attempt, event: Done | Refused): Applied {
  if (attempt.cancelRefusedPaid) return 'repeated';
  if (!underWay(facts, 'cancel', event)) return 'not-expected';
  // Nobody pays without an invoice, and NP sends it on the report: one whose answer was lost has arrived.
  const reportedNow = attempt.lostReport && { ...attempt.lostReport, at: event.at };
  const paid = withAttempt(facts, attempt.number, {
    cancelRefusedPaid: true,
    paidAt: attempt.paidAt ?? event.at,
    reported: attempt.reported ?? reportedNow,
  });
  // What was to be cancelled for a partial return stays billed in full, and the shop refunds the part.
  const reissue = paid.wanted.reissue?.base === attempt.number ? null : paid.wanted.reissue;
  return settled({ ...paid, wanted: { ...paid.wanted, reissue } });
}

function applyPending(facts: Facts, operation: Operation, event: Done): Applied {
  const inFlight = underWay(facts, operation, event);
  if (!inFlight) return 'not-expected';
  if (inFlight.phase === 'pending') return 'repeated';
  return {
    ...facts,
    inFlight: { ...inFlight, phase: 'pending', since: event.at, resolution: null },
  };
}

/** Cancelled to be replaced, by a restored hub: the first cancel may have been before, and what replaces it at NP since. */
const isForgotten = (facts: Facts, attempt: Attempt): boolean =>
  attempt.restoredAt !== null && attempt === currentAttempt(facts) && !endWanted(facts);

const operationOf = {
  'registration-refused': 'register',
  'amendment-refused': 'amend',
  'report-refused': 'report',
  'cancellation-refused': 'cancel',
  'reissue-step-failed': 'reissue',
} as const satisfies Record<Refused['type'], Operation>;

/** A refusal, and what it proves: "already cancelled" to our cancel is a success whose answer was lost. */
export function applyRefused(facts: Facts, event: Refused): Applied {
  const operation = operationOf[event.type];
  const attempt = facts.attempts[event.attempt - 1];
  if (!attempt) return 'unknown-attempt';
  const inFlight = underWay(facts, operation, event);
  if (!inFlight) return attempt === currentAttempt(facts) ? 'not-expected' : 'attempt-superseded';
  if (operation === 'register' || operation === 'reissue') return refusedRegistration(facts, inFlight, event);
  if (event.proves === 'already-cancelled') {
    return operation === 'cancel' && !isForgotten(facts, attempt)
      ? settled(withAttempt(facts, attempt.number, { cancelledAt: event.at }))
      : lapse(facts, attempt, event.at);
  }
  if (event.proves === 'already-paid' && operation === 'cancel')
    return applyRefusedPaid(facts, attempt, event);
  if (event.proves === 'already-reported' || event.proves === 'already-paid') {
    if (operation === 'cancel') return refusedOperation(facts, inFlight, operation, event);
    const paidAt = event.proves === 'already-paid' ? (attempt.paidAt ?? event.at) : attempt.paidAt;
    const shipment = operation === 'report' ? provenShipment(attempt, inFlight) : null;
    return reported(withAttempt(facts, attempt.number, { paidAt }), attempt, shipment, event.at);
  }
  return refusedOperation(facts, inFlight, operation, event);
}

/**
 * What NP has when it says "already reported": this report, whose first answer was lost, or an earlier one whose
 * answer was lost. Blank where it may be either.
 */
function provenShipment(attempt: Attempt, inFlight: InFlight): InFlight['shipment'] {
  const { lostReport } = attempt;
  if (!lostReport || sameShipment(inFlight.shipment, lostReport)) return inFlight.shipment;
  return inFlight.losses === 0 ? lostReport : { carrierCode: '', slipNumber: '' };
}

function refusedOperation(facts: Facts, inFlight: InFlight, operation: Operation, event: Refused): Applied {
  const refusal = refusalOf(inFlight, operation, event);
  // A repeat that is refused for another reason says nothing about the cancel whose answer was lost.
  if (operation === 'cancel' && inFlight.resolution?.phase === 'sent') {
    const losses = inFlight.losses + 1;
    return {
      ...facts,
      refusal,
      inFlight: { ...inFlight, phase: 'lost', since: event.at, losses, resolution: null },
    };
  }
  // Late, and after a repeat: of which of the two calls it speaks is not known.
  if (operation === 'cancel' && inFlight.losses > 1) return 'not-expected';
  const marked =
    operation === 'cancel' ? withAttempt(facts, event.attempt, { cancelRefusedAt: event.at }) : facts;
  return { ...ended(marked), refusal };
}

const refusalOf = (inFlight: InFlight, operation: Operation, event: Refused): Facts['refusal'] => ({
  operation,
  attempt: event.attempt,
  reasons: [...event.reasons],
  at: event.at,
  payloadHash: inFlight.payload?.hash ?? null,
  shipment: operation === 'report' ? inFlight.shipment : null,
});

/**
 * A refused registration leaves nothing at NP, with two exceptions. "Duplicate" proves that one with this
 * number is there, under an id that only a person can find. And a refused probe proves nothing about the call
 * whose answer was lost.
 */
function refusedRegistration(facts: Facts, inFlight: InFlight, event: Refused): Applied {
  const duplicate = event.proves === 'duplicate';
  const probing = inFlight.resolution?.phase === 'sent';
  if (inFlight.arrived) return 'repeated';
  if (duplicate || probing) {
    const losses = inFlight.losses + 1;
    return {
      ...facts,
      inFlight: { ...inFlight, phase: 'lost', since: event.at, losses, arrived: duplicate, resolution: null },
    };
  }
  // Late, and after a probe: of which of the two calls it speaks is not known.
  if (inFlight.losses > 1) return 'not-expected';
  const refused = withAttempt(facts, event.attempt, { registration: 'refused' });
  const refusal = refusalOf(inFlight, inFlight.operation, event);
  return { ...concluded(refused, event.attempt), inFlight: null, refusal };
}
