import { sameJson } from './same.js';
import { lapse, reported, withAttempt } from './apply-gateway.js';
import type { Applied, BackupRestored, DriftFound } from './events.js';
import { currentAttempt, isLive, type Attempt, type Facts } from './facts.js';

/**
 * NP shows what the hub did not do: it is taken as proven, and the plan goes on from there. Not with a new registration:
 * NP does not say whether it has dropped a transaction or somebody has cancelled it at its console.
 */
export function applyDrift(facts: Facts, event: DriftFound): Applied {
  const attempt = facts.attempts[event.attempt - 1];
  if (!attempt) return 'unknown-attempt';
  if (event.found === 'alive') return revived(facts, attempt);
  if (attempt !== currentAttempt(facts)) return 'attempt-superseded';
  if (!isLive(attempt) || attempt.npTransactionId === null) return 'not-allowed';
  if (event.found === 'cancelled') return lapse(facts, attempt, event.at, true);
  if (event.found === 'paid') {
    return attempt.paidAt ? 'repeated' : withAttempt(facts, attempt.number, { paidAt: event.at });
  }
  if (attempt.reported) return 'repeated';
  // A call that has left is not forgotten for it: its own answer is still to come.
  const { inFlight } = facts;
  if (inFlight && inFlight.phase !== 'queued' && inFlight.operation !== 'report')
    return 'operation-under-way';
  return reported(facts, attempt, attempt.lostReport, event.at);
}

/**
 * NP still has what had ended here, so that it counts again: the plan cancels it where the order is to have nothing at
 * NP, or where another attempt has replaced it. What NP decided before is asked for anew.
 */
function revived(facts: Facts, attempt: Attempt): Applied {
  if (attempt.npTransactionId === null || attempt.registration !== 'accepted') return 'not-allowed';
  if (isLive(attempt)) return 'repeated';
  if (facts.inFlight && facts.inFlight.phase !== 'queued') return 'operation-under-way';
  const alive = withAttempt(facts, attempt.number, {
    cancelledAt: null,
    lapsedAt: null,
    endUnexplained: false,
    restoredAt: null,
    credit: null,
    cancelRefusedAt: null,
    cancelRefusedPaid: false,
  });
  return { ...alive, wanted: { ...alive.wanted, retry: false } };
}

/** The hub's memory ends at this moment: what it did since, cancels among it, is at NP and not here. */
export function applyRestored(facts: Facts, event: BackupRestored): Applied {
  if (!facts.attempts.some(isLive)) return 'not-allowed';
  const attempts = facts.attempts.map((attempt) =>
    isLive(attempt) ? { ...attempt, restoredAt: event.at, heldSince: null } : attempt,
  );
  return sameJson(attempts, facts.attempts) ? 'repeated' : { ...facts, attempts };
}
