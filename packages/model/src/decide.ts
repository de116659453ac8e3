import { sameJson } from './same.js';
import {
  applyCartAbsence,
  applyCartChange,
  applyCheckout,
  applyCheckoutOpened,
  applyEditWithdrawn,
  applyReread,
  applyWordDrift,
  receive,
} from './apply-cart.js';
import { applyCredit } from './apply-credit.js';
import { applyDrift, applyRestored } from './apply-drift.js';
import {
  applyAccepted,
  applyDone,
  applyLost,
  applyRefused,
  applyReturned,
  applySent,
} from './apply-gateway.js';
import { applyDuplicates } from './apply-duplicates.js';
import { applyClock, applyCorrection, applyInstruction, applyRequest } from './apply-staff.js';
import { applyIdEntered, applyIdFound, applySecondIdSettled } from './apply-np-id.js';
import type { Applied, RefusalName, TransactionEvent } from './events.js';
import { currentAttempt, endWanted, isLive, wholeRules, type Facts, type InFlight } from './facts.js';
import { plan, planResolution, type Planned } from './plan.js';
import { deadlineOf, isDue, stateOf, wordKeyOf } from './situation.js';
import type { Operation, State, WordKey } from './states.js';

/** An order to the hub, written in the same database transaction as the facts. */
export type Effect =
  /** Run this writing operation, replacing one that was not sent yet; null: there is none to run any more. */
  | { readonly lane: 'write'; readonly run: WriteRun | null }
  /** Ask NP for the credit result; `now` ends the pause between two questions. Null: stop asking. */
  | { readonly lane: 'credit'; readonly run: ReadRun | null; readonly now: boolean }
  /** Ask NP whether the buyer has paid. Null: stop asking. */
  | { readonly lane: 'payment'; readonly run: ReadRun | null }
  /** Show this in the cart, replacing a word that was not sent yet. Null: say nothing more. */
  | { readonly lane: 'word'; readonly key: WordKey | null };

export interface WriteRun {
  readonly operation: Operation;
  readonly attempt: number;
  readonly notBefore: string | null;
}

export interface ReadRun {
  readonly attempt: number;
  /** `soon`: a result is expected; `slow`: it may change; `idle`: only NP itself could change it. */
  readonly pace: 'soon' | 'slow' | 'idle';
}

export type Decision =
  | {
      readonly kind: 'moved';
      readonly facts: Facts;
      readonly state: State;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'refused'; readonly name: RefusalName };

/**
 * What one event does to one transaction: pure, total, never throws. `facts` is null for an order that is not
 * known yet. The answer is the new facts with the state that names them and the effects to run, or a named
 * refusal, which the hub records beside the event.
 */
export function decide(facts: Facts | null, event: TransactionEvent): Decision {
  if (facts === null) {
    if (event.type !== 'order-received') return { kind: 'refused', name: 'unknown-transaction' };
    return moved(null, settle(receive(event), event.at), event);
  }
  const applied = apply(facts, event);
  if (typeof applied === 'string') return { kind: 'refused', name: applied };
  return moved(facts, settle(applied, event.at), event);
}

