import type { Settings } from '../config.js';
import { japanDateTime, japanIso } from '../japan-time.js';
import type { NpTransaction } from './ledger.js';
import type { Outcome } from './magic.js';

/** NP's credit result at one moment. `fixedAtMs` is null while there is none yet. */
export interface Review {
  readonly result: '00' | '10' | '20' | '30' | '40' | '50';
  readonly fixedAtMs: number | null;
  readonly holds: readonly string[];
  readonly ng: string | null;
}

/** The one word for a transaction's situation, for people and for tests. */
export type NpState =
  | 'not-reviewed'
  | 'reviewing'
  | 'approved'
  | 'held'
  | 'rejected'
  | 'error'
  | 'reported'
  | 'paid'
  | 'cancelled'
  | 'lapsed';

const stateOfResult: Readonly<Record<Review['result'], NpState>> = {
  '00': 'approved',
  '10': 'held',
  '20': 'rejected',
  '30': 'error',
  '40': 'not-reviewed',
  '50': 'reviewing',
};

/** When what an outcome promises falls due, for a credit result fixed at a moment. */
export function dueTimes(outcome: Outcome, fixedAtMs: number, settings: Settings) {
  const isLongReview = outcome.result === 'hold' && outcome.hold.length === 1 && outcome.hold[0] === 'RE029';
  return {
    longReviewUntilMs:
      isLongReview && settings.longReviewMs !== null ? fixedAtMs + settings.longReviewMs : null,
    lapseDueMs: outcome.lapse ? fixedAtMs + settings.lapseDelayMs : null,
  };
}

/** The fields that put another outcome in force, now or as soon as the review is over. */
export function withOutcome(
  transaction: NpTransaction,
  outcome: Outcome,
  settings: Settings,
  nowMs: number,
): Partial<NpTransaction> {
  const fixedAtMs = Math.max(transaction.reviewStartedAtMs + transaction.reviewDelayMs, nowMs);
  return {
    outcome,
    outcomeSetAtMs: nowMs,
    ...dueTimes(outcome, fixedAtMs, settings),
    printedAtMs: outcome.unprinted ? null : (transaction.printedAtMs ?? nowMs),
    payDueMs: outcome.pay && transaction.report ? nowMs + settings.payDelayMs : null,
  };
}

/** The result of the latest review. Nothing is scheduled: it follows from the clock. */
export function reviewOf(transaction: NpTransaction, nowMs: number): Review {
  const { outcome, reviewStartedAtMs, reviewDelayMs } = transaction;
  const fixedAtMs = Math.max(reviewStartedAtMs + reviewDelayMs, transaction.outcomeSetAtMs ?? 0);
  const open = { fixedAtMs: null, holds: [], ng: null };
  if (nowMs < fixedAtMs) {
    return { ...open, result: nowMs < reviewStartedAtMs + reviewDelayMs / 2 ? '40' : '50' };
  }
  if (outcome.result === 'review') return { ...open, result: '50' };
  const fixed = { fixedAtMs, holds: [], ng: null };
  if (outcome.result === 'hold') {
    const until = transaction.longReviewUntilMs;
    if (until !== null && nowMs >= until) return { ...fixed, result: '00', fixedAtMs: until };
    return { ...fixed, result: '10', holds: outcome.hold };
  }
  if (outcome.result === 'ng') return { ...fixed, result: '20', ng: outcome.ng };
  return { ...fixed, result: outcome.result === 'error' ? '30' : '00' };
}

/** When NP dropped the transaction by itself; null while it has not. A report stops the lapse. */
export function lapsedAtMsOf(transaction: NpTransaction, nowMs: number): number | null {
  if (transaction.lapsedAtMs !== null) return transaction.lapsedAtMs;
  const { lapseDueMs } = transaction;
  const isDue = lapseDueMs !== null && nowMs >= lapseDueMs && transaction.outcome.result === 'approve';
  return isDue && transaction.report === null && transaction.cancelledAtMs === null ? lapseDueMs : null;
}

/** When the buyer paid; null while unpaid. */
export function paidAtMsOf(transaction: NpTransaction, nowMs: number): number | null {
  if (transaction.paidAtMs !== null) return transaction.paidAtMs;
  if (transaction.cancelledAtMs !== null) return null;
  return transaction.payDueMs !== null && nowMs >= transaction.payDueMs ? transaction.payDueMs : null;
}

/** The state that all facts together make at a moment. */
export function stateOf(transaction: NpTransaction, nowMs: number): NpState {
  if (transaction.cancelledAtMs !== null) return 'cancelled';
  if (paidAtMsOf(transaction, nowMs) !== null) return 'paid';
  if (transaction.report !== null) return 'reported';
  if (lapsedAtMsOf(transaction, nowMs) !== null) return 'lapsed';
  return stateOfResult[reviewOf(transaction, nowMs).result];
}

/** assumed: how `authori_required_date` is written. */
export function requiredDate(atMs: number, format: Settings['requiredDateFormat']): string {
  if (format === 'plain') return japanDateTime(atMs).replaceAll('-', '/');
  return format === 'seconds' ? japanIso(atMs).replace(/\.\d{3}/, '') : japanIso(atMs);
}
