import { actorOf, attentionsOf, isLive, later, reissueObstacle } from '../src/index.js';
import { Story } from './story.js';
import { npIdOf, payloadB, shipmentOne, shipmentTwo } from './support.js';

test('a partial return is cancelled, registered again with less and reported; a failure half-way is loud', () => {
  const story = new Story().approved();
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.done('report-accepted');
  story.cart({ payload: { ...payloadB, settlementType: '02' } });
  expect(story.staff('reissue-requested')).toBe('same-day');
  story.at = later(story.at, 86_400_000);
  expect(story.staff('reissue-requested')).toBe('reissuing');
  story.sent('cancel');
  expect(story.done('cancellation-accepted')).toBe('reissuing');
  expect(story.facts.inFlight).toMatchObject({ operation: 'reissue', attempt: 2 });
  story.sent('reissue');
  expect(story.refused('reissue-step-failed')).toBe('reissue-failed');
  expect(actorOf(story.facts)).toBe('shop');
  expect(story.staff('retry-requested')).toBe('reissuing');
  expect(story.facts.inFlight).toMatchObject({ operation: 'reissue', attempt: 3 });
  story.sent('reissue');
  story.tell({ type: 'reissue-step-done', at: story.at, attempt: 3, npTransactionId: npIdOf(3) });
  expect(story.credit('credit-approved')).toBe('reissuing');
  expect(story.facts.inFlight?.operation).toBe('report');
  story.sent('report');
  expect(story.done('report-accepted')).toBe('reported');
});

test('a cancel in the middle of a partial return ends it: nothing is registered again', () => {
  const story = new Story().approved();
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.done('report-accepted');
  story.cart({ payload: { ...payloadB, settlementType: '02' } });
  story.at = later(story.at, 86_400_000);
  story.staff('reissue-requested');
  story.sent('cancel');
  story.cart({ status: 'cancelled' });
  expect(story.done('cancellation-accepted')).toBe('cancelled');
  expect(story.facts.inFlight).toBeNull();
});

test('NP re-registers no more: what is left becomes a registration of its own, and is reported after its review', () => {
  const story = new Story().approved();
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.done('report-accepted');
  story.cart({ payload: { ...payloadB, settlementType: '02' } });
  story.at = later(story.at, 86_400_000);
  story.staff('reissue-requested');
  story.sent('cancel');
  expect(story.staff('register-anew-requested')).toBe('not-allowed');
  story.done('cancellation-accepted');
  story.sent('reissue');
  expect(story.refused('reissue-step-failed')).toBe('reissue-failed');
  expect(story.staff('register-anew-requested')).toBe('registering');
  expect(story.facts.inFlight).toMatchObject({ operation: 'register', attempt: 3 });
  story.registered();
  expect(story.credit('credit-approved')).toBe('reporting');
  story.sent('report');
  expect(story.done('report-accepted')).toBe('reported');
  expect(story.facts.attempts.filter(isLive)).toHaveLength(1);
});

test('what stands in the way of a partial return is named', () => {
  const story = new Story().approved();
  const obstacle = () => reissueObstacle(story.facts, later(story.at, 86_400_000));
  expect(obstacle()).toBe('not-reported');
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.done('report-accepted');
  expect(obstacle()).toBe('unchanged');
  story.cart({ payload: { ...payloadB, billedYen: 9000 } });
  expect(obstacle()).toBe('more');
  story.cart({ payload: { ...payloadB, settlementType: '02' } });
  expect(reissueObstacle(story.facts, story.at)).toBe('same-day');
  expect(obstacle()).toBeNull();
  story.done('buyer-paid');
  expect(obstacle()).toBe('paid');
});

test('a slip put right at NP by hand is what NP was told from then on', () => {
  const story = new Story().approved();
  story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
  story.sent('report');
  story.done('report-accepted');
  expect(story.staff('slip-settled')).toBe('not-allowed');
  story.cart({ shipment: shipmentTwo });
  expect(attentionsOf(story.facts)).toContain('reported-other-shipment');
  expect(story.staff('slip-settled')).toBe('reported');
  expect(attentionsOf(story.facts)).toEqual([]);
});
