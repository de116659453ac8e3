import { decide, type Facts, type OrderReceived } from '../src/index.js';
import type { Letter } from './alphabet.js';
import { now } from './alphabet.js';
import type { Exploration } from './explore.js';
import { payloadB, problem, received, shipmentOne, snapshotWith, usualRules } from './support.js';

const start = (change: Partial<OrderReceived> = {}): Facts => {
  const decision = decide(null, received(now, change));
  if (decision.kind === 'refused') throw new Error(decision.name);
  return decision.facts;
};

const rules = (change: Partial<Facts['rules']>): Partial<OrderReceived> => ({
  rules: { ...usualRules, ...change },
});

/** The name without the attempt, by the beginnings that an exploration follows. */
const following = (...beginnings: string[]) => {
  const pattern = new RegExp(`^(${beginnings.join('|')})(#\\d+)?$`);
  return (letter: Letter): boolean => pattern.test(letter.name);
};

/**
 * The whole product of everything is too large to walk, so each exploration follows one matter to its end
 * together with the calls and cancels that can cross it. What is reached meets the whole alphabet.
 */
export const explorations: readonly Exploration[] = [
  {
    name: 'one registration, its doubts and its end',
    starts: [start(), start(rules({ duplicateGuardConfirmed: true, reregisterAfterLapse: false }))],
    follows: following(
      'sent-.*',
      'returned-.*',
      'lost-.*',
      'accepted',
      'registration-refused:.*',
      'id-entered',
      'np-absence-confirmed',
      'approved-new',
      'rejected',
      'credit-lapsed',
      'cancelled',
      'reopened',
      'retry-requested',
      'cancellation-accepted',
      'cancellation-pending',
      'cancellation-refused:plain',
      'cancellation-refused-paid',
    ),
    passes: ['minutes'],
    attempts: 1,
  },
  {
    name: 'one attempt after another',
    starts: [start(rules({ reregisterAfterLapse: false })), start(rules({ canAmend: false }))],
    follows: following(
      'sent-.*',
      'lost-register',
      'accepted',
      'registration-refused:plain',
      'credit-lapsed',
      'np-absence-confirmed',
      'retry-requested',
      'cancel-requested',
      'cancellation-accepted',
      'cancellation-refused:plain',
    ),
    passes: ['minutes'],
    attempts: 2,
  },
  {
    name: 'a third attempt',
    starts: [start()],
    follows: following(
      'sent-.*',
      'accepted',
      'registration-refused:plain',
      'rejected',
      'credit-lapsed',
      'retry-requested',
      'cancellation-accepted',
    ),
    passes: [],
    attempts: 3,
  },
  {
    name: 'edits and their proof',
    starts: [start()],
    follows: following(
      'sent-.*',
      'lost-amend',
      'accepted',
      'amendment-accepted',
      'amendment-refused:plain',
      'pending',
      'approved-new',
      'approved-old',
      'payload-a',
      'payload-b',
      'cancel-requested',
      'cancellation-accepted',
    ),
    passes: [],
    attempts: 1,
  },
  {
    name: 'an approval that cannot be proven newer',
    starts: [start()],
    follows: following(
      'sent-.*',
      'accepted',
      'amendment-accepted',
      'approved-old',
      'approved-new',
      'payload-b',
      'passed-approval-unproven',
    ),
    passes: ['months'],
    attempts: 1,
  },
  {
    name: 'edits by hand, unknown results and deadlines',
    starts: [start(rules({ canAmend: false })), start(rules({ canAmend: true }))],
    follows: following(
      'sent-.*',
      'accepted',
      'approved-new',
      'held',
      'unknown',
      'edit-opened',
      'edit-closed',
      'near-.*',
      'passed-.*',
      'missing',
      'cancel-requested',
      'cancellation-refused:plain',
      'cancellation-accepted',
      'retry-requested',
    ),
    passes: ['months'],
    attempts: 1,
  },
  {
    name: 'shipments and their reports',
    starts: [start(), start({ snapshot: snapshotWith({ payload: payloadB }) })],
    follows: following(
      'sent-.*',
      'lost-report',
      'accepted',
      'approved-new',
      'report-accepted',
      'report-pending',
      'report-refused:plain',
      'report-refused:already-.*',
      'shipped-one',
      'shipped-badly',
      'withdrawn',
      'corrected-slip',
      'drift-cancelled',
      'invoice-printed',
      'cancelled',
      'cancellation-accepted',
      'cancellation-refused-paid',
    ),
    passes: [],
    attempts: 1,
  },
  {
    name: 'less after the report',
    starts: [start({ snapshot: snapshotWith({ shipment: shipmentOne, shipped: true }) })],
    follows: following(
      'sent-.*',
      'accepted',
      'reissued',
      'reissue-step-failed:plain',
      'approved-new',
      'rejected',
      'report-accepted',
      'payload-b',
      'invoice-printed',
      'reissue-requested',
      'cancel-requested',
      'cancellation-accepted',
      'cancellation-refused-paid',
      'retry-requested',
    ),
    passes: [],
    attempts: 2,
  },
  {
    name: 'wishes of the cart and of staff',
    starts: [start({ takenOver: false }), start({ creditDueAt: now, provisional: true })],
    follows: following(
      'sent-.*',
      'accepted',
      'amendment-accepted',
      'approved-new',
      'cancellation-accepted',
      'cancellation-refused:plain',
      'pays-.*',
      'cancelled',
      'reopened',
      'release-requested',
      'adopted',
      'adopted-anew',
      'confirmed',
      'abandoned',
      'credit-due',
    ),
    passes: [],
    attempts: 1,
  },
  {
    name: 'data that NP would refuse',
    starts: [start({ snapshot: snapshotWith({ problems: [problem] }) })],
    follows: following(
      'sent-.*',
      'accepted',
      'registration-refused:plain',
      'approved-new',
      'amendment-accepted',
      'amendment-refused:plain',
      'problem',
      'no-problem',
      'payload-a',
      'payload-b',
      'retry-requested',
      'cancel-requested',
      'cancellation-accepted',
    ),
    passes: [],
    attempts: 1,
  },
];
