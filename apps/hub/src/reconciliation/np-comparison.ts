import type { CreditAnswer, LineResult, PaymentAnswer } from '@np-hub/kit';
import {
  isLive,
  later,
  type Attempt,
  type FindingAction,
  type FindingKind,
  type TransactionEvent,
} from '@np-hub/model';
import { eventOfCredit, type Answered } from '../dispatch/events-of.js';

/** What NP answers about one attempt; payments are asked for live ones only. */
export interface NpAnswers {
  readonly credit: LineResult<CreditAnswer>;
  readonly payment: LineResult<PaymentAnswer> | null;
}

/** A difference, and the event that brings the hub in line; `event` null: nothing is proven, or a person decides. */
export interface NpDifference {
  readonly kind: FindingKind;
  readonly had: string;
  readonly shown: string;
  readonly event: TransactionEvent | null;
  readonly action: FindingAction | null;
}

export interface NpComparison {
  /** Null: both sides agree. */
  readonly difference: NpDifference | null;
  /** An answer that the hub waits for anyway: taken over, and no difference. */
  readonly news: TransactionEvent | null;
}

export interface NpSubject {
  readonly attempt: Attempt;
  /** The id by which NP knows the order; null where it was registered by another way. */
  readonly shopTransactionId: string | null;
  /** What is alive there and ended here is made live again by itself, so that the plan cancels it. */
  readonly revive: boolean;
}

const dayMs = 86_400_000;
/** How long after its end an attempt is still asked for: NP's month for repeated registrations. */
export const endedWithinMs = 30 * dayMs;

/** Ended here within the time in which NP is still asked whether it has ended there. */
export function hasJustEnded(attempt: Attempt, now: string): boolean {
  if (attempt.registration !== 'accepted' || isLive(attempt)) return false;
  const endedAt = attempt.cancelledAt ?? attempt.lapsedAt ?? attempt.credit?.at ?? null;
  return endedAt !== null && endedAt > later(now, -endedWithinMs);
}

const same: NpComparison = { difference: null, news: null };
const differs = (difference: NpDifference): NpComparison => ({ difference, news: null });

/** What NP says of one attempt against what the hub holds for true. Pure. */
export function compareWithNp(subject: NpSubject, answers: NpAnswers, answered: Answered): NpComparison {
  const { credit } = answers;
  if (credit.kind === 'lost' || credit.kind === 'pending') return same;
  const foreign = credit.kind === 'done' ? foreignOrder(subject, credit.value) : null;
  if (foreign) return differs(foreign);
  if (!isLive(subject.attempt)) return comparedEnded(subject, credit, answered);
  if (credit.kind === 'refused') return comparedRefusal(subject.attempt, credit, answered);
  const paid = comparedPayment(subject.attempt, answers.payment, answered);
  if (paid) return differs(paid);
  const amount = comparedAmount(subject.attempt, credit.value);
  return amount ? differs(amount) : comparedCredit(subject.attempt, credit.value, answered);
}

/** In one word what the hub holds for true of an attempt. */
function heldFor(attempt: Attempt): string {
  if (attempt.cancelledAt) return 'cancelled';
  if (attempt.lapsedAt) return 'lapsed';
  if (attempt.paidAt) return 'paid';
  if (attempt.reported) return 'reported';
  return attempt.credit?.result ?? 'pending';
}

/** An id that NP gives to another order can have been entered wrongly: everything else about it says nothing. */
function foreignOrder({ attempt, shopTransactionId }: NpSubject, answer: CreditAnswer): NpDifference | null {
  const named = answer.shopTransactionId;
  if (!named || shopTransactionId === null || named === shopTransactionId) return null;
  if (attempt.sent === null) return null;
  return { kind: 'np-other-order', had: shopTransactionId, shown: named, event: null, action: null };
}

