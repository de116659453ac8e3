import { attentionsOf, currentAttempt } from '../src/index.js';
import { Story } from './story.js';
import { shipmentOne, usualRules } from './support.js';

const payloadC = { hash: 'C', billedYen: 5000, settlementType: '02' as const };

/** A transaction of a hub that was restored from a backup of a moment ago. */
function restored(story: Story): Story {
  story.tell({ type: 'backup-restored', at: story.at });
  return story;
}
const found = (story: Story): string =>
  story.tell({ type: 'drift-found', at: story.at, attempt: 1, found: 'cancelled' });

test.each([
  ['sent again', 'retry-requested', 'registering'],
  ['cancelled', 'cancel-requested', 'cancelled'],
] as const)(
  'what was cancelled at NP is not registered anew by itself: it is %s by a person',
  (_, by, next) => {
    const story = new Story().approved();
    expect(found(story)).toBe('lapsed');
    expect(attentionsOf(story.facts)).toEqual(['ended-at-np']);
    expect(story.cart({ npWord: 'word' })).toBe('lapsed');
    expect(story.cart({ payload: payloadC })).toBe('lapsed');
    expect(story.staff(by)).toBe(next);
    expect(attentionsOf(story.facts)).toEqual([]);
  },
);

test.each([
  ['a question about the credit', (story: Story) => story.done('credit-lapsed')],
  [
    'an edit',
    (story: Story) => {
      story.cart({ payload: payloadC });
      story.sent('amend');
      return story.refused('amendment-refused', 'already-cancelled');
    },
  ],
  [
    'a report',
    (story: Story) => {
      story.cart({ status: 'shipped', shipped: true, shipment: shipmentOne });
      story.sent('report');
      return story.refused('report-refused', 'already-cancelled');
    },
  ],
])('a restored hub asks a person about whatever has ended since, also where %s tells it', (_, hear) => {
  const story = restored(new Story().approved());
  expect(hear(story)).toBe('lapsed');
  expect(story.facts.inFlight).toBeNull();
  expect(attentionsOf(story.facts)).toContain('ended-at-np');
});

test('a cancel that was to make room for another attempt may have done so before: a restored hub registers no second one', () => {
  const rules = { ...usualRules, canAmend: false };
  const replaced = new Story({ rules }).approved();
  replaced.cart({ payload: payloadC });
  replaced.sent('cancel');
  expect(replaced.refused('cancellation-refused', 'already-cancelled')).toBe('registering');
  const story = restored(new Story({ rules }).approved());
  expect(story.cart({ payload: payloadC })).toBe('cancelling');
  story.sent('cancel');
  expect(story.refused('cancellation-refused', 'already-cancelled')).toBe('lapsed');
  expect(attentionsOf(story.facts)).toEqual(['ended-at-np']);
  expect(story.staff('retry-requested')).toBe('registering');
});

test('a cancel that is wanted ends the same way in a restored hub, and asks nobody', () => {
  const story = restored(new Story().approved());
  story.staff('cancel-requested');
  story.sent('cancel');
  expect(story.refused('cancellation-refused', 'already-cancelled')).toBe('cancelled');
  expect(attentionsOf(story.facts)).toEqual([]);
});

test('seen alive after the restore it is like any other: a lapse is registered anew by the rule', () => {
  const story = new Story().approved();
  const fixedAt = currentAttempt(story.facts)?.credit?.fixedAt ?? null;
  restored(story);
  expect(story.credit('credit-approved', fixedAt)).toBe('approved');
  expect(currentAttempt(story.facts)?.restoredAt).toBeNull();
  expect(story.done('credit-lapsed')).toBe('registering');
});

test('what has nothing at NP knows nothing of a restore', () => {
  const story = new Story();
  expect(story.tell({ type: 'backup-restored', at: story.at })).toBe('not-allowed');
});
