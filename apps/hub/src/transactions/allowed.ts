import {
  decide,
  idShapes,
  isReportWanted,
  type Action,
  type Facts,
  type TransactionEvent,
} from '@np-hub/model';

/** Actions that are one event without anything beside it. */
export const plainEvents = {
  retry: 'retry-requested',
  cancel: 'cancel-requested',
  release: 'release-requested',
  'check-credit': 'credit-check-requested',
  report: 'report-requested',
  'confirm-absence': 'np-absence-confirmed',
  reissue: 'reissue-requested',
  'register-anew': 'register-anew-requested',
  'confirm-repeat': 'repeat-confirmed',
  'settle-slip': 'slip-settled',
  'mark-printed': 'invoice-printed',
} as const;
export type PlainAction = keyof typeof plainEvents;
export const plainActions = Object.keys(plainEvents) as [PlainAction, ...PlainAction[]];

/** What a person may do with a transaction now: exactly what `decide` would not refuse. */
export function allowedActions(facts: Facts, at: string): readonly Action[] {
  const moves = (event: TransactionEvent): boolean => decide(facts, event).kind === 'moved';
  const plain = plainActions.filter(
    (action) => isSensible(action, facts) && moves({ type: plainEvents[action], at }),
  );
  const withId = (['np-id-entered', 'adopt-requested'] as const).flatMap((type) =>
    // What is allowed does not depend on which well-formed id it is.
    moves({ type, at, npTransactionId: idShapes[facts.rules.idForm].sample })
      ? [type === 'adopt-requested' ? 'adopt' : 'enter-np-id']
      : [],
  ) as Action[];
  return [
    ...plain,
    ...withId,
    ...(isCorrectable(facts) ? (['correct'] as const) : []),
    ...(facts.strayIds.length > 0 ? (['end-second-id'] as const) : []),
  ];
}

/** What the facts would allow, but nobody would mean: ending what has ended, reporting what nothing holds up. */
function isSensible(action: PlainAction, facts: Facts): boolean {
  const attempt = facts.attempts.at(-1);
  if (action === 'cancel' || action === 'release') return !facts.wanted.cancel && !facts.wanted.release;
  if (action === 'report') {
    const waits = facts.refusal?.operation === 'report' || !isReportWanted(facts);
    return waits && !attempt?.reported;
  }
  if (action === 'mark-printed') return isCorrectable(facts);
  return true;
}

/** Corrections still reach NP. */
export const isCorrectable = (facts: Facts): boolean =>
  !facts.wanted.cancel && !facts.wanted.release && !isClosed(facts);

/** Reported, and not cancelled half-way through a partial return: what is to be registered again can be put right. */
const isClosed = ({ attempts, wanted }: Facts): boolean => {
  const last = attempts.at(-1);
  const halfWay = wanted.reissue !== null && last?.cancelledAt !== null;
  return last?.reported != null && !halfWay;
};
