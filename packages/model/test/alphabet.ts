import type {
  CartChange,
  CartSnapshot,
  CreditEvent,
  Done,
  DriftFound,
  Facts,
  Operation,
  OtherOrder,
  Refused,
  StaffRequest,
  TransactionEvent,
  WordDriftFound,
} from '../src/index.js';
import {
  buyerReason,
  npIdOf,
  obstacle,
  otherOrder,
  payloadA,
  payloadB,
  problem,
  received,
  shipmentOne,
  shipmentTwo,
  shopReason,
  snapshotOf,
  undated,
  usualRules,
} from './support.js';

/** Three moments are enough: nothing has passed, minutes have passed, every deadline has passed. */
export const now = '2026-04-01T00:00:00.000Z';
export const recently = '2026-03-31T23:40:00.000Z';
export const longAgo = '2025-12-01T00:00:00.000Z';
/** A moment that has not come yet, whatever has passed. */
export const ahead = '2027-06-01T00:00:00.000Z';

/** Who makes an event happen. */
export type Family = 'cart' | 'np' | 'worker' | 'staff' | 'clock';

export interface Letter {
  readonly name: string;
  readonly family: Family;
  readonly event: TransactionEvent;
}

/** Every event that can be told apart on these facts: each type with each variant that the machine looks at. */
export function alphabetOf(facts: Facts): readonly Letter[] {
  return [
    ...cartLetters(facts),
    ...timingLetters(facts),
    ...duplicateLetters(),
    ...staffLetters(facts),
    ...clockLetters(),
    ...facts.attempts.flatMap((attempt) => npLetters(attempt.number)),
    ...workerLetters(facts),
    letter('staff', 'restored', { type: 'backup-restored', at: now }),
  ];
}

const letter = (family: Family, name: string, event: TransactionEvent): Letter => ({ family, name, event });

function cartLetters(facts: Facts): Letter[] {
  const change = (
    name: string,
    type: CartChange['type'],
    part: Parameters<typeof snapshotOf>[1],
    seenAt: string = now,
  ): Letter => letter('cart', name, { type, at: now, seenAt, snapshot: snapshotOf(facts, part) });
  const word = facts.cart.npWord === 'edit' ? 'edit-again' : 'edit';
  return [
    letter('cart', 'received', received(now, { snapshot: snapshotOf(facts) })),
    letter(
      'cart',
      'received-open',
      received(now, { snapshot: snapshotOf(facts, { status: 'open', payment: 'np' }) }),
    ),
    change('payload-a', 'order-changed', { payload: payloadA, editOpen: false }),
    change('payload-b', 'order-changed', { payload: payloadB, editOpen: false }),
    change('problem', 'order-changed', { problems: [problem] }),
    change('no-problem', 'order-changed', { problems: [] }),
    change('unmapped', 'order-changed', { status: null, payment: null }),
    change('edit-opened', 'edit-opened', { editOpen: true, npWord: word }),
    change('edit-closed', 'order-changed', { editOpen: false, npWord: null }),
    change('shipped-one', 'order-shipped', {
      status: 'shipped',
      shipped: true,
      shipment: shipmentOne,
      shipmentProblems: [],
    }),
    change('shipped-two', 'order-shipped', {
      status: 'shipped',
      shipped: true,
      shipment: shipmentTwo,
      shipmentProblems: [],
    }),
    change('shipped-badly', 'order-shipped', {
      shipped: true,
      shipment: shipmentOne,
      shipmentProblems: [problem],
    }),
    change('shipped-bare', 'order-shipped', { shipped: true, shipment: null, shipmentProblems: [] }),
    change('withdrawn', 'shipment-withdrawn', {
      status: 'open',
      shipped: false,
      shipment: null,
      shipmentProblems: [],
    }),
    change('cancelled', 'order-cancelled', { status: 'cancelled' }),
    change('cancelled-late', 'order-cancelled', { status: 'cancelled' }, longAgo),
    change('reopened', 'order-changed', { status: 'open', payment: 'np' }),
    change('returned', 'order-returned', { status: 'returned' }),
    change('pays-otherwise', 'payment-method-changed', { payment: 'other' }),
    change('pays-np', 'payment-method-changed', { payment: 'np' }),
    letter('cart', 'deleted', { type: 'order-deleted', at: now, seenAt: now }),
    letter('cart', 'missing', { type: 'order-missing', at: now, seenAt: now }),
    letter('cart', 'missing-late', { type: 'order-missing', at: now, seenAt: longAgo }),
    letter('cart', 'painted', painted('automatic')),
    letter('cart', 'painted-offered', painted('offered')),
    letter('cart', 'confirmed', { type: 'order-confirmed', at: now }),
    letter('cart', 'abandoned', { type: 'checkout-abandoned', at: now }),
    letter('cart', 'asked-again', { type: 'checkout-opened', at: now, confirmBy: ahead }),
    letter('cart', 'edit-withdrawn', {
      type: 'edit-withdrawn',
      at: now,
      snapshot: snapshotOf(facts, { payload: payloadA, problems: [], editOpen: false }),
    }),
  ];
}

