import {
  currentAttempt,
  endWanted,
  hasWantedPayload,
  isApproved,
  isLive,
  isQuestioned,
  isReportWanted,
  type Attempt,
  type Facts,
  type InFlight,
  type PayloadRef,
  type ShipmentRef,
} from './facts.js';
import { later, limits } from './limits.js';
import type { Operation } from './states.js';

/** The one operation to run next. */
export interface Planned {
  readonly operation: Operation;
  readonly attempt: number;
  readonly payload: PayloadRef | null;
  readonly shipment: ShipmentRef | null;
}

const bare = (operation: Operation, attempt: Attempt): Planned => ({
  operation,
  attempt: attempt.number,
  payload: null,
  shipment: null,
});

/**
 * What to do next about a transaction with nothing under way, or null when it is at rest. A cancel outranks a
 * report, a report an edit, an edit a registration; a report needs the wanted payload approved, so that an
 * edit that is still wanted goes first.
 */
export function plan(facts: Facts): Planned | null {
  return planStray(facts) ?? planLive(facts) ?? planAttempt(facts);
}

/** A late acceptance of an attempt that another has replaced: it must not stay alive beside it. */
function planStray(facts: Facts): Planned | null {
  const stray = facts.attempts
    .slice(0, -1)
    .find((attempt) => isLive(attempt) && attempt.npTransactionId !== null && mayCancel(attempt));
  return stray ? bare('cancel', stray) : null;
}

function planLive(facts: Facts): Planned | null {
  const attempt = currentAttempt(facts);
  if (!attempt || !isLive(attempt) || attempt.npTransactionId === null) return null;
  if (endWanted(facts) || facts.wanted.reissue?.base === attempt.number) {
    return mayCancel(attempt) ? bare('cancel', attempt) : null;
  }
  if (attempt.reported || attempt.paidAt) return null;
  return planReport(facts, attempt) ?? planAmend(facts, attempt);
}

function planReport(facts: Facts, attempt: Attempt): Planned | null {
  const { shipment, shipmentProblems } = facts.wanted;
  if (!shipment || shipmentProblems.length > 0 || !isApproved(facts, attempt)) return null;
  if (!isReportWanted(facts) || facts.wanted.provisional) return null;
  if (facts.cart.editOpenedAt !== null || needsPrinting(facts)) return null;
  const refused = facts.refusal?.operation === 'report' && sameShipment(facts.refusal.shipment, shipment);
  return refused ? null : { ...bare('report', attempt), shipment };
}

function planAmend(facts: Facts, attempt: Attempt): Planned | null {
  const { payload, problems } = facts.wanted;
  if (hasWantedPayload(facts, attempt) || problems.length > 0) return null;
  if (!facts.rules.canAmend) return mayCancel(attempt) ? bare('cancel', attempt) : null;
  const refused = facts.refusal?.operation === 'amend' && facts.refusal.payloadHash === payload.hash;
  return refused ? null : { ...bare('amend', attempt), payload };
}

function planAttempt(facts: Facts): Planned | null {
  if (!mayStartAttempt(facts)) return null;
  const operation = isReissueDue(facts) && facts.rules.canReissue ? 'reissue' : 'register';
  return { operation, attempt: facts.attempts.length + 1, payload: facts.wanted.payload, shipment: null };
}

/** Until NP has taken one, what replaces the reported attempt is a re-registration upon it, where the gateway has that. */
const isReissueDue = ({ wanted, attempts }: Facts): boolean =>
  wanted.reissue !== null &&
  attempts.slice(wanted.reissue.base).every((attempt) => attempt.npTransactionId === null);

/** A new attempt starts only when all before are proven dead, and only for a reason. */
function mayStartAttempt(facts: Facts): boolean {
  const { payload, problems, obstacles, reissue, retry, creditDue, shipped } = facts.wanted;
  const last = currentAttempt(facts);
  if (endWanted(facts) || problems.length > 0 || obstacles.length > 0 || !creditDue) return false;
  if (isQuestioned(facts)) return false;
  if (!last) return true;
  if (facts.attempts.some(isLive)) return false;
  if (last.endUnexplained) return retry;
  if (reissue?.base === last.number) return true;
  if (last.reported) return retry;
  if (last.lapsedAt) {
    return retry || (facts.rules.reregisterAfterLapse && facts.reregistrations === 0 && !shipped);
  }
  if (last.cancelledAt || last.registration === 'absent') return true;
  return retry || payload.hash !== (last.payload ?? last.sent)?.hash;
}

/** NP has not refused to cancel it. */
const mayCancel = (attempt: Attempt): boolean =>
  !attempt.cancelRefusedPaid && attempt.cancelRefusedAt === null;

/** wiz: the shop encloses the invoice, so nothing ships or is reported before it is printed. */
export const needsPrinting = (facts: Facts): boolean =>
  facts.wanted.payload.settlementType === '03' && !facts.wanted.invoicePrinted;

/** Carrier and slip are the same. */
export const sameShipment = (one: ShipmentRef | null, other: ShipmentRef): boolean =>
  one?.carrierCode === other.carrierCode && one.slipNumber === other.slipNumber;

/**
 * The call that resolves a lost answer, or null where only a person can. A cancel that is wanted makes every
 * other doubt about the same id not matter. Edit, cancel and report are repeated, and NP's answer proves what
 * happened. A registration has no id to ask for: the same again is sent only where the connection confirms
 * that NP refuses duplicates, within the time that the guard looks back, and never in a buyer's place.
 */
export function planResolution(facts: Facts, inFlight: InFlight, at: string): InFlight['resolution'] {
  const attempt = facts.attempts[inFlight.attempt - 1];
  const wait = Math.min(limits.resolveFirstMs * 4 ** (inFlight.losses - 1), limits.resolveLongestMs);
  // What was lost may still be on its way, and must not overtake what follows the repeat.
  const lastSentAt = inFlight.losses > 1 ? inFlight.since : (inFlight.sentAt ?? inFlight.since);
  const [waited, arrived] = [later(inFlight.since, wait), later(lastSentAt, limits.callAtMostMs)];
  const next = (operation: Operation): InFlight['resolution'] => ({
    operation,
    phase: 'queued',
    notBefore: waited > arrived ? waited : arrived,
  });
  if (inFlight.operation === 'register' || inFlight.operation === 'reissue') {
    const sentAt = inFlight.sentAt ?? inFlight.since;
    const mayProbe =
      inFlight.operation === 'register' &&
      facts.rules.duplicateGuardConfirmed &&
      !inFlight.arrived &&
      !inFlight.byBuyer &&
      at < later(sentAt, limits.probeWithinMs);
    return mayProbe ? next('register') : null;
  }
  const cancelFirst = endWanted(facts) && attempt && mayCancel(attempt);
  return next(cancelFirst ? 'cancel' : inFlight.operation);
}
