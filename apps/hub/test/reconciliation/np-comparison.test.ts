import type { CreditAnswer, LineResult, PaymentAnswer } from '@np-hub/kit';
import type { Attempt } from '@np-hub/model';
import { compareWithNp, hasJustEnded, type NpSubject } from '../../src/reconciliation/np-comparison.js';
import { nextNight } from '../../src/reconciliation/nightly.js';
import { policiesSchema } from '@np-hub/model';

const at = '2026-11-20T00:00:00.000Z';
const payload = { hash: 'h', billedYen: 3300, settlementType: '02' } as const;

const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  number: 1,
  registration: 'accepted',
  npTransactionId: '30000000001',
  sent: payload,
  payload,
  acceptedAt: at,
  amended: false,
  pendingSeen: false,
  creditAskedAt: at,
  earlierFixedAt: null,
  editSentAt: null,
  heldSince: null,
  credit: { result: 'approved', fixedAt: at, reasons: [], proven: true, answerDueAt: null, at },
  proofTries: 0,
  reported: null,
  lostReport: null,
  cancelledAt: null,
  lapsedAt: null,
  endUnexplained: false,
  restoredAt: null,
  paidAt: null,
  cancelRefusedAt: null,
  cancelRefusedPaid: false,
  ...change,
});
const reported = { carrierCode: '50000', slipNumber: '1', at };

const said = (value: Partial<CreditAnswer>): LineResult<CreditAnswer> => ({
  kind: 'done',
  value: { result: 'approved', raw: '00', fixedAt: at, reasons: [], ...value },
});
const paid = (status: PaymentAnswer['status']): LineResult<PaymentAnswer> => ({
  kind: 'done',
  value: { status, raw: '', paidOn: null },
});
const refused = (proves: 'already-cancelled' | 'not-found' | null): LineResult<CreditAnswer> => ({
  kind: 'refused',
  reasons: [],
  proves,
});

function compared(
  of: Partial<Attempt>,
  credit: LineResult<CreditAnswer>,
  payment: LineResult<PaymentAnswer> | null = null,
  subject: Partial<NpSubject> = {},
) {
  const answered = { attempt: 1, at, askedAt: at };
  const whole = { attempt: attempt(of), shopTransactionId: 'A-1', revive: false, ...subject };
  const { difference, news } = compareWithNp(whole, { credit, payment }, answered);
  return [difference?.kind ?? null, difference?.event?.type ?? null, news?.type ?? null];
}

test.each([
  ['equal', {}, said({}), paid('unpaid'), [null, null, null]],
  ['not answered', {}, { kind: 'lost', cause: '' } as const, null, [null, null, null]],
  ['another decision', {}, said({ result: 'rejected' }), null, ['np-state', 'credit-rejected', null]],
  [
    'a new review',
    {},
    said({ result: 'pending', fixedAt: null }),
    null,
    ['np-state', 'credit-pending', null],
  ],
  ['a decision awaited', { credit: null }, said({}), null, [null, null, 'credit-approved']],
  ['an unknown decision', {}, said({ result: 'unknown' }), null, ['np-unclear', null, 'credit-unknown']],
  ['paid there', { reported }, said({}), paid('paid'), ['np-paid', 'buyer-paid', null]],
  ['paid here only', { reported, paidAt: at }, said({}), paid('unpaid'), ['np-unpaid', null, null]],
  ['not disclosed', { reported }, said({}), paid('undisclosed'), [null, null, null]],
  ['refused after the report', { reported }, said({ result: 'rejected' }), null, ['np-state', null, null]],
  ['cancelled there', {}, refused('already-cancelled'), null, ['np-cancelled', 'drift-found', null]],
  ['unknown there', {}, refused('not-found'), null, ['np-unknown', null, 'credit-unknown']],
  ['unknown there, reported', { reported }, refused('not-found'), null, ['np-unknown', null, null]],
  ['another amount', {}, said({ billedYen: 3000 }), null, ['np-amount', null, null]],
  ['another order', {}, said({ shopTransactionId: 'B-9' }), null, ['np-other-order', null, null]],
  ['adopted', { sent: null }, said({ shopTransactionId: 'B-9' }), null, [null, null, null]],
  ['ended on both sides', { cancelledAt: at }, refused('already-cancelled'), null, [null, null, null]],
  ['ended here, forgotten there', { lapsedAt: at }, refused('not-found'), null, [null, null, null]],
  ['ended here only', { cancelledAt: at }, said({}), null, ['np-alive', null, null]],
  ['ended here, refused there', { cancelledAt: at }, said({ result: 'rejected' }), null, [null, null, null]],
] as const)('NP and the hub: %s', (...[, of, credit, payment, expected]) => {
  expect(compared(of, credit, payment)).toEqual(expected);
});

test('what is alive at NP is made live again by itself only under that rule', () => {
  expect(compared({ cancelledAt: at }, said({}), null, { revive: true })).toEqual([
    'np-alive',
    'drift-found',
    null,
  ]);
});

test('an attempt is asked for until a month after its end', () => {
  const ended = attempt({ cancelledAt: at });
  expect(hasJustEnded(ended, '2026-12-19T00:00:00.000Z')).toBe(true);
  expect(hasJustEnded(ended, '2026-12-21T00:00:00.000Z')).toBe(false);
  expect(hasJustEnded(attempt(), at)).toBe(false);
});

test('nights are Japanese: each shop has its own minute of its hour, today or tomorrow', () => {
  const policies = policiesSchema.parse({ reconcileHour: 2 });
  const next = (id: string, after: string) => nextNight(id, policies, new Date(after)).toISOString();
  const shop = '0000003d-0000-4000-8000-000000000000';
  expect(next(shop, '2026-11-20T16:00:00.000Z')).toBe('2026-11-20T17:01:00.000Z');
  expect(next(shop, '2026-11-20T17:01:00.000Z')).toBe('2026-11-21T17:01:00.000Z');
  expect(next('00000001-0000-4000-8000-000000000000', '2026-11-20T16:00:00.000Z')).toBe(
    '2026-11-20T17:01:00.000Z',
  );
  expect(next('00000002-0000-4000-8000-000000000000', '2026-11-20T16:00:00.000Z')).toBe(
    '2026-11-20T17:02:00.000Z',
  );
});
