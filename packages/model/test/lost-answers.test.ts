import { actorOf, currentAttempt, later, stateOf } from '../src/index.js';
import { Story } from './story.js';
import { npIdOf, payloadC, shipmentOne, usualRules } from './support.js';

test('"already cancelled" to our repeated cancel is the success whose answer was lost', () => {
  const story = new Story().approved();
  story.cart({ status: 'cancelled' });
  story.sent('cancel');
  expect(story.lost('cancel')).toBe('in-doubt');
  story.sent('cancel');
  expect(story.refused('cancellation-refused', 'already-cancelled')).toBe('cancelled');
});

test('what was lost is repeated only when it can no longer be on its way: it would overtake the edit that follows', () => {
  const story = new Story().approved();
  story.cart({ payload: payloadC });
  const sentAt = story.at;
  story.sent('amend');
  story.at = later(sentAt, 1_000);
  story.lost('amend');
  const run = { operation: 'amend', notBefore: later(sentAt, 30_000) };
  expect(story.effects).toContainEqual(expect.objectContaining({ run: expect.objectContaining(run) }));
});

test('a late answer of an older call says nothing about the edit that has left since', () => {
  const story = new Story().approved();
  story.cart({ payload: payloadC });
  const callSentAt = story.at;
  story.sent('amend');
  story.lost('amend');
  story.sent('amend');
  story.done('amendment-accepted');
  story.cart({ payload: { ...payloadC, hash: 'D' } });
  story.sent('amend');
  expect(story.tell({ type: 'amendment-accepted', at: story.at, attempt: 1, callSentAt })).toBe(
    'not-expected',
  );
  expect(currentAttempt(story.facts)?.payload?.hash).toBe('C');
});

test('an approval stands still while a repeated report, then a cancel, are in doubt', () => {
  const story = new Story().approved();
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.lost('report');
  story.cart({ status: 'cancelled' });
  story.sent('cancel');
  story.lost('cancel');
  expect(story.cart({ status: 'open' })).toBe('in-doubt');
  expect(story.gate).toBe('wait');
});

test('a lost registration waits for a person, who enters the id or confirms that there is none', () => {
  const found = new Story();
  found.sent('register');
  expect(found.lost('register')).toBe('in-doubt');
  expect(actorOf(found.facts)).toBe('shop');
  expect(found.facts.inFlight?.resolution).toBeNull();
  expect(found.tell({ type: 'np-id-entered', at: found.at, npTransactionId: '1' })).toBe('malformed-np-id');
  expect(found.tell({ type: 'np-id-entered', at: found.at, npTransactionId: npIdOf(1) })).toBe('reviewing');
  const absent = new Story();
  absent.sent('register');
  absent.lost('register');
  expect(absent.staff('np-absence-confirmed')).toBe('too-early');
  absent.at = later(absent.at, 600_000);
  expect(absent.staff('np-absence-confirmed')).toBe('registering');
  expect(absent.facts.inFlight?.attempt).toBe(2);
});

test('with a confirmed duplicate guard the same registration is sent again and proves itself', () => {
  const rules = { ...usualRules, duplicateGuardConfirmed: true };
  const story = new Story({ rules });
  story.sent('register');
  story.lost('register');
  expect(story.facts.inFlight?.resolution?.operation).toBe('register');
  story.sent('register');
  expect(story.refused('registration-refused', 'duplicate')).toBe('in-doubt');
  expect(story.facts.inFlight).toMatchObject({ arrived: true, resolution: null });
  expect(story.staff('np-absence-confirmed')).toBe('not-allowed');
  expect(story.tell({ type: 'np-id-entered', at: story.at, npTransactionId: npIdOf(1) })).toBe('reviewing');
});

test('a registration that the buyer was to make is never sent in the buyer’s place', () => {
  const story = new Story({ rules: { ...usualRules, duplicateGuardConfirmed: true } });
  story.sent('register');
  story.tell({ type: 'answer-lost', at: story.at, attempt: 1, operation: 'register', byBuyer: true });
  expect([stateOf(story.facts), story.facts.inFlight?.resolution]).toEqual(['in-doubt', null]);
  expect(story.tell({ type: 'np-id-entered', at: story.at, npTransactionId: npIdOf(1) })).toBe('reviewing');
});

test('a late refusal after a probe proves nothing, since the probe may have arrived', () => {
  const story = new Story({ rules: { ...usualRules, duplicateGuardConfirmed: true } });
  story.sent('register');
  story.lost('register');
  story.sent('register');
  story.lost('register');
  expect(story.refused('registration-refused')).toBe('not-expected');
  expect(stateOf(story.facts)).toBe('in-doubt');
});