function apply(facts: Facts, event: TransactionEvent): Applied {
  switch (event.type) {
    case 'order-received':
      return applyCartChange(facts, { ...event, type: 'order-changed' });
    case 'order-changed':
    case 'edit-opened':
    case 'order-shipped':
    case 'shipment-withdrawn':
    case 'order-cancelled':
    case 'order-returned':
    case 'payment-method-changed':
      return applyCartChange(facts, event);
    case 'order-reread':
      return applyReread(facts, event);
    case 'instruction-given':
      return applyInstruction(facts, event);
    case 'order-deleted':
    case 'order-missing':
      return applyCartAbsence(facts, event);
    case 'order-confirmed':
    case 'checkout-abandoned':
      return applyCheckout(facts, event);
    case 'checkout-opened':
      return applyCheckoutOpened(facts, event);
    case 'edit-withdrawn':
      return applyEditWithdrawn(facts, event);
    case 'operation-sent':
      return applySent(facts, event);
    case 'operation-returned':
      return applyReturned(facts, event);
    case 'answer-lost':
      return applyLost(facts, event);
    case 'registration-accepted':
    case 'reissue-step-done':
      return applyAccepted(facts, event);
    case 'amendment-accepted':
    case 'report-accepted':
    case 'report-pending':
    case 'cancellation-accepted':
    case 'cancellation-pending':
    case 'cancellation-refused-paid':
    case 'credit-lapsed':
    case 'buyer-paid':
      return applyDone(facts, event);
    case 'registration-refused':
    case 'amendment-refused':
    case 'report-refused':
    case 'cancellation-refused':
    case 'reissue-step-failed':
      return applyRefused(facts, event);
    case 'credit-pending':
    case 'credit-approved':
    case 'credit-held':
    case 'credit-rejected':
    case 'credit-unknown':
      return applyCredit(facts, event);
    case 'drift-found':
      return applyDrift(facts, event);
    case 'backup-restored':
      return applyRestored(facts, event);
    case 'word-drift-found':
      return applyWordDrift(facts, event);
    case 'duplicates-found':
      return applyDuplicates(facts, event);
    case 'np-id-found':
      return applyIdFound(facts, event);
    case 'second-id-settled':
      return applySecondIdSettled(facts, event);
    case 'correction-made':
      return applyCorrection(facts, event);
    case 'retry-requested':
    case 'report-requested':
    case 'cancel-requested':
    case 'release-requested':
    case 'credit-check-requested':
    case 'np-absence-confirmed':
    case 'reissue-requested':
    case 'register-anew-requested':
    case 'repeat-confirmed':
    case 'slip-settled':
    case 'invoice-printed':
    case 'word-repair-requested':
      return applyRequest(facts, event);
    case 'np-id-entered':
    case 'adopt-requested':
      return applyIdEntered(facts, event);
    case 'credit-check-due':
    case 'deadline-near':
    case 'deadline-passed':
      return applyClock(facts, event);
    case 'rules-changed':
      return changedRules(facts, wholeRules(event.rules));
  }
}

/** The mode is not among what settings change: an order stays with the one that it began with (seed 001). */
function changedRules(facts: Facts, given: Facts['rules']): Applied {
  const rules = { ...given, realTime: facts.rules.realTime };
  return sameJson(facts.rules, rules) ? 'repeated' : { ...facts, rules };
}

/** Brings the operation under way in line with the facts: what was only queued may still be replaced. */
function settle(facts: Facts, at: string): Facts {
  const quiet = withoutSpentWishes(facts);
  const { inFlight } = quiet;
  if (inFlight?.phase === 'lost') return withResolution(quiet, inFlight, at);
  if (inFlight && inFlight.phase !== 'queued') return quiet;
  const next = plan({ ...quiet, inFlight: null });
  if (!next) return inFlight ? { ...quiet, inFlight: null } : quiet;
  if (inFlight && isSame(inFlight, next)) return quiet;
  return begin(quiet, next, at);
}

/** An alarm ends with its deadline, and the wish to register once more with the wish to end. */
function withoutSpentWishes(facts: Facts): Facts {
  const alarm = facts.alarm && isDue(deadlineOf(facts), facts.alarm) ? facts.alarm : null;
  const retry = facts.wanted.retry && !endWanted(facts);
  return alarm === facts.alarm && retry === facts.wanted.retry
    ? facts
    : { ...facts, alarm, wanted: { ...facts.wanted, retry } };
}

function begin(facts: Facts, next: Planned, at: string): Facts {
  const { inFlight } = facts;
  return {
    ...facts,
    refusal: facts.refusal?.operation === 'cancel' ? facts.refusal : null,
    inFlight: {
      ...next,
      phase: 'queued',
      since: at,
      sentAt: null,
      // A pause that the gateway asked for holds for the same operation with newer content, too.
      notBefore: inFlight?.operation === next.operation ? inFlight.notBefore : null,
      losses: 0,
      arrived: false,
      resolution: null,
    },
  };
}

