import {
  actorOf,
  attentionsOf,
  currentAttempt,
  deadlineOf,
  gateOf,
  later,
  stateOf,
  toldWordOf,
  wordKeyOf,
  type TransactionEvent,
} from '../src/index.js';
import { Story } from './story.js';
import { npIdOf, otherOrder, payloadC, shipmentOne, shipmentTwo, usualRules } from './support.js';

test('an edited address line is reviewed again, and the gate waits until the answer is proven newer', () => {
  const story = new Story().approved();
  const oldDate = currentAttempt(story.facts)?.credit?.fixedAt ?? null;
  expect(story.gate).toBe('ship');
  expect(story.cart({ payload: payloadC })).toBe('amending');
  expect(story.gate).toBe('wait');
  story.sent('amend');
  expect(story.credit('credit-approved')).toBe('operation-under-way');
  expect(story.done('amendment-accepted')).toBe('reviewing');
  expect(story.credit('credit-approved', oldDate)).toBe('reviewing');
  expect(gateOf(story.facts)).toEqual({ gate: 'wait', reason: 'approval-unproven' });
  expect(story.credit('credit-approved')).toBe('approved');
  expect(story.gate).toBe('ship');
});

test('an edit whose answer is slower than the review is proven all the same, once NP had decided before', () => {
  const story = new Story().approved();
  story.cart({ payload: payloadC });
  const callAt = story.at;
  story.sent('amend');
  const whileUnderWay = later(callAt, 30_000);
  story.done('amendment-accepted');
  expect(story.credit('credit-approved', callAt)).toBe('reviewing');
  expect(story.credit('credit-approved', whileUnderWay)).toBe('approved');
  expect(story.gate).toBe('ship');
});

/** An edit, and a result fixed while it was under way: it may be about the former payload. */
function expectUnproven(story: Story): void {
  story.cart({ payload: payloadC });
  const whileUnderWay = later(story.at, 30_000);
  story.sent('amend');
  story.done('amendment-accepted');
  expect(story.credit('credit-approved', whileUnderWay)).toBe('reviewing');
  expect(story.gate).toBe('wait');
}

test('an edit during a review is not proven by a result from before its answer: it may be about the former payload', () => {
  const story = new Story().registered();
  expectUnproven(story);
});

/** An edit that NP has, whose result stays unproven: the same one is about to leave once more. */
function sentOnceMore(): Story {
  const story = new Story().registered();
  story.edited(payloadC);
  story.credit('credit-approved', '2026-01-01T00:00:00.000Z');
  story.at = later(story.at, 3_600_000);
  story.tell({ type: 'deadline-passed', at: story.at, deadline: 'approval-unproven' });
  return story;
}

test('the same edit once more, its answer slower than the review: NP has had the payload since the first one', () => {
  const story = sentOnceMore();
  story.sent('amend');
  const whileUnderWay = later(story.at, -30_000);
  story.done('amendment-accepted');
  expect(story.credit('credit-approved', whileUnderWay)).toBe('approved');
});

test('another payload that left in between: only what is decided after its end proves the first one again', () => {
  const story = sentOnceMore();
  story.edited({ ...payloadC, hash: 'D' });
  expectUnproven(story);
});

test('in real time the decision in the answer is proven, and stays so when it is heard once more', () => {
  const story = new Story({ rules: { ...usualRules, realTime: true } }).registered();
  story.cart({ payload: payloadC });
  story.sent('amend');
  const [at, fixedAt] = [story.at, later(story.at, -1)];
  story.done('amendment-accepted');
  const approved = {
    type: 'credit-approved',
    at,
    attempt: 1,
    fixedAt,
    reasons: [],
    answerDueAt: null,
  } as const;
  expect(story.tell({ ...approved, askedAt: at })).toBe('approved');
  story.tell({ ...approved, at: story.at, askedAt: story.at });
  expect(stateOf(story.facts)).toBe('approved');
});

