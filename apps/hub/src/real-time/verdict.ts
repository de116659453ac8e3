import {
  currentAttempt,
  describeProblem,
  hasWantedPayload,
  instructionOf,
  stateOf,
  type AuthorizeAnswer,
  type Facts,
  type Order,
  type PayloadRef,
  type Screen,
  type ShopPolicies,
  type Verdict,
} from '@np-hub/model';
import { titleOf } from '../changes/pages.js';
import { problemsOf, reasonsOf } from '../transactions/rows.js';
import { isAsked } from './intents.js';
import { actionOn, messageOn, rejectionClassOf } from './screens.js';

const standing: ReadonlySet<string> = new Set(['approved', 'reporting', 'report-failed', 'reported', 'paid']);

/**
 * What the facts say to a cart that asks. `unavailable`: NP has not been asked, and nothing stands there.
 * `not-possible`: the order is beyond being changed. Whatever NP has not provably approved is no approval.
 */
export function verdictOf(facts: Facts): Verdict | 'unavailable' | 'not-possible' {
  const state = stateOf(facts);
  const { inFlight } = facts;
  const attempt = currentAttempt(facts);
  if (inFlight && inFlight.phase !== 'queued' && ['register', 'amend'].includes(inFlight.operation))
    return 'in-doubt';
  if (standing.has(state)) return attempt && hasWantedPayload(facts, attempt) ? 'approved' : 'not-possible';
  if (state === 'held' || state === 'reviewing') return 'held';
  if (state === 'rejected' || state === 'blocked' || state === 'amendment-failed') return 'rejected';
  return state === 'registering' || state === 'amending' || state === 'received'
    ? 'unavailable'
    : 'not-possible';
}

/**
 * The facts as far as they are about the payload that NP has answered for: what people or the cart have changed
 * meanwhile is an edit of its own, which follows.
 */
export function asAsked(facts: Facts, payload: PayloadRef | null): Facts {
  const { inFlight, wanted } = facts;
  const isFollowed = inFlight === null || (inFlight.phase === 'queued' && isAsked(inFlight.operation));
  if (payload === null || !isFollowed || payload.hash === wanted.payload.hash) return facts;
  return { ...facts, inFlight: null, wanted: { ...wanted, payload, problems: [] } };
}

/** The answer for one screen. */
export function answerOf(
  of: {
    readonly transactionId: string;
    readonly order: Order;
    readonly screen: Screen;
    readonly facts: Facts;
  },
  verdict: Verdict,
  policies: ShopPolicies,
): AuthorizeAnswer {
  const { order, screen, facts, transactionId } = of;
  const attempt = currentAttempt(facts);
  const reasons = reasonsOf(facts);
  const isTaken = stateOf(facts) === 'rejected';
  const rejection = verdict === 'rejected' ? rejectionClassOf(reasons, isTaken) : null;
  return {
    orderNumber: order.orderNumber,
    transactionId,
    screen,
    result: verdict,
    action: actionOn(screen, verdict),
    rejection,
    reasons: verdict === 'approved' ? [] : reasons.map(({ code }) => ({ code, title: titleOf(code) })),
    errors: verdict === 'rejected' && !isTaken ? errorsOf(facts) : [],
    message: messageOn(screen, verdict, rejection),
    instruction: screen === 'auto-child' ? instructionFor(facts, order, policies) : null,
    npTransactionId: attempt?.npTransactionId ?? null,
    confirmBy: facts.wanted.confirmBy,
  };
}

/** A course's child that the cart makes by itself: it is one, whatever else the order says of its course. */
const instructionFor = (facts: Facts, { subscription }: Order, policies: ShopPolicies) =>
  instructionOf(
    facts,
    { ...policies, realTime: true },
    {
      subscription: { courseNumber: '', count: null, ...subscription, generated: true },
    },
  );

const errorsOf = (facts: Facts): AuthorizeAnswer['errors'] => [
  ...problemsOf(facts).map((problem) => ({
    field: problem.field,
    code: problem.rule,
    message: { ja: describeProblem(problem, 'ja').message, en: describeProblem(problem, 'en').message },
  })),
  ...(facts.refusal?.reasons ?? []).flatMap(({ code, fields }) =>
    (fields.length > 0 ? fields : ['order']).map((field) => ({ field, code, message: titleOf(code) })),
  ),
];

/** The answer while there is none: the question is still on its way. */
export const doubtOf = (screen: Screen, orderNumber: string): AuthorizeAnswer => ({
  orderNumber,
  transactionId: null,
  screen,
  result: 'in-doubt',
  action: actionOn(screen, 'in-doubt'),
  rejection: null,
  reasons: [],
  errors: [],
  message: messageOn(screen, 'in-doubt', null),
  instruction: null,
  npTransactionId: null,
  confirmBy: null,
});
