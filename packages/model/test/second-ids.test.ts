import { attentionsOf, type TransactionEvent } from '../src/index.js';
import { Story } from './story.js';
import { npIdOf } from './support.js';

test('an id of NP’s list that contradicts is pointed out and changes nothing; one that is awaited is not taken that way', () => {
  const story = new Story();
  story.sent('register');
  const named = (attempt: number): TransactionEvent => ({
    type: 'np-id-found',
    at: story.at,
    attempt,
    npTransactionId: npIdOf(9),
  });
  expect(story.tell(named(2))).toBe('unknown-attempt');
  expect(story.tell(named(1))).toBe('operation-under-way');
  story.accepted();
  expect(story.tell(named(1))).toBe('reviewing');
  expect(attentionsOf(story.facts)).toContain('second-np-id');
  expect(story.facts.attempts[0]?.npTransactionId).toBe(npIdOf(1));
});

test('an id that contradicted and was settled contradicts no more, however often NP names it again', () => {
  const story = new Story().approved();
  const id = npIdOf(9);
  const settled = (npTransactionId: string): TransactionEvent => ({
    type: 'second-id-settled',
    at: story.at,
    npTransactionId,
    how: 'cancelled',
  });
  expect(story.tell(settled(id))).toBe('not-allowed');
  story.tell({ type: 'np-id-found', at: story.at, attempt: 1, npTransactionId: id });
  expect(story.tell(settled(npIdOf(1)))).toBe('not-allowed');
  expect(story.tell(settled(id))).toBe('approved');
  expect(attentionsOf(story.facts)).not.toContain('second-np-id');
  expect(story.tell(settled(id))).toBe('repeated');
  const again = { at: story.at, attempt: 1, npTransactionId: id };
  expect(story.tell({ type: 'np-id-found', ...again })).toBe('repeated');
  expect(story.tell({ type: 'registration-accepted', ...again })).toBe('repeated');
  expect(story.facts.attempts[0]?.npTransactionId).toBe(npIdOf(1));
});