test('a lost report that NP has all the same is not taken for the one that came after it', () => {
  const story = new Story().approved();
  story.cart({ shipment: shipmentOne, shipped: true });
  story.sent('report');
  story.lost('report');
  story.sent('report');
  expect(story.refused('report-refused')).toBe('report-failed');
  story.cart({ shipment: shipmentTwo, shipped: true });
  story.sent('report');
  expect(story.refused('report-refused', 'already-reported')).toBe('reported');
  expect(currentAttempt(story.facts)?.reported).toMatchObject(shipmentOne);
  expect(attentionsOf(story.facts)).toContain('reported-other-shipment');
});

test('an edit is proven by a review seen since, even where the result has no date', () => {
  const story = new Story().approved();
  story.cart({ payload: payloadC });
  story.sent('amend');
  story.done('amendment-accepted');
  story.credit('credit-pending', null);
  expect(story.credit('credit-approved', null)).toBe('approved');
});

test('a result that stays unproven leads to the same edit once more, three times at most, then to a person', () => {
  const story = new Story().approved();
  story.cart({ payload: payloadC });
  for (let time = 0; time < 4; time += 1) {
    story.sent('amend');
    story.done('amendment-accepted');
    story.credit('credit-approved', '2026-01-01T00:00:00.000Z');
    story.at = later(story.at, 3_600_000);
    const state = story.tell({ type: 'deadline-passed', at: story.at, deadline: 'approval-unproven' });
    expect(state).toBe(time < 3 ? 'amending' : 'reviewing');
  }
  expect(attentionsOf(story.facts)).toContain('deadline');
});

test.each([
  ['a cancel', { status: 'cancelled' }, 'cancelled'],
  ['another payment method', { payment: 'other' }, 'released'],
] as const)(
  '%s in the cart reaches NP without a click while the registration is under way',
  (_name, change, end) => {
    const story = new Story();
    story.sent('register');
    expect(story.cart(change)).toBe('registering');
    expect(story.gate).toBe('stop');
    expect(story.accepted()).toBe('cancelling');
    expect(story.effects).toContainEqual({
      lane: 'write',
      run: { operation: 'cancel', attempt: 1, notBefore: null },
    });
    story.sent('cancel');
    expect(toldWordOf(story.facts)).toBe('cancelling');
    expect(story.done('cancellation-accepted')).toBe(end);
    expect(wordKeyOf(story.facts)).toBeNull();
    expect(toldWordOf(story.facts)).toBe(end);
  },
);

test('a registration that has not left is simply not sent when the cart cancels', () => {
  const story = new Story();
  expect(story.cart({ status: 'cancelled' })).toBe('cancelled');
  expect(story.effects).toContainEqual({ lane: 'write', run: null });
});

test('a hold tells the buyer what to do, and the correction is reviewed', () => {
  const story = new Story().registered();
  expect(story.credit('credit-held')).toBe('held');
  expect(actorOf(story.facts)).toBe('buyer');
  const { shipment, shipmentProblems } = story.facts.wanted;
  story.tell({
    type: 'correction-made',
    at: story.at,
    payload: payloadC,
    problems: [],
    shipment,
    shipmentProblems,
  });
  story.sent('amend');
  story.done('amendment-accepted');
  expect(story.credit('credit-approved')).toBe('approved');
});

test('after a rejection other data make a new attempt; the same data only when a person asks', () => {
  const story = new Story().registered();
  expect(story.credit('credit-rejected')).toBe('rejected');
  expect(story.gate).toBe('stop');
  expect(story.cart({ payload: payloadC })).toBe('registering');
  expect(story.facts.inFlight?.attempt).toBe(2);
  story.registered();
  expect(story.credit('credit-rejected')).toBe('rejected');
  expect(story.staff('retry-requested')).toBe('registering');
  // Other events and a call that was turned away do not make the hub forget what staff asked for.
  expect(story.cart({ npWord: 'word' })).toBe('registering');
  story.sent('register');
  story.tell({
    type: 'operation-returned',
    at: story.at,
    attempt: 3,
    operation: 'register',
    notBefore: null,
  });
  expect(story.facts.inFlight).toMatchObject({ operation: 'register', attempt: 3, phase: 'queued' });
});

