import {
  actorOf,
  currentAttempt,
  deadlineOf,
  factsSchema,
  instructionOf,
  isInstructed,
  later,
  policiesSchema,
  stateOf,
  type Subscription,
} from '../src/index.js';
import { Story } from './story.js';
import { obstacle, payloadB, shipmentOne, snapshotWith, undated, usualRules } from './support.js';

const byHand = { ...usualRules, autoReport: false };
const hourMs = 3_600_000;
const due = (story: Story) =>
  story.tell({ type: 'credit-check-due', at: story.at, deadline: 'credit-check' });
const waiting = (hours: number) =>
  new Story({
    snapshot: snapshotWith({ creditStart: { at: later('2026-04-01T00:00:00.000Z', hours * hourMs) } }),
  });

describe('credit timing', () => {
  test('an order waits for its moment, and is registered once it has come', () => {
    const story = waiting(1);
    expect(stateOf(story.facts)).toBe('received');
    expect(deadlineOf(story.facts)).toEqual({ kind: 'credit-check', at: '2026-04-01T01:00:00.000Z' });
    expect(actorOf(story.facts)).toBe('none');
    expect(due(story)).toBe('not-due');
    story.at = later(story.at, hourMs);
    expect(due(story)).toBe('registering');
  });

  test('an earlier or a later date moves an order that waits, and takes one from the queue again', () => {
    const story = waiting(100);
    expect(story.cart({ creditStart: { at: story.at } })).toBe('registering');
    expect(story.cart({ creditStart: { at: later(story.at, hourMs) } })).toBe('received');
    expect(story.facts.inFlight).toBeNull();
    expect(story.cart({ creditStart: 'at-once' })).toBe('registering');
    story.sent('register');
    expect(story.cart({ creditStart: 'by-hand' })).toBe('registering');
    expect(story.accepted()).toBe('reviewing');
  });

  test('a clock that was set before the shop chose to start by hand starts nothing', () => {
    const story = waiting(1);
    story.at = later(story.at, 2 * hourMs);
    story.cart({ creditStart: 'by-hand' });
    expect(due(story)).toBe('not-due');
  });

  test('by hand: the shop has to act, and what a person has started survives every re-reading', () => {
    const story = new Story({ snapshot: snapshotWith({ creditStart: 'by-hand' }) });
    expect([stateOf(story.facts), actorOf(story.facts), deadlineOf(story.facts)]).toEqual([
      'received',
      'shop',
      null,
    ]);
    expect(story.staff('credit-check-requested')).toBe('registering');
    expect(story.cart({ creditStart: 'by-hand' })).toBe('registering');
  });

  test('a date that is missing holds the order up by name; a person may start the check all the same', () => {
    const story = new Story({ snapshot: snapshotWith({ creditStart: 'by-hand', obstacles: [undated] }) });
    expect([stateOf(story.facts), actorOf(story.facts)]).toEqual(['blocked', 'shop']);
    expect(story.staff('credit-check-requested')).toBe('registering');
    expect(story.cart({ creditStart: 'by-hand', obstacles: [undated] })).toBe('registering');
    expect(story.cart({ creditStart: 'by-hand', obstacles: [undated, obstacle] })).toBe('blocked');
  });
});

describe('words without a meaning', () => {
  test('hold up a registration, and end with their meaning', () => {
    const story = new Story({ snapshot: snapshotWith({ obstacles: [obstacle] }) });
    expect([stateOf(story.facts), actorOf(story.facts)]).toEqual(['blocked', 'shop']);
    const snapshot = { ...snapshotWith(), obstacles: [] };
    expect(story.tell({ type: 'order-reread', at: story.at, snapshot })).toBe('registering');
  });

  test('touch nothing that NP has: an edit goes on, and the gate stays', () => {
    const story = new Story().approved();
    expect(story.cart({ obstacles: [obstacle] })).toBe('approved');
    expect(story.gate).toBe('ship');
    expect(actorOf(story.facts)).toBe('shop');
    expect(story.cart({ payload: payloadB, obstacles: [obstacle] })).toBe('amending');
  });
});

