import type { TimelineEntry } from '@np-hub/model';
import { sheetEntries } from '../src/pages/sheet/entries.js';
import { jaDeskSheet } from '../src/text/ja-desk-sheet.js';

const entry = (id: string, name: string, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id,
  at: `2026-11-2${id}T00:00:00.000Z`,
  kind: 'event',
  name,
  attempt: 1,
  state: 'held',
  outcome: null,
  reasons: [],
  by: null,
  details: {},
  ...more,
});

test('a buyer is told what happened, oldest first and each thing once, and nothing of calls, refusals and doubts', () => {
  const timeline = [
    entry('6', 'credit-held', { outcome: 'stale' }),
    entry('5', 'credit-held'),
    entry('4', 'credit-held'),
    entry('3', 'answer-lost'),
    entry('2', 'register', { kind: 'call' }),
    entry('1', 'order-received'),
  ];
  expect(sheetEntries({ timeline }, jaDeskSheet.events).map(({ id, sentence }) => [id, sentence])).toEqual([
    ['1', jaDeskSheet.events['order-received']],
    ['4', jaDeskSheet.events['credit-held']],
  ]);
});

test('of what came at one moment the first is told first: a registration whose answer was a question', () => {
  const at = '2026-11-21T00:00:00.000Z';
  const timeline = [
    entry('3', 'credit-held', { at }),
    entry('2', 'registration-accepted', { at }),
    entry('1', 'order-received', { at }),
  ];
  const told = sheetEntries({ timeline }, jaDeskSheet.events).map(({ id }) => id);
  expect(told).toEqual(['1', '2', '3']);
});
