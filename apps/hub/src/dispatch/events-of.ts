import type { CreditAnswer, LineResult, PaymentAnswer, Registered } from '@np-hub/kit';
import type { Operation, TransactionEvent } from '@np-hub/model';
import { nextBusinessDayEvening } from './business-days.js';

/** What every event of one answered line shares. `askedAt` is when the call left. */
export interface Answered {
  readonly attempt: number;
  readonly at: string;
  readonly askedAt: string;
}

/** The same for a writing operation, with the moment of its intent: an answer to an older call proves nothing. */
export interface AnsweredWrite extends Answered {
  readonly callSentAt: string;
}

/** The events that one line's answer to a writing operation means, in their order. */
export function eventsOfWrite(
  operation: Operation,
  result: LineResult<Registered | null>,
  answered: AnsweredWrite,
): readonly TransactionEvent[] {
  const { attempt, at, callSentAt } = answered;
  switch (result.kind) {
    case 'lost':
      return [{ type: 'answer-lost', operation, attempt, at, callSentAt }];
    case 'pending':
      return [pendingEvent(operation, answered)];
    case 'refused':
      return [refusedEvent(operation, result, answered)];
    case 'done':
      return doneEvents(operation, result.value, answered);
  }
}

/** Only a cancel or a report can be answered later; anything else without a result is an answer that was lost. */
function pendingEvent(operation: Operation, { attempt, at, callSentAt }: AnsweredWrite): TransactionEvent {
  if (operation === 'cancel') return { type: 'cancellation-pending', attempt, at, callSentAt };
  if (operation === 'report') return { type: 'report-pending', attempt, at, callSentAt };
  return { type: 'answer-lost', operation, attempt, at, callSentAt };
}

const refusedTypes = {
  register: 'registration-refused',
  amend: 'amendment-refused',
  cancel: 'cancellation-refused',
  report: 'report-refused',
  reissue: 'reissue-step-failed',
} as const;

function refusedEvent(
  operation: Operation,
  { reasons, proves }: Extract<LineResult<unknown>, { kind: 'refused' }>,
  { attempt, at, callSentAt }: AnsweredWrite,
): TransactionEvent {
  if (operation === 'cancel' && proves === 'already-paid') {
    return { type: 'cancellation-refused-paid', attempt, at, callSentAt };
  }
  return { type: refusedTypes[operation], attempt, at, callSentAt, reasons, proves };
}

function doneEvents(
  operation: Operation,
  value: Registered | null,
  answered: AnsweredWrite,
): readonly TransactionEvent[] {
  const { attempt, at, callSentAt } = answered;
  if (operation === 'cancel') return [{ type: 'cancellation-accepted', attempt, at, callSentAt }];
  if (operation === 'report') return [{ type: 'report-accepted', attempt, at, callSentAt }];
  // The result in the same answer was asked for by the call itself, so it is not older than the acceptance.
  const credit = value?.credit ? [creditEvent(value.credit, { attempt, at, askedAt: at })] : [];
  if (operation === 'amend') return [{ type: 'amendment-accepted', attempt, at, callSentAt }, ...credit];
  const type = operation === 'register' ? 'registration-accepted' : 'reissue-step-done';
  if (!value) return [{ type: 'answer-lost', operation, attempt, at, callSentAt }];
  return [{ type, attempt, at, npTransactionId: value.npTransactionId }, ...credit];
}

const creditTypes = {
  pending: 'credit-pending',
  approved: 'credit-approved',
  held: 'credit-held',
  rejected: 'credit-rejected',
  unknown: 'credit-unknown',
} as const;

function creditEvent(answer: CreditAnswer, { attempt, at, askedAt }: Answered): TransactionEvent {
  const waits = answer.reasons.length > 0 && answer.reasons.every(({ actor }) => actor === 'np');
  return {
    type: creditTypes[answer.result],
    attempt,
    at,
    askedAt,
    fixedAt: answer.fixedAt,
    reasons: answer.reasons,
    answerDueAt: answer.result === 'held' && waits ? nextBusinessDayEvening(new Date(at)) : null,
  };
}

/** What NP's answer about the credit means; null where it says nothing (the question is asked again). */
export function eventOfCredit(result: LineResult<CreditAnswer>, answered: Answered): TransactionEvent | null {
  const { attempt, at, askedAt } = answered;
  if (result.kind === 'done') return creditEvent(result.value, answered);
  if (result.kind !== 'refused') return null;
  if (result.proves === 'already-cancelled') return { type: 'credit-lapsed', attempt, at };
  // NP does not know the id, or refuses to tell: a person has to look, and nothing is concluded.
  return {
    type: 'credit-unknown',
    attempt,
    at,
    askedAt,
    fixedAt: null,
    reasons: result.reasons,
    answerDueAt: null,
  };
}

/** What NP's answer about the buyer's payment means; null where the buyer has not provably paid. */
export function eventOfPayment(
  result: LineResult<PaymentAnswer>,
  answered: Answered,
): TransactionEvent | null {
  const paid = result.kind === 'done' && result.value.status === 'paid';
  return paid ? { type: 'buyer-paid', attempt: answered.attempt, at: answered.at } : null;
}
