import { sameJson } from './same.js';
import { applyCheckout, obstaclesUnder, printingOf } from './apply-cart.js';
import { confirmRepeat } from './apply-duplicates.js';
import { concluded, withAttempt } from './apply-gateway.js';
import { requestAnew, requestReissue, settleSlip } from './apply-reissue.js';
import type { Applied, ClockEvent, CorrectionMade, InstructionGiven, StaffRequest } from './events.js';
import {
  currentAttempt,
  endWanted,
  isLive,
  withoutCancelRefusals,
  type Facts,
  type InFlight,
} from './facts.js';
import { japaneseDay } from './clock.js';
import { limits } from './limits.js';
import { deadlineOf, isDue, wordKeyOf } from './situation.js';

/** A field changed in the hub: a layer over the cart's data, so only what is wanted changes. */
export function applyCorrection(facts: Facts, event: CorrectionMade): Applied {
  const edited = event.payload.hash !== facts.wanted.payload.hash;
  const wanted = {
    ...facts.wanted,
    payload: event.payload,
    problems: [...event.problems],
    obstacles: event.obstacles
      ? obstaclesUnder(facts.wanted.creditAsked, event.obstacles)
      : facts.wanted.obstacles,
    shipment: event.shipment,
    shipmentProblems: [...event.shipmentProblems],
    ...printingOf(facts, event.payload),
  };
  if (sameJson(wanted, facts.wanted)) return 'repeated';
  // The edit for which staff had opened the order has been made here; a corrected slip is no such edit.
  const editOpenedAt = edited ? null : facts.cart.editOpenedAt;
  return { ...facts, wanted, cart: { ...facts.cart, editOpenedAt } };
}

/** What staff ask for. A wish is kept in every state; only what makes no sense is refused by name. */
export function applyRequest(facts: Facts, event: StaffRequest): Applied {
  switch (event.type) {
    case 'cancel-requested':
      return requestCancel(facts, event.at);
    case 'release-requested':
      return facts.wanted.release && facts.wanted.release.by !== 'cart'
        ? 'repeated'
        : {
            ...facts,
            wanted: {
              ...facts.wanted,
              release: { by: event.elsewhere ? 'take-over' : 'staff', at: event.at },
            },
          };
    case 'retry-requested':
      return requestRetry(facts, event.at);
    case 'report-requested':
      return requestReport(facts);
    case 'credit-check-requested':
      return requestCreditCheck(facts);
    case 'np-absence-confirmed':
      return confirmAbsence(facts, event.at);
    case 'reissue-requested':
      return requestReissue(facts, event.at);
    case 'register-anew-requested':
      return requestAnew(facts);
    case 'repeat-confirmed':
      return confirmRepeat(facts);
    case 'slip-settled':
      return settleSlip(facts);
    case 'invoice-printed':
      return markPrinted(facts, event);
    case 'word-repair-requested':
      return wordKeyOf(facts) === null ? 'not-allowed' : facts;
  }
}

/**
 * Printed, or printed anew with another date: then a report that was refused may go once more. Unless somebody says
 * otherwise, an invoice bears the day on which it was printed, in Japan.
 */
function markPrinted(facts: Facts, { issuedOn, at }: StaffRequest): Applied {
  const { wanted, refusal } = facts;
  if (wanted.payload.settlementType !== '03') return 'not-allowed';
  const known = wanted.invoicePrinted ? wanted.invoiceIssuedOn : japaneseDay(new Date(at));
  const invoiceIssuedOn = issuedOn ?? known;
  if (wanted.invoicePrinted && invoiceIssuedOn === wanted.invoiceIssuedOn) return 'repeated';
  return {
    ...facts,
    refusal: refusal?.operation === 'report' ? null : refusal,
    wanted: { ...wanted, invoicePrinted: true, invoiceIssuedOn },
  };
}

function requestCancel(facts: Facts, at: string): Applied {
  const { wanted } = facts;
  if (wanted.cancel?.by === 'staff') return 'repeated';
  if (wanted.release?.by === 'take-over') return 'not-allowed';
  return { ...facts, wanted: { ...wanted, cancel: { by: 'staff', at } } };
}

/** Once more: lifts the refusal, re-opens what staff cancelled, closes an edit that changed nothing. */
function requestRetry(facts: Facts, at: string): Applied {
  const attempt = currentAttempt(facts);
  const { cart, wanted } = facts;
  const closed = wanted.cancel?.by === 'cart' || cart.status === 'cancelled' || cart.status === 'deleted';
  const live = attempt !== null && isLive(attempt);
  const reopens = wanted.cancel !== null && !closed && !live;
  const dead = attempt !== null && !live && !wanted.release && !closed;
  const refused = facts.attempts.some(
    (each) => isLive(each) && (each.cancelRefusedAt || each.cancelRefusedPaid),
  );
  if (facts.inFlight && isOverdue(facts)) return askAgain(facts, facts.inFlight, at);
  if (!facts.refusal && !reopens && !refused && !dead && cart.editOpenedAt === null) return 'not-allowed';
  if (facts.inFlight && facts.inFlight.phase !== 'queued') return 'operation-under-way';
  const lifted = withoutCancelRefusals(facts);
  return {
    ...lifted,
    attempts: lifted.attempts.map((each) => ({ ...each, cancelRefusedPaid: false })),
    cart: { ...cart, editOpenedAt: null },
    refusal: null,
    wanted: { ...wanted, cancel: reopens ? null : wanted.cancel, retry: dead },
  };
}