describe('reports by hand', () => {
  const shipped = { shipped: true, shipment: shipmentOne };

  test('a slip alone reports nothing and calls the shop; the press does, and survives re-readings', () => {
    const story = new Story({ rules: byHand }).approved();
    expect(story.cart(shipped)).toBe('approved');
    expect([story.facts.inFlight, actorOf(story.facts)]).toEqual([null, 'shop']);
    expect(story.staff('report-requested')).toBe('reporting');
    expect(story.cart(shipped)).toBe('reporting');
    story.sent('report');
    expect(story.done('report-accepted')).toBe('reported');
  });

  test('pressed while the registration is under way, or before it, the wish is kept', () => {
    for (const early of [true, false]) {
      const story = new Story({ rules: byHand, snapshot: snapshotWith(shipped) });
      if (early) expect(story.staff('report-requested')).toBe('registering');
      story.sent('register');
      if (!early) expect(story.staff('report-requested')).toBe('registering');
      story.accepted();
      expect(story.credit('credit-approved')).toBe('reporting');
    }
  });

  test('a parcel that is taken back takes the wish with it', () => {
    const story = new Story({ rules: byHand }).approved();
    story.cart(shipped);
    story.staff('report-requested');
    expect(story.cart({ shipped: false, shipment: null })).toBe('approved');
    expect(story.cart(shipped)).toBe('approved');
    expect(story.facts.inFlight).toBeNull();
  });

  test('a shop that goes back to reports by the cart’s word has its parcels reported', () => {
    const story = new Story({ rules: byHand }).approved();
    story.cart(shipped);
    expect(story.tell({ type: 'rules-changed', at: story.at, rules: usualRules })).toBe('reporting');
  });
});

describe('what the cart is to do after 与信NG or a hold', () => {
  const course = (generated: boolean): Subscription => ({ courseNumber: 'C1', count: 2, generated });
  const rejected = () => {
    const story = new Story().registered();
    story.credit('credit-rejected');
    return story;
  };
  const held = () => {
    const story = new Story().registered();
    story.credit('credit-held');
    return story;
  };
  const policies = (given: object) => policiesSchema.parse(given);
  const cod = policies({ onRejected: 'change-to-cod' });
  const live = policies({ onRejected: 'change-to-cod', realTime: true });
  const stops = policies({ stopCourseOnRejected: true, realTime: true });

  test.each([
    ['NG, hold the shipment', rejected, policies({}), course(true), null],
    ['NG, change to 代引き: every order', rejected, cod, undefined, 'change-to-cod'],
    ['hold: never 代引き', held, cod, course(true), null],
    ['NG in real time: generated orders', rejected, live, course(true), 'change-to-cod'],
    ['NG in real time: no other order', rejected, live, course(false), null],
    ['hold in real time stops the course always', held, live, course(true), 'stop-course'],
    ['NG in real time stops it where the shop says so', rejected, stops, course(true), 'stop-course'],
    ['… and nowhere else', rejected, policies({ realTime: true }), course(true), null],
    ['hold of an order outside a course', held, stops, undefined, null],
  ] as const)('%s', (...[, story, given, subscription, expected]) => {
    const order = subscription ? { subscription } : {};
    expect(instructionOf(story().facts, given, order)).toBe(expected);
  });

  test('nothing is asked for an order that has ended, or whose goods have left', () => {
    const gone = rejected();
    gone.cart({ shipped: true, shipment: shipmentOne });
    expect(instructionOf(gone.facts, cod, {})).toBeNull();
    const ended = rejected();
    ended.cart({ payment: 'other' });
    expect([stateOf(ended.facts), instructionOf(ended.facts, cod, {})]).toEqual(['released', null]);
  });

  test('it is asked once for each attempt', () => {
    const story = rejected();
    const told = { type: 'instruction-given', attempt: 1, instruction: 'change-to-cod' } as const;
    expect(isInstructed(story.facts, 'change-to-cod')).toBe(false);
    expect(story.tell({ ...told, at: story.at })).toBe('rejected');
    expect(isInstructed(story.facts, 'change-to-cod')).toBe(true);
    expect(story.tell({ ...told, at: story.at })).toBe('repeated');
    story.staff('retry-requested');
    story.sent('register');
    expect(isInstructed(story.facts, 'change-to-cod')).toBe(false);
    expect(currentAttempt(story.facts)?.number).toBe(2);
  });
});

test('facts of the version before are read as what they meant', () => {
  const { facts } = new Story().approved();
  const { obstacles: _o, creditAsked: _c, reportAsked: _r, ...wanted } = facts.wanted;
  const { autoReport: _a, ...rules } = facts.rules;
  const attempts = facts.attempts.map(({ heldSince: _h, ...attempt }) => attempt);
  const { instructed: _i, ...earlier } = { ...facts, wanted, rules, attempts };
  expect(factsSchema.parse(JSON.parse(JSON.stringify(earlier)))).toEqual(facts);
});
