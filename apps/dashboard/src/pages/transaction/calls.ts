import type { TimelineEntry } from '@np-hub/model';

/** How much later than its call an event may be stored that the call's answer led to. */
const storingMs = 5_000;

/**
 * True for a call that ended well as a whole although its answer said nothing of this order: the next event of the same
 * operation is then a lost answer.
 */
export function leftUnanswered(call: TimelineEntry, timeline: readonly TimelineEntry[]): boolean {
  if (call.kind !== 'call' || call.outcome !== 'done') return false;
  const startedMs = Date.parse(call.at);
  const lastMs = startedMs + Number(call.details['durationMs'] ?? 0) + storingMs;
  return timeline.some(
    ({ name, at, details }) =>
      name === 'answer-lost' &&
      details['operation'] === call.name &&
      Date.parse(at) >= startedMs &&
      Date.parse(at) <= lastMs,
  );
}
