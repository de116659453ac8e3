import { actorOf, attentionsOf, gateOf, plan, stateOf, type Attempt, type Facts } from '../src/index.js';

/**
 * The properties of facts by themselves, written from the words of the specification and not from the machine:
 * each sentence with whether it holds.
 */
export function sentencesOf(facts: Facts): readonly (readonly [string, boolean])[] {
  const ship = gateOf(facts).gate === 'ship';
  const attempt = facts.attempts.at(-1) ?? null;
  const state = stateOf(facts);
  const idle = facts.inFlight === null;
  const stuck = facts.inFlight?.phase === 'lost' && facts.inFlight.resolution === null;
  // An open checkout is ended by the clock, at the latest.
  const timed = facts.wanted.provisional && facts.wanted.confirmBy !== null;
  const loud = actorOf(facts) !== 'none' || attentionsOf(facts).length > 0 || timed;
  const ends = ['cancelled', 'released', 'cancel-refused-paid', 'cancel-failed'];
  return [
    ['P4 the gate is ship only for the wanted payload, provably approved', !ship || mayShip(facts, attempt)],
    ['P7 a cancel at rest has ended or is loud', !facts.wanted.cancel || !idle || ends.includes(state)],
    ['P7 a failed cancel is loud', state !== 'cancel-failed' || loud],
    ['P9 a doubt that only a person can resolve is loud', !stuck || actorOf(facts) !== 'none'],
    ['P9 at rest the wish is met or somebody is called', !idle || loud || isSatisfied(facts, attempt)],
    [
      'nothing is registered before its time, or over an obstacle',
      !isQueued(facts, 'register') || mayBegin(facts),
    ],
    [
      'what has ended at NP for a reason that nobody knows is registered again by a person alone, and loud until then',
      !facts.attempts.at(-1)?.endUnexplained ||
        (begins(facts) ? facts.wanted.retry : !idle || isEndWanted(facts) || loud),
    ],
    ['a report goes by the rule of the shop or by hand', !isQueued(facts, 'report') || isAskedFor(facts)],
    ['an obstacle moves nothing that NP has', !attempt || isEnded(attempt) || isPlannedAnyway(facts)],
    ['who waits for a person is loud', !idle || !isForgotten(facts) || loud],
    ['P2 an end has nothing left to do', !idle || !isQuietEnd(facts) || !attempt || isEnded(attempt)],
  ];
}

const isQueued = ({ inFlight }: Facts, operation: string): boolean =>
  inFlight?.operation === operation && inFlight.phase === 'queued';

const begins = (facts: Facts): boolean => isQueued(facts, 'register') || isQueued(facts, 'reissue');
const isEndWanted = ({ wanted }: Facts): boolean => wanted.cancel !== null || wanted.release !== null;

const mayBegin = ({ wanted, attempts, duplicate }: Facts): boolean =>
  wanted.problems.length === 0 &&
  wanted.obstacles.length === 0 &&
  (wanted.creditDue || wanted.creditAsked) &&
  (attempts.length > 0 || !waitsForAnswer(duplicate));

const waitsForAnswer = (duplicate: Facts['duplicate']): boolean =>
  duplicate !== null && duplicate.hold && !duplicate.genuine;

const isAskedFor = ({ rules, wanted }: Facts): boolean => rules.autoReport || wanted.reportAsked;

const isPlannedAnyway = (facts: Facts): boolean => {
  const without = { ...facts, duplicate: null, wanted: { ...facts.wanted, obstacles: [] } };
  return JSON.stringify(plan(facts)) === JSON.stringify(plan(without));
};

/** The credit check or the report waits for a person, and nothing has ended. */
function isForgotten({ wanted, rules, attempts }: Facts): boolean {
  if (wanted.cancel || wanted.release) return false;
  const attempt = attempts.at(-1);
  if (!attempt) return !wanted.creditDue && wanted.creditDueAt === null;
  const unreported = attempt.credit?.result === 'approved' && !attempt.reported && !isEnded(attempt);
  return unreported && wanted.shipment !== null && !rules.autoReport && !wanted.reportAsked;
}

function mayShip(facts: Facts, attempt: Attempt | null): boolean {
  const { wanted } = facts;
  if (!attempt || wanted.cancel || wanted.release || wanted.provisional) return false;
  const atNp =
    attempt.registration === 'accepted' && attempt.npTransactionId !== null && attempt.acceptedAt !== null;
  const gone = attempt.cancelledAt !== null || attempt.lapsedAt !== null;
  const same = attempt.payload?.hash === wanted.payload.hash;
  const { credit } = attempt;
  const dated = credit?.fixedAt ? isDatedAfter(attempt, credit.fixedAt) : false;
  const first = !attempt.amended;
  const inTime = facts.alarm?.kind !== 'settle-by' || facts.alarm.level !== 'passed';
  const printed = wanted.payload.settlementType === '02' || wanted.invoicePrinted;
  return (
    atNp &&
    !gone &&
    same &&
    credit?.result === 'approved' &&
    (dated || attempt.pendingSeen || first) &&
    printed &&
    inTime
  );
}

/** After the answer that accepted the payload; or after its call, where NP had decided on all that came before. */
function isDatedAfter(attempt: Attempt, fixedAt: string): boolean {
  if (fixedAt > (attempt.acceptedAt ?? '9')) return true;
  return (
    attempt.editSentAt !== null && fixedAt > attempt.editSentAt && fixedAt > (attempt.earlierFixedAt ?? '9')
  );
}

/** What NP is proven to have is what the order is to have. */
function isSatisfied(facts: Facts, attempt: Attempt | null): boolean {
  const { wanted } = facts;
  if (wanted.cancel || wanted.release) return facts.attempts.every(isEnded);
  if (!attempt || isEnded(attempt)) return !wanted.creditDue;
  if (attempt.payload?.hash !== wanted.payload.hash) return false;
  if (wanted.reissue || facts.attempts.slice(0, -1).some((each) => !isEnded(each))) return false;
  if (attempt.reported) return wanted.shipment !== null || wanted.shipped;
  if (attempt.paidAt) return true;
  const approved = attempt.credit?.result === 'approved' && attempt.credit.proven;
  return approved ? wanted.shipment === null : !wanted.shipped;
}

const isQuietEnd = (facts: Facts): boolean => ['cancelled', 'released'].includes(stateOf(facts));

/** Proven to be nothing that NP could still charge for. */
const isEnded = (attempt: Attempt): boolean =>
  attempt.registration === 'refused' ||
  attempt.registration === 'absent' ||
  attempt.cancelledAt !== null ||
  attempt.lapsedAt !== null ||
  (attempt.credit?.result === 'rejected' && attempt.credit.proven);