const painted = (repair: WordDriftFound['repair']): WordDriftFound => ({
  type: 'word-drift-found',
  at: now,
  shown: 'painted',
  expected: 'ours',
  repair,
});

/** What the hub itself finds among its orders: one like this, two, none any more. */
function duplicateLetters(): Letter[] {
  const found = (name: string, others: readonly OtherOrder[], hold: boolean): Letter =>
    letter('worker', name, { type: 'duplicates-found', at: now, others, hold });
  return [
    found('like-one', [otherOrder(1)], true),
    found('like-two', [otherOrder(1), otherOrder(2)], true),
    found('like-one-warned', [otherOrder(1)], false),
    found('like-none', [], true),
  ];
}

/** What only the timing, the meanings of words and other settings change. */
function timingLetters(facts: Facts): Letter[] {
  const change = (name: string, part: Partial<CartSnapshot>): Letter =>
    letter('cart', name, {
      type: 'order-changed',
      at: now,
      seenAt: now,
      snapshot: snapshotOf(facts, part),
    });
  const reread = (name: string, part: Partial<CartSnapshot>): Letter =>
    letter('cart', name, { type: 'order-reread', at: now, snapshot: snapshotOf(facts, part) });
  return [
    change('unmapped-carrier', { obstacles: [obstacle] }),
    change('mapped-carrier', { obstacles: [] }),
    change('undated', { obstacles: [undated], creditStart: 'by-hand' }),
    change('at-once', { creditStart: 'at-once' }),
    change('by-hand', { creditStart: 'by-hand' }),
    change('dated-past', { creditStart: { at: longAgo } }),
    change('dated-ahead', { creditStart: { at: ahead } }),
    reread('reread', {}),
    reread('reread-b', { payload: payloadB }),
    reread('reread-closed', { status: 'cancelled', npWord: 'other', editOpen: false }),
    reread('reread-otherwise', { payment: 'other' }),
    reread('reread-ahead', { creditStart: { at: ahead }, obstacles: [] }),
  ];
}

function staffLetters(facts: Facts): Letter[] {
  const request = (type: StaffRequest['type']): Letter => letter('staff', type, { type, at: now });
  const { shipment, shipmentProblems } = facts.wanted;
  const corrected = (
    name: string,
    part: Partial<Extract<TransactionEvent, { type: 'correction-made' }>>,
  ): Letter =>
    letter('staff', name, {
      type: 'correction-made',
      at: now,
      payload: facts.wanted.payload,
      problems: facts.wanted.problems,
      shipment,
      shipmentProblems,
      ...part,
    });
  const otherId = npIdOf(77);
  return [
    request('retry-requested'),
    request('report-requested'),
    request('cancel-requested'),
    request('release-requested'),
    request('credit-check-requested'),
    request('np-absence-confirmed'),
    request('reissue-requested'),
    request('register-anew-requested'),
    request('repeat-confirmed'),
    request('slip-settled'),
    request('invoice-printed'),
    request('word-repair-requested'),
    corrected('corrected-a', { payload: payloadA, problems: [] }),
    corrected('corrected-b', { payload: payloadB, problems: [] }),
    corrected('corrected-slip', { shipment: shipmentTwo, shipmentProblems: [] }),
    corrected('corrected-carrier', { obstacles: [] }),
    letter('staff', 'id-entered', { type: 'np-id-entered', at: now, npTransactionId: otherId }),
    letter('staff', 'id-malformed', { type: 'np-id-entered', at: now, npTransactionId: '12' }),
    letter('staff', 'id-empty', { type: 'np-id-entered', at: now, npTransactionId: null }),
    letter('staff', 'adopted', { type: 'adopt-requested', at: now, npTransactionId: npIdOf(88) }),
    letter('staff', 'adopted-anew', { type: 'adopt-requested', at: now, npTransactionId: null }),
    letter('staff', 'rules', { type: 'rules-changed', at: now, rules: usualRules }),
    letter('staff', 'rules-by-hand', {
      type: 'rules-changed',
      at: now,
      rules: { ...facts.rules, autoReport: false },
    }),
  ];
}

