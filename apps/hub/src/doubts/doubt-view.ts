import { later, limits, shopTransactionIdOf, type DoubtView, type Facts, type InFlight } from '@np-hub/model';

interface Of {
  /** The number that NP knows the order by. */
  readonly npNumber: string;
  readonly connectionId: string;
  /** Calls over the connection rest. */
  readonly paused: boolean;
}

/** What was lost, what the hub does about it and when, and what a person may do; null where there is no doubt. */
export function doubtViewOf(facts: Facts, { npNumber, connectionId, paused }: Of): DoubtView | null {
  const { inFlight, rules } = facts;
  if (inFlight?.phase !== 'lost') return null;
  const { operation, resolution, arrived, losses } = inFlight;
  return {
    operation,
    sentAt: inFlight.sentAt ?? inFlight.since,
    losses,
    way: resolution ? 'hub' : 'person',
    by: resolution?.operation ?? null,
    nextAt: resolution?.phase === 'queued' ? resolution.notBefore : null,
    arrived,
    guarded: rules.duplicateGuardConfirmed,
    absenceFrom: absenceFromOf(inFlight),
    paused,
    shopTransactionId: shopTransactionIdOf(npNumber, inFlight.attempt),
    connectionId,
  };
}

/** As the model has it: what was sent a moment ago may still arrive, and what has arrived is not absent. */
function absenceFromOf({ operation, arrived, since, sentAt }: InFlight): string | null {
  const begins = operation === 'register' || operation === 'reissue';
  if (!begins || arrived) return null;
  const lastSentAt = since > (sentAt ?? '') ? since : (sentAt ?? since);
  return later(lastSentAt, limits.absenceAfterMs);
}
