import {
  decide,
  endWanted,
  isLive,
  type Attempt,
  type Decision,
  type Facts,
  type InFlight,
} from '../src/index.js';
import { alphabetOf, longAgo, now, recently, type Letter } from './alphabet.js';
import { deepFreeze } from './support.js';

/** Facts that were reached, with the letters that led there from a start. */
export interface Reached {
  readonly key: string;
  readonly facts: Facts;
  readonly path: readonly string[];
  /** Keys reached in one step, each with the family of the event. */
  readonly next: { readonly key: string; readonly family: Letter['family'] }[];
}

export interface Exploration {
  readonly name: string;
  readonly starts: readonly Facts[];
  /** The letters that are followed; every letter is tried on every reached facts all the same. */
  readonly follows: (letter: Letter) => boolean;
  /** How time can go by between two events. */
  readonly passes: readonly ('minutes' | 'day' | 'months')[];
  readonly attempts: number;
}

/** Called for every reached facts with every letter of the whole alphabet. */
export type Visit = (from: Reached, letter: Letter, decision: Decision) => void;

/** Breadth first, until nothing new is reached within the bounds on attempts and losses. */
export function explore(exploration: Exploration, visit: Visit): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  const queue: Reached[] = [];
  const arrive = (facts: Facts, path: readonly string[]): string => {
    const like = deepFreeze(withoutIdleMoments(facts));
    const key = JSON.stringify(like);
    if (!reached.has(key)) {
      const node = { key, facts: like, path, next: [] };
      reached.set(key, node);
      queue.push(node);
    }
    return key;
  };
  for (const start of exploration.starts) arrive(start, []);
  for (let node = queue.shift(); node; node = queue.shift()) {
    for (const letter of alphabetOf(node.facts)) {
      const decision = decide(node.facts, letter.event);
      visit(node, letter, decision);
      if (decision.kind === 'refused' || !exploration.follows(letter)) continue;
      if (!isWithin(decision.facts, exploration.attempts)) continue;
      node.next.push({ key: arrive(decision.facts, [...node.path, letter.name]), family: letter.family });
    }
    for (const name of exploration.passes) {
      node.next.push({ key: arrive(passing[name](node.facts), [...node.path, name]), family: 'clock' });
    }
  }
  return reached;
}

const begins = (inFlight: InFlight): boolean =>
  inFlight.operation === 'register' || inFlight.operation === 'reissue';

const isWithin = ({ attempts, inFlight, strayIds, settledIds }: Facts, most: number): boolean =>
  attempts.length <= most &&
  strayIds.length + settledIds.length <= 1 &&
  (!inFlight || inFlight.losses <= (begins(inFlight) ? 2 : 1));

const mapMoments = (facts: Facts, change: (moment: string) => string): Facts =>
  JSON.parse(
    JSON.stringify(facts, (_key, value: unknown) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? change(value) : value,
    ),
  ) as Facts;

const minutesPass = (facts: Facts): Facts =>
  mapMoments(facts, (moment) => (moment >= now && moment < '2027' ? recently : moment));
const monthsPass = (facts: Facts): Facts =>
  mapMoments(facts, (moment) => (moment < '2027' ? longAgo : moment));

/** The day of the report is over; nothing else has become old by that. */
const dayPasses = (facts: Facts): Facts => ({
  ...facts,
  attempts: facts.attempts.map(({ reported, ...attempt }) => ({
    ...attempt,
    reported: reported && { ...reported, at: longAgo },
  })),
});

const passing = { minutes: minutesPass, day: dayPasses, months: monthsPass } as const;

/**
 * The same facts with every moment that nothing is ever measured from or compared with set to one value, so that
 * histories which differ only in such moments meet. What is kept is still a valid set of facts.
 */
function withoutIdleMoments(facts: Facts): Facts {
  const { inFlight, wanted } = facts;
  const idle = <W extends { at: string }>(wish: W | null): W | null => wish && { ...wish, at: longAgo };
  return {
    ...facts,
    cart: { ...facts.cart, seenAt: recently },
    wanted: {
      ...wanted,
      cancel: idle(wanted.cancel),
      release: idle(wanted.release),
      reissue: idle(wanted.reissue),
    },
    attempts: facts.attempts.map((attempt, index) =>
      quiet(facts, attempt, index === facts.attempts.length - 1),
    ),
    inFlight: inFlight && {
      ...inFlight,
      since: inFlight.phase === 'lost' && begins(inFlight) ? inFlight.since : longAgo,
      sentAt: inFlight.sentAt && (facts.rules.duplicateGuardConfirmed ? inFlight.sentAt : longAgo),
      notBefore: inFlight.notBefore && longAgo,
      resolution: inFlight.resolution && { ...inFlight.resolution, notBefore: longAgo },
    },
    refusal: idle(facts.refusal),
    duplicate: idle(facts.duplicate),
  };
}

/** After the acceptance or not is all that counts of the date of a result. */
const datedOf = ({ credit, acceptedAt }: Attempt): string | null =>
  credit?.fixedAt && credit.fixedAt > (acceptedAt ?? '')
    ? '2027-01-01T00:00:00.000Z'
    : past(credit?.fixedAt ?? null);

const past = (moment: string | null): string | null => moment && longAgo;

/** Whether it was today is all that counts of a report, and only of one that could still be taken back. */
function reportDay({ wanted }: Facts, attempt: Attempt, isLast: boolean): string {
  const counts = isLast && isLive(attempt) && !attempt.paidAt && !wanted.reissue && !wanted.cancel;
  return counts && (attempt.reported?.at ?? '') >= recently ? now : longAgo;
}

function quiet(facts: Facts, attempt: Attempt, isLast: boolean): Attempt {
  const marks = {
    ...attempt,
    creditAskedAt: null,
    earlierFixedAt: null,
    reported: attempt.reported && { ...attempt.reported, at: reportDay(facts, attempt, isLast) },
    cancelledAt: past(attempt.cancelledAt),
    lapsedAt: past(attempt.lapsedAt),
    restoredAt: isLive(attempt) ? past(attempt.restoredAt) : null,
    paidAt: past(attempt.paidAt),
    cancelRefusedAt: past(attempt.cancelRefusedAt),
    credit: attempt.credit && { ...attempt.credit, fixedAt: datedOf(attempt) },
  };
  const timed = isLast && isLive(attempt) && !attempt.reported && !endWanted(facts);
  if (timed)
    return marks.acceptedAt === now || !marks.credit
      ? marks
      : { ...marks, acceptedAt: past(marks.acceptedAt) };
  const credit = marks.credit && { ...marks.credit, at: longAgo };
  const acceptedAt = past(marks.acceptedAt);
  if (isLast && isLive(attempt)) return { ...marks, credit, acceptedAt };
  const rejected = credit?.result === 'rejected' ? credit : null;
  return { ...marks, credit: rejected, acceptedAt, pendingSeen: false, amended: false, proofTries: 0 };
}