/** The result of a request that the gateway had accepted has not come in time. */
const isOverdue = ({ inFlight, alarm }: Facts): boolean =>
  inFlight?.phase === 'pending' && alarm?.kind === 'answer-late' && alarm.level === 'passed';

/**
 * A person, who has looked at the gateway's console, asks for the same once more; the hub never does by itself. It is
 * the same cancel or report of the same id, so that nothing doubles; what was accepted before may have been done.
 */
function askAgain(facts: Facts, inFlight: InFlight, at: string): Facts {
  const told = inFlight.operation === 'report' ? { lostReport: inFlight.shipment } : {};
  const queued = { ...inFlight, phase: 'queued' as const, since: at, sentAt: null, notBefore: null };
  return { ...withAttempt(facts, inFlight.attempt, told), inFlight: queued };
}

/** Report once the credit allows it. Where reports wait for a person, the wish is kept before NP has the order, too. */
function requestReport(facts: Facts): Applied {
  const attempt = currentAttempt(facts);
  const early = attempt === null && !facts.rules.autoReport && !endWanted(facts);
  if (!facts.wanted.shipment || !(early || (attempt && isLive(attempt)))) return 'not-allowed';
  if (attempt?.reported) return 'repeated';
  const refusal = facts.refusal?.operation === 'report' ? null : facts.refusal;
  return { ...facts, refusal, wanted: { ...facts.wanted, shipped: true, reportAsked: true } };
}

/** Ask NP now; for an order whose credit check is not due yet, have it checked now. */
function requestCreditCheck(facts: Facts): Applied {
  const { wanted } = facts;
  const obstacles = obstaclesUnder(true, wanted.obstacles);
  if (endWanted(facts)) return 'not-allowed';
  if (!wanted.creditDue || obstacles.length < wanted.obstacles.length)
    return { ...facts, wanted: { ...wanted, creditDue: true, creditAsked: true, obstacles } };
  const attempt = currentAttempt(facts);
  return facts.rules.canFindCredit &&
    attempt &&
    isLive(attempt) &&
    attempt.npTransactionId &&
    !attempt.reported
    ? { ...facts }
    : 'not-allowed';
}

/** Noted, so that the cart is asked once for each attempt: a course that people have resumed is not stopped again. */
export function applyInstruction(facts: Facts, event: InstructionGiven): Applied {
  const { attempt, instruction, at } = event;
  if (!facts.attempts[attempt - 1]) return 'unknown-attempt';
  if (attempt < facts.attempts.length) return 'attempt-superseded';
  if (facts.instructed?.attempt === attempt && facts.instructed.instruction === instruction)
    return 'repeated';
  return { ...facts, instructed: { instruction, attempt, at } };
}

/** A person has looked at NP and found nothing there, long enough after the call. */
function confirmAbsence(facts: Facts, at: string): Applied {
  const { inFlight } = facts;
  const begins = inFlight?.operation === 'register' || inFlight?.operation === 'reissue';
  if (!inFlight || !begins || inFlight.phase !== 'lost' || inFlight.arrived) return 'not-allowed';
  if (inFlight.resolution?.phase === 'sent') return 'operation-under-way';
  const lastSent = inFlight.since > (inFlight.sentAt ?? '') ? inFlight.since : (inFlight.sentAt ?? '');
  if (Date.parse(at) - Date.parse(lastSent) < limits.absenceAfterMs) return 'too-early';
  const absent = withAttempt(facts, inFlight.attempt, { registration: 'absent' });
  return { ...concluded(absent, inFlight.attempt), inFlight: null };
}

/** Time has come for something, if the facts still say so. */
export function applyClock(facts: Facts, event: ClockEvent): Applied {
  const deadline = deadlineOf(facts);
  if (event.type === 'credit-check-due') {
    if (facts.wanted.creditDue) return 'repeated';
    const { creditDueAt } = facts.wanted;
    // Without a moment it waits for a person, whatever a clock says that was set before.
    if (creditDueAt === null || event.at < creditDueAt) return 'not-due';
    return { ...facts, wanted: { ...facts.wanted, creditDue: true } };
  }
  const level = event.type === 'deadline-near' ? ('near' as const) : ('passed' as const);
  const alarm = { kind: event.deadline, level, at: event.at };
  if (!isDue(deadline, alarm)) return 'not-due';
  if (event.deadline === 'checkout-open')
    return level === 'near' ? 'repeated' : applyCheckout(facts, { type: 'checkout-abandoned', at: event.at });
  if (facts.alarm?.kind === event.deadline && (facts.alarm.level === level || level === 'near'))
    return 'repeated';
  const attempt = currentAttempt(facts);
  const unproven = event.deadline === 'approval-unproven' && level === 'passed' && attempt;
  if (unproven && attempt.payload === null) return 'repeated';
  if (unproven && attempt.proofTries < limits.proofTries) {
    const at = attempt.editSentAt ?? attempt.acceptedAt;
    const heldSince = attempt.payload && at ? { hash: attempt.payload.hash, at } : null;
    return withAttempt(facts, attempt.number, {
      payload: null,
      heldSince,
      proofTries: attempt.proofTries + 1,
    });
  }
  return { ...facts, alarm };
}