test('a lapse is registered anew once by itself, and not where the goods have left', () => {
  const story = new Story().approved();
  expect(story.done('credit-lapsed')).toBe('registering');
  expect(story.cart({ npWord: 'word' })).toBe('registering');
  story.approved();
  expect(story.done('credit-lapsed')).toBe('lapsed');
  const shipped = new Story().approved();
  shipped.cart({ shipped: true });
  expect(shipped.done('credit-lapsed')).toBe('lapsed');
  expect(attentionsOf(shipped.facts)).toContain('shipped-without-credit');
});

test('a report that NP refused waits for another slip or carrier, and is then reported', () => {
  const story = new Story().approved();
  expect(story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne })).toBe('reporting');
  story.sent('report');
  expect(story.refused('report-refused')).toBe('report-failed');
  expect(actorOf(story.facts)).toBe('shop');
  expect(story.cart({ shipment: shipmentTwo })).toBe('reporting');
  story.sent('report');
  expect(story.done('report-accepted')).toBe('reported');
  expect(story.done('buyer-paid')).toBe('paid');
});

test('an order opened for editing by hand waits, and its word is not painted over', () => {
  const story = new Story().approved();
  story.cart({ editOpen: true, npWord: '要確認' });
  expect(gateOf(story.facts)).toEqual({ gate: 'wait', reason: 'edit-open' });
  expect(wordKeyOf(story.facts)).toBeNull();
  story.tell({
    type: 'correction-made',
    at: story.at,
    payload: story.facts.wanted.payload,
    problems: [],
    shipment: shipmentTwo,
    shipmentProblems: [],
  });
  expect(story.gate).toBe('wait');
  expect(story.cart({ editOpen: false, npWord: '審査OK', shipment: null })).toBe('approved');
  expect(story.gate).toBe('ship');
});

test('an order from before the take-over is left alone until a person adopts it; then it is edited and reviewed', () => {
  const story = new Story({ takenOver: false });
  expect(stateOf(story.facts)).toBe('released');
  expect(story.effects).not.toContainEqual(expect.objectContaining({ lane: 'write' }));
  expect(story.tell({ type: 'adopt-requested', at: story.at, npTransactionId: null })).toBe('not-allowed');
  expect(story.tell({ type: 'adopt-requested', at: story.at, npTransactionId: npIdOf(5) })).toBe('amending');
  story.sent('amend');
  story.done('amendment-accepted');
  expect(story.credit('credit-approved')).toBe('approved');
});

test('an order like another one waits for an answer; with it the order goes, and is not asked about again', () => {
  const found = (story: Story, hold = true, ...numbers: number[]): TransactionEvent => ({
    type: 'duplicates-found',
    at: story.at,
    others: numbers.map(otherOrder),
    hold,
  });
  const story = new Story();
  expect(story.tell(found(story, true, 1))).toBe('blocked');
  expect(story.effects).toContainEqual({ lane: 'write', run: null });
  expect([actorOf(story.facts), ...attentionsOf(story.facts)]).toEqual(['shop', 'possible-duplicate']);
  expect(gateOf(story.facts)).toEqual({ gate: 'wait', reason: 'possible-duplicate' });
  expect(story.staff('repeat-confirmed')).toBe('registering');
  expect(story.tell(found(story, true, 1))).toBe('repeated');
  expect(story.tell(found(story, true, 1, 2))).toBe('blocked');
  expect(story.tell(found(story, true))).toBe('registering');
  story.sent('register');
  expect(story.tell(found(story, true, 1))).toBe('not-allowed');
  const warned = new Story();
  expect(warned.tell(found(warned, false, 1))).toBe('registering');
  expect(attentionsOf(warned.facts)).toEqual(['possible-duplicate']);
});

test('staff cannot re-open what the cart has closed as well', () => {
  const story = new Story().approved();
  story.staff('cancel-requested');
  story.sent('cancel');
  story.cart({ status: 'cancelled' });
  story.done('cancellation-accepted');
  expect(story.staff('retry-requested')).toBe('not-allowed');
  expect(stateOf(story.facts)).toBe('cancelled');
});

