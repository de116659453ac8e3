import { attentionsOf, deadlineOf, gateOf, later, stateOf, type Facts } from '../src/index.js';
import { noticedRules, npIdOf, payloadB, shipmentOne } from './support.js';
import { Story } from './story.js';

/** A gateway that answers later by itself. */
const story = (): Story => new Story({ rules: noticedRules });
const settleBy = '2026-06-21T15:00:00.000Z';

test('the last day for the report is the 80th after the day of the approval in Japan', () => {
  // 23:30 in Japan: the day of the approval is still 1 April there.
  const told = story().registered();
  told.credit('credit-approved', '2026-04-01T14:30:00.000Z');
  expect(deadlineOf(told.facts)).toEqual({ kind: 'settle-by', at: '2026-06-20T15:00:00.000Z' });
  const later = story().registered();
  later.credit('credit-approved', '2026-04-01T15:00:00.000Z');
  expect(deadlineOf(later.facts)).toEqual({ kind: 'settle-by', at: settleBy });
});

test('past that day the gate is shut, and nothing is registered anew after the lapse', () => {
  const told = story().registered();
  told.credit('credit-approved', '2026-04-01T15:00:00.000Z');
  const alarm = (type: 'deadline-near' | 'deadline-passed', at: string) =>
    told.tell({ type, at, deadline: 'settle-by' });
  expect(alarm('deadline-near', '2026-06-13T15:00:00.000Z')).toBe('not-due');
  expect(alarm('deadline-near', '2026-06-14T15:00:00.000Z')).toBe('approved');
  expect(gateOf(told.facts).gate).toBe('ship');
  expect(alarm('deadline-passed', settleBy)).toBe('approved');
  expect(gateOf(told.facts)).toEqual({ gate: 'wait', reason: 'settlement-overdue' });
  expect(told.tell({ type: 'credit-lapsed', at: settleBy, attempt: 1 })).toBe('lapsed');
  expect(told.facts.inFlight).toBeNull();
});

test('a result that does not come calls a person, who alone may ask once more', () => {
  const told = story().approved();
  told.cart({ shipment: shipmentOne, shipped: true });
  told.sent('report');
  expect(told.done('report-pending')).toBe('reporting');
  expect(told.staff('retry-requested')).toBe('not-allowed');
  const at = deadlineOf(told.facts)?.at ?? '';
  told.tell({ type: 'deadline-passed', at, deadline: 'answer-late' });
  expect(attentionsOf(told.facts)).toContain('deadline');
  expect(told.facts.inFlight?.phase).toBe('pending');
  told.tell({ type: 'retry-requested', at: later(at, 1_000) });
  expect(told.facts.inFlight).toMatchObject({ operation: 'report', phase: 'queued' });
  expect(attentionsOf(told.facts)).not.toContain('deadline');
  // Taken back meanwhile: it may be there all the same, and somebody has to see it.
  told.cart({ shipment: null, shipped: false });
  expect(told.facts.inFlight).toBeNull();
  expect(attentionsOf(told.facts)).toContain('reported-other-shipment');
});

test('nobody is offered to ask what cannot be asked', () => {
  const told = story().registered();
  expect(told.staff('credit-check-requested')).toBe('not-allowed');
  expect(told.effects.filter(({ lane }) => lane === 'credit')).toEqual([]);
});

test('less after the report is a cancel and a registration of its own', () => {
  const told = story().approved();
  told.cart({ shipment: shipmentOne, shipped: true });
  told.sent('report');
  told.done('report-accepted');
  told.cart({ payload: { ...payloadB, settlementType: '02' }, shipment: shipmentOne, shipped: true });
  told.at = later(told.at, 86_400_000);
  told.staff('reissue-requested');
  told.sent('cancel');
  told.done('cancellation-accepted');
  expect(told.facts.inFlight).toMatchObject({ operation: 'register', attempt: 2 });
});

test('a report that turns out late does not make the hub forget the cancel that has left', () => {
  const told = story().approved();
  told.cart({ shipment: shipmentOne, shipped: true });
  told.staff('cancel-requested');
  told.sent('cancel');
  const drift = { type: 'drift-found', at: told.at, attempt: 1, found: 'reported' } as const;
  expect(told.tell(drift)).toBe('operation-under-way');
  expect(told.done('cancellation-accepted')).toBe('cancelled');
});

test('the ids of the gateway have their own form, and what cannot be edited is not adopted by id', () => {
  const sps = { ...noticedRules, idForm: 'sps' as const };
  const released = new Story({ rules: sps, takenOver: false });
  const adopt = (npTransactionId: string) =>
    released.tell({ type: 'adopt-requested', at: '2026-04-02T00:00:00.000Z', npTransactionId });
  expect(adopt(npIdOf(1))).toBe('malformed-np-id');
  expect(adopt('B30132001ST01/10000000000001')).toBe('not-allowed');
  expect(stateOf(released.facts satisfies Facts)).toBe('released');
});
