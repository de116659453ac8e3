import type { TimelineEntry } from '@np-hub/model';
import { leftUnanswered } from '../src/pages/transaction/calls.js';

const entry = (part: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'x',
  at: '2026-11-20T00:00:00.000Z',
  kind: 'call',
  name: 'register',
  attempt: null,
  state: null,
  outcome: 'done',
  reasons: [],
  by: null,
  details: { durationMs: 500 },
  ...part,
});
const lost = (at: string, operation = 'register') =>
  entry({ kind: 'event', name: 'answer-lost', at, outcome: null, details: { operation } });

describe('a call whose answer said nothing of this order', () => {
  it('is told by the lost answer that follows it', () => {
    expect(leftUnanswered(entry({}), [lost('2026-11-20T00:00:01.000Z')])).toBe(true);
  });

  it('is not told by what happened before, much later, or to another operation', () => {
    const others = [
      lost('2026-11-19T23:59:59.000Z'),
      lost('2026-11-20T00:01:00.000Z'),
      lost('2026-11-20T00:00:01.000Z', 'report'),
    ];
    expect(leftUnanswered(entry({}), others)).toBe(false);
    expect(leftUnanswered(entry({ outcome: 'lost' }), [lost('2026-11-20T00:00:01.000Z')])).toBe(false);
  });
});
