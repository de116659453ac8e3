import {
  currentAttempt,
  isLive,
  reissueObstacle,
  stateOf,
  type Attempt,
  type Facts,
  type ReissueView,
} from '@np-hub/model';

type Step = ReissueView['steps'][number];
type StepState = Step['state'];

/**
 * What can be changed after the report, and how far such a change has come; null where nothing has been reported, or
 * where all of it has ended. `at` is now.
 */
export function reissueViewOf(facts: Facts, at: string): ReissueView | null {
  const base = baseOf(facts);
  const { cancel, release } = facts.wanted;
  if (!base?.reported || ((cancel || release) && !base.paidAt)) return null;
  const fromYen = base.payload?.billedYen ?? null;
  const ended = cancel !== null || release !== null;
  const toYen = ended ? 0 : facts.wanted.payload.billedYen;
  const found = ended ? 'paid' : reissueObstacle(facts, at);
  const running = facts.wanted.reissue !== null;
  const tooMuch = fromYen !== null && fromYen > toYen ? fromYen - toYen : null;
  return {
    obstacle: found === 'under-way' || found === 'ended' || found === 'not-reported' ? null : found,
    phase: running ? (stateOf(facts) === 'reissue-failed' ? 'stopped' : 'running') : 'open',
    fromYen,
    toYen,
    reportedAt: base.reported.at,
    again: facts.attempts.some(({ number, reported, cancelledAt }) => {
      return number < base.number && reported !== null && cancelledAt !== null;
    }),
    refundYen: base.paidAt ? tooMuch : null,
    steps: stepsOf(facts, base),
  };
}

/** The reported attempt that is to be replaced, or could be. */
function baseOf(facts: Facts): Attempt | null {
  const { reissue } = facts.wanted;
  const attempt = currentAttempt(facts);
  if (reissue) return facts.attempts[reissue.base - 1] ?? null;
  return attempt && (isLive(attempt) || attempt.paidAt) ? attempt : null;
}

function stepsOf(facts: Facts, base: Attempt): Step[] {
  const renewed = facts.attempts.slice(base.number).findLast(isLive) ?? null;
  const accepted = renewed?.npTransactionId != null;
  const approved = accepted && renewed.credit?.result === 'approved' && renewed.credit.proven;
  const done = {
    cancel: base.cancelledAt !== null,
    register: accepted,
    review: approved,
    report: renewed?.reported != null,
  };
  const names = ['cancel', 'register', 'review', 'report'] as const;
  const current = names.find((name) => !done[name]);
  return names.map((name) => {
    if (done[name]) return { name, state: 'done' };
    return { name, state: name === current && facts.wanted.reissue ? progressOf(facts) : 'todo' };
  });
}

function progressOf(facts: Facts): StepState {
  if (facts.inFlight?.phase === 'lost') return 'doubt';
  return stateOf(facts) === 'reissue-failed' ? 'failed' : 'doing';
}