function clockLetters(): Letter[] {
  const kinds = [
    'credit-check',
    'approval-unproven',
    'hold-ageing',
    'review-answer',
    'review-late',
    'credit-ageing',
    'settle-by',
    'answer-late',
    'checkout-open',
  ] as const;
  return [
    letter('clock', 'credit-due', { type: 'credit-check-due', at: now, deadline: 'credit-check' }),
    ...kinds.flatMap((deadline) => [
      letter('clock', `near-${deadline}`, { type: 'deadline-near', at: now, deadline }),
      letter('clock', `passed-${deadline}`, { type: 'deadline-passed', at: now, deadline }),
    ]),
  ];
}

function npLetters(attempt: number): Letter[] {
  const np = (name: string, event: TransactionEvent): Letter => letter('np', `${name}#${attempt}`, event);
  const done = (type: Done['type']): Letter => np(type, { type, at: now, attempt });
  const refused = (type: Refused['type'], proves: Refused['proves'] = null): Letter =>
    np(`${type}:${proves ?? 'plain'}`, { type, at: now, attempt, reasons: [shopReason], proves });
  const credit = (name: string, type: CreditEvent['type'], askedAt: string, fixedAt: string | null): Letter =>
    np(name, { type, at: now, attempt, askedAt, fixedAt, reasons: [buyerReason], answerDueAt: null });
  const drift = (found: DriftFound['found']): Letter =>
    np(`drift-${found}`, { type: 'drift-found', at: now, attempt, found });
  const proofs = ['already-cancelled', 'already-reported', 'already-paid', 'not-found'] as const;
  return [
    np('accepted', { type: 'registration-accepted', at: now, attempt, npTransactionId: npIdOf(attempt) }),
    np('accepted-as-second', {
      type: 'registration-accepted',
      at: now,
      attempt,
      npTransactionId: npIdOf(99),
    }),
    np('reissued', { type: 'reissue-step-done', at: now, attempt, npTransactionId: npIdOf(attempt) }),
    ...(['amendment-accepted', 'report-accepted', 'report-pending', 'cancellation-accepted'] as const).map(
      done,
    ),
    ...(['cancellation-pending', 'cancellation-refused-paid', 'credit-lapsed', 'buyer-paid'] as const).map(
      done,
    ),
    refused('registration-refused'),
    refused('registration-refused', 'duplicate'),
    refused('reissue-step-failed'),
    refused('reissue-step-failed', 'duplicate'),
    ...([null, ...proofs] as const).flatMap((proves) => [
      refused('amendment-refused', proves),
      refused('report-refused', proves),
      refused('cancellation-refused', proves),
    ]),
    credit('pending', 'credit-pending', now, null),
    credit('pending-asked-before', 'credit-pending', longAgo, null),
    credit('approved-new', 'credit-approved', now, '2026-04-01T00:00:01.000Z'),
    credit('approved-old', 'credit-approved', now, longAgo),
    credit('approved-undated', 'credit-approved', now, null),
    credit('approved-asked-before', 'credit-approved', longAgo, null),
    credit('held', 'credit-held', now, null),
    credit('rejected', 'credit-rejected', now, '2026-04-01T00:00:01.000Z'),
    credit('rejected-old', 'credit-rejected', now, longAgo),
    credit('unknown', 'credit-unknown', now, null),
    np('id-found', { type: 'np-id-found', at: now, attempt, npTransactionId: npIdOf(66) }),
    np('second-id-settled', {
      type: 'second-id-settled',
      at: now,
      npTransactionId: npIdOf(66),
      how: 'cancelled',
    }),
    np('id-found-malformed', { type: 'np-id-found', at: now, attempt, npTransactionId: '66' }),
    drift('cancelled'),
    drift('reported'),
    drift('paid'),
    drift('alive'),
  ];
}

/** The hub's worker: the intent before a call and the call's fate, for what is under way and for what is not. */
function workerLetters(facts: Facts): Letter[] {
  const { inFlight } = facts;
  const operations = new Set<Operation>(['register', 'report']);
  if (inFlight) operations.add(inFlight.operation).add(inFlight.resolution?.operation ?? 'cancel');
  const named = new Set([inFlight?.attempt ?? 1, facts.attempts.length + 1]);
  const told = (['change-to-cod', 'stop-course'] as const).map((instruction) =>
    letter('worker', `told-${instruction}`, { type: 'instruction-given', at: now, attempt: 1, instruction }),
  );
  const calls = [...named].flatMap((attempt) =>
    [...operations].flatMap((operation) => [
      letter('worker', `sent-${operation}#${attempt}`, {
        type: 'operation-sent',
        at: now,
        attempt,
        operation,
        notBefore: null,
      }),
      letter('worker', `returned-${operation}#${attempt}`, {
        type: 'operation-returned',
        at: now,
        attempt,
        operation,
        notBefore: null,
      }),
      letter('worker', `lost-${operation}#${attempt}`, { type: 'answer-lost', at: now, attempt, operation }),
    ]),
  );
  return [...calls, ...told];
}