test('deadlines: a late review, an ageing hold and the credit check that is due', () => {
  const story = new Story({ creditDueAt: '2026-04-05T00:00:00.000Z' });
  expect(deadlineOf(story.facts)).toEqual({ kind: 'credit-check', at: '2026-04-05T00:00:00.000Z' });
  const due = (at: string): TransactionEvent => ({ type: 'credit-check-due', at, deadline: 'credit-check' });
  expect(story.tell(due('2026-04-04T00:00:00.000Z'))).toBe('not-due');
  expect(story.tell(due('2026-04-05T00:00:00.000Z'))).toBe('registering');
  story.registered();
  const late = deadlineOf(story.facts);
  expect(late?.kind).toBe('review-late');
  story.tell({ type: 'deadline-passed', at: late?.at ?? '', deadline: 'review-late' });
  expect(attentionsOf(story.facts)).toContain('deadline');
  story.credit('credit-held');
  expect(attentionsOf(story.facts)).not.toContain('deadline');
  expect(deadlineOf(story.facts)?.kind).toBe('hold-ageing');
});

describe('what has ended here and is alive at NP', () => {
  const alive = (story: Story, attempt = 1): string =>
    story.tell({ type: 'drift-found', at: story.at, attempt, found: 'alive' });

  test('is cancelled there once more where the order has ended', () => {
    const story = new Story().approved();
    story.staff('cancel-requested');
    story.sent('cancel');
    expect(story.done('cancellation-accepted')).toBe('cancelled');
    expect(alive(story)).toBe('cancelling');
    story.sent('cancel');
    expect(story.refused('cancellation-refused', 'already-cancelled')).toBe('cancelled');
  });

  test('goes on where the order goes on, and no approval counts that was not asked for again', () => {
    const story = new Story({ rules: { ...usualRules, reregisterAfterLapse: false } }).approved();
    expect(story.done('credit-lapsed')).toBe('lapsed');
    expect(alive(story)).toBe('reviewing');
    expect(story.gate).toBe('wait');
    expect(story.credit('credit-approved')).toBe('approved');
    expect(alive(story)).toBe('repeated');
  });

  test('is cancelled where another attempt has replaced it', () => {
    const story = new Story().approved();
    story.done('credit-lapsed');
    story.registered().credit('credit-approved');
    expect(alive(story, 1)).toBe('approved');
    expect(story.facts.inFlight).toMatchObject({ operation: 'cancel', attempt: 1 });
    expect(attentionsOf(story.facts)).toContain('second-live-transaction');
    story.sent('cancel');
    story.tell({ type: 'cancellation-accepted', at: story.at, attempt: 1 });
    expect(attentionsOf(story.facts)).toEqual([]);
    expect(story.facts.attempts.map(({ cancelledAt }) => cancelledAt !== null)).toEqual([true, false]);
  });

  test('waits while a call is under way', () => {
    const story = new Story().approved();
    story.done('credit-lapsed');
    story.sent('register');
    expect(alive(story, 1)).toBe('operation-under-way');
  });
});

test('a word painted over in the cart is sent again by rule, or once a person asks, and moves nothing else', () => {
  const story = new Story().approved();
  const painted = (repair: 'automatic' | 'offered'): string =>
    story.tell({ type: 'word-drift-found', at: story.at, shown: '審査NG', expected: '審査OK', repair });
  expect(painted('offered')).toBe('approved');
  expect(story.effects).toEqual([]);
  expect(story.staff('word-repair-requested')).toBe('approved');
  expect(story.effects).toEqual([{ lane: 'word', key: 'approved' }]);
  expect(painted('automatic')).toBe('approved');
  expect(story.effects).toEqual([{ lane: 'word', key: 'approved' }]);
  expect(story.gate).toBe('ship');
  story.cart({ status: 'cancelled' });
  expect(painted('automatic')).toBe('not-allowed');
});
