import { withAttempt } from './apply-gateway.js';
import { japaneseDay } from './clock.js';
import type { Applied, RefusalName } from './events.js';
import { currentAttempt, endWanted, hasWantedPayload, isLive, type Attempt, type Facts } from './facts.js';
import { isReportedOtherwise, stateOf } from './situation.js';

/** Why a reported transaction cannot be registered again with less, in the order in which it is looked at. */
export type ReissueObstacle =
  | 'under-way'
  | 'ended'
  | 'not-reported'
  | 'paid'
  | 'base-unknown'
  | 'unchanged'
  | 'more'
  | 'problems'
  | 'same-day';

/**
 * What stands in the way of a partial return; null where nothing does. NP re-registers a reported transaction for the
 * same amount or less (E0131010), not once the buyer has paid (E0100118), and not on the day of delivery (S4): goods that
 * were reported today cannot have been delivered before. When they really arrived nobody tells the hub.
 */
export function reissueObstacle(facts: Facts, at: string): ReissueObstacle | null {
  const { wanted } = facts;
  const attempt = currentAttempt(facts);
  if (wanted.reissue) return 'under-way';
  if (endWanted(facts)) return 'ended';
  if (!attempt?.reported || !isLive(attempt)) return 'not-reported';
  return baseObstacle(facts, { ...attempt, reported: attempt.reported }, at);
}

function baseObstacle(
  facts: Facts,
  attempt: Attempt & { readonly reported: NonNullable<Attempt['reported']> },
  at: string,
): ReissueObstacle | null {
  const { payload, problems, obstacles } = facts.wanted;
  if (attempt.paidAt) return 'paid';
  if (attempt.payload === null) return 'base-unknown';
  if (hasWantedPayload(facts, attempt)) return 'unchanged';
  if (payload.billedYen > attempt.payload.billedYen) return 'more';
  if (problems.length > 0 || obstacles.length > 0) return 'problems';
  return dayOf(at) > dayOf(attempt.reported.at) ? null : 'same-day';
}

const dayOf = (at: string): string => japaneseDay(new Date(at));

const refusals: Readonly<Partial<Record<ReissueObstacle, RefusalName>>> = {
  'under-way': 'repeated',
  'same-day': 'same-day',
};

/** Less after the report: cancel, register again, report again. */
export function requestReissue(facts: Facts, at: string): Applied {
  const obstacle = reissueObstacle(facts, at);
  const attempt = currentAttempt(facts);
  if (obstacle !== null || !attempt) return refusals[obstacle ?? 'not-reported'] ?? 'not-allowed';
  return { ...facts, wanted: { ...facts.wanted, reissue: { base: attempt.number, at } } };
}

/** NP will not re-register what is left: it becomes a registration like any other, with a review of its own. */
export function requestAnew(facts: Facts): Applied {
  const stands = stateOf(facts) === 'reissue-failed' && !facts.attempts.some(isLive);
  if (!stands) return 'not-allowed';
  return { ...facts, refusal: null, wanted: { ...facts.wanted, reissue: null, retry: true } };
}

/** NP has been told by hand what the cart says now: from here on that is what NP was told. */
export function settleSlip(facts: Facts): Applied {
  const attempt = currentAttempt(facts);
  const { shipment, shipmentProblems } = facts.wanted;
  if (!attempt?.reported || !isReportedOtherwise(facts)) return 'not-allowed';
  if (!shipment || shipmentProblems.length > 0) return 'not-allowed';
  return withAttempt(facts, attempt.number, { reported: { ...attempt.reported, ...shipment } });
}
