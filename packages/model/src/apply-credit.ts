import { sameJson } from './same.js';
import { withAttempt } from './apply-gateway.js';
import type { Applied, CreditEvent } from './events.js';
import { currentAttempt, type Attempt, type Facts } from './facts.js';

/** A credit answer, taken only where it is provably about the payload that NP has now. */
export function applyCredit(facts: Facts, event: CreditEvent): Applied {
  const attempt = facts.attempts[event.attempt - 1];
  if (!attempt) return 'unknown-attempt';
  if (attempt !== currentAttempt(facts)) return 'attempt-superseded';
  if (attempt.registration !== 'accepted' || attempt.acceptedAt === null) return 'not-expected';
  if (attempt.cancelledAt || attempt.lapsedAt || attempt.reported || attempt.paidAt) return 'not-expected';
  const writing = facts.inFlight && facts.inFlight.phase !== 'queued' ? facts.inFlight.operation : null;
  if (writing === 'amend' || writing === 'cancel') return 'operation-under-way';
  if (event.askedAt < attempt.acceptedAt || event.askedAt < (attempt.creditAskedAt ?? '')) return 'stale';
  if (event.type === 'credit-pending') return pendingCredit(facts, attempt, event.askedAt);
  // The payload was accepted between the call and its answer. The answer is the safe bound; where no other review
  // was under way, nothing else can have been decided since the call left.
  const newerThan = attempt.editSentAt ?? attempt.acceptedAt;
  const newer =
    event.fixedAt !== null && event.fixedAt > newerThan && event.fixedAt > (attempt.earlierFixedAt ?? '');
  // In real time the answer to the call itself holds the decision on what the call brought (np-connect-pro.md 0).
  const inAnswer = facts.rules.realTime && event.askedAt === attempt.acceptedAt;
  const credit = {
    result: creditResults[event.type],
    fixedAt: event.fixedAt,
    reasons: [...event.reasons],
    proven:
      !attempt.amended || attempt.pendingSeen || newer || inAnswer || isProvenDecision(attempt.credit, event),
    answerDueAt: event.answerDueAt,
    at: event.at,
  };
  // NP has it, so that an end that is heard of later has come after this.
  const restoredAt = credit.result === 'unknown' ? attempt.restoredAt : null;
  const known = attempt.credit && sameCredit(attempt.credit, credit);
  if (known && restoredAt === attempt.restoredAt) return 'repeated';
  const changed = known ? {} : { credit, creditAskedAt: event.askedAt };
  return withAttempt(facts, attempt.number, { ...changed, restoredAt });
}

const creditResults = {
  'credit-approved': 'approved',
  'credit-held': 'held',
  'credit-rejected': 'rejected',
  'credit-unknown': 'unknown',
} as const;

type Credit = NonNullable<Attempt['credit']>;

/** The same decision heard once more: that it is about what NP has now is no less proven. */
const isProvenDecision = (known: Credit | null, event: CreditEvent): boolean =>
  known !== null &&
  known.proven &&
  event.type !== 'credit-pending' &&
  known.fixedAt !== null &&
  known.fixedAt === event.fixedAt &&
  known.result === creditResults[event.type];

const sameCredit = (one: Credit, other: Credit): boolean =>
  sameJson({ ...one, at: '', answerDueAt: '' }, { ...other, at: '', answerDueAt: '' });

/** Under review: whatever stood before is about to be decided anew. */
function pendingCredit(facts: Facts, attempt: Attempt, creditAskedAt: string): Applied {
  if (attempt.pendingSeen && attempt.credit === null && attempt.restoredAt === null) return 'repeated';
  return withAttempt(facts, attempt.number, {
    pendingSeen: true,
    credit: null,
    creditAskedAt,
    restoredAt: null,
  });
}