/** Ended here. What NP has refused stays refused; anything else that it still has is alive. */
function comparedEnded(
  { attempt, revive }: NpSubject,
  credit: LineResult<CreditAnswer>,
  { at }: Answered,
): NpComparison {
  if (credit.kind !== 'done') return same;
  const { result } = credit.value;
  if (result === 'rejected' || result === 'unknown') return same;
  const event: TransactionEvent = { type: 'drift-found', attempt: attempt.number, at, found: 'alive' };
  return differs({
    kind: 'np-alive',
    had: heldFor(attempt),
    shown: result,
    event: revive ? event : null,
    action: 'cancel-again',
  });
}

/** An answer that proves nothing is no approval either: what waits for shipment waits, and a person looks. */
function comparedRefusal(
  attempt: Attempt,
  credit: Extract<LineResult<CreditAnswer>, { kind: 'refused' }>,
  answered: Answered,
): NpComparison {
  const had = heldFor(attempt);
  if (credit.proves === 'already-cancelled') {
    const event = {
      type: 'drift-found',
      attempt: attempt.number,
      at: answered.at,
      found: 'cancelled',
    } as const;
    return differs({ kind: 'np-cancelled', had, shown: 'cancelled', event, action: null });
  }
  const kind = credit.proves === 'not-found' ? 'np-unknown' : 'np-unclear';
  const shown = credit.reasons.map(({ code }) => code).join(' ');
  if (!isAsked(attempt)) return differs({ kind, had, shown, event: null, action: null });
  return {
    difference: { kind, had, shown, event: null, action: 'check-credit' },
    news: eventOfCredit(credit, answered),
  };
}

/** NP can be asked for the credit result. */
const isAsked = (attempt: Attempt): boolean => !attempt.reported && !attempt.paidAt;

function comparedPayment(
  attempt: Attempt,
  payment: NpAnswers['payment'],
  { at }: Answered,
): NpDifference | null {
  if (payment?.kind !== 'done') return null;
  const { status } = payment.value;
  if (status === 'paid' && !attempt.paidAt) {
    const event: TransactionEvent = { type: 'buyer-paid', attempt: attempt.number, at };
    return { kind: 'np-paid', had: heldFor(attempt), shown: 'paid', event, action: null };
  }
  const taken = status === 'unpaid' && attempt.paidAt;
  return taken ? { kind: 'np-unpaid', had: 'paid', shown: 'unpaid', event: null, action: null } : null;
}

/** Only where the gateway names the amount; NP's find does not. */
function comparedAmount(attempt: Attempt, { billedYen }: CreditAnswer): NpDifference | null {
  if (billedYen === undefined || !attempt.payload || attempt.payload.billedYen === billedYen) return null;
  const [had, shown] = [String(attempt.payload.billedYen), String(billedYen)];
  return { kind: 'np-amount', had, shown, event: null, action: null };
}

function comparedCredit(attempt: Attempt, answer: CreditAnswer, answered: Answered): NpComparison {
  const { credit } = attempt;
  const { result } = answer;
  if (!isAsked(attempt)) {
    if (result === 'approved' || result === 'pending') return same;
    const kind = result === 'unknown' ? 'np-unclear' : 'np-state';
    const shown = result === 'unknown' ? answer.raw : result;
    return differs({ kind, had: heldFor(attempt), shown, event: null, action: null });
  }
  const event = eventOfCredit({ kind: 'done', value: answer }, answered);
  const known = credit ? credit.result === result && credit.fixedAt === answer.fixedAt : result === 'pending';
  if (!credit?.proven || credit.result === 'unknown' || credit.result === result)
    return { difference: null, news: known && credit?.proven ? null : event };
  if (result === 'unknown') {
    return {
      difference: {
        kind: 'np-unclear',
        had: credit.result,
        shown: answer.raw,
        event: null,
        action: 'check-credit',
      },
      news: event,
    };
  }
  return differs({ kind: 'np-state', had: credit.result, shown: result, event, action: null });
}