const isSame = (inFlight: InFlight, next: Planned): boolean =>
  inFlight.operation === next.operation &&
  inFlight.attempt === next.attempt &&
  inFlight.payload?.hash === next.payload?.hash &&
  sameJson(inFlight.shipment, next.shipment);

function withResolution(facts: Facts, inFlight: InFlight, at: string): Facts {
  if (inFlight.resolution?.phase === 'sent') return facts;
  const resolution = planResolution(facts, inFlight, at);
  const keep = inFlight.resolution && inFlight.resolution.operation === resolution?.operation;
  return keep ? facts : { ...facts, inFlight: { ...inFlight, resolution } };
}

function moved(before: Facts | null, after: Facts, event: TransactionEvent): Decision {
  return { kind: 'moved', facts: after, state: stateOf(after), effects: effectsOf(before, after, event) };
}

function effectsOf(before: Facts | null, after: Facts, event: TransactionEvent): readonly Effect[] {
  const effects: Effect[] = [];
  const [oldWrite, write] = [before && writeWanted(before), writeWanted(after)];
  const taken = event.type === 'operation-sent' && write === null;
  if (!sameJson(oldWrite, write) && !taken) effects.push({ lane: 'write', run: write });
  const [oldCredit, credit] = [before && creditReadWanted(before), creditReadWanted(after)];
  const now = event.type === 'credit-check-requested' && credit !== null;
  if (now || !sameJson(oldCredit, credit)) effects.push({ lane: 'credit', run: credit, now });
  const [oldPayment, payment] = [before && paymentReadWanted(before), paymentReadWanted(after)];
  if (!sameJson(oldPayment, payment)) effects.push({ lane: 'payment', run: payment });
  const key = wordKeyOf(after);
  const repeats = key !== null && isWordRepair(event);
  if (repeats || (before === null ? key !== null : wordKeyOf(before) !== key))
    effects.push({ lane: 'word', key });
  return effects;
}

/** The word is sent once more, although nothing about it has changed here. */
const isWordRepair = (event: TransactionEvent): boolean =>
  event.type === 'word-repair-requested' ||
  (event.type === 'word-drift-found' && event.repair === 'automatic');

function writeWanted(facts: Facts): WriteRun | null {
  const { inFlight } = facts;
  if (inFlight?.phase === 'queued') {
    const { operation, attempt, notBefore } = inFlight;
    return { operation, attempt, notBefore };
  }
  if (inFlight?.phase !== 'lost' || inFlight.resolution?.phase !== 'queued') return null;
  const { operation, notBefore } = inFlight.resolution;
  return { operation, attempt: inFlight.attempt, notBefore };
}

/** What to ask NP about the credit, by the facts; null where nothing can change or nothing may be asked. */
export function creditReadWanted(facts: Facts): ReadRun | null {
  const attempt = currentAttempt(facts);
  if (!facts.rules.canFindCredit || !attempt || !isLive(attempt) || attempt.npTransactionId === null)
    return null;
  if (attempt.reported || attempt.paidAt || attempt.acceptedAt === null) return null;
  const { credit } = attempt;
  const pace =
    !credit?.proven || credit.result === 'unknown' ? 'soon' : credit.result === 'held' ? 'slow' : 'idle';
  return { attempt: attempt.number, pace };
}

/** What to ask NP about the buyer's payment, by the facts. */
export function paymentReadWanted(facts: Facts): ReadRun | null {
  const attempt = currentAttempt(facts);
  if (!facts.rules.canFindPayment) return null;
  if (!attempt?.reported || !isLive(attempt) || attempt.paidAt || attempt.npTransactionId === null)
    return null;
  return { attempt: attempt.number, pace: 'slow' };
}
