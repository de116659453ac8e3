import { readInbox, writeInbox } from '../src/api/desk.js';
import { snoozeUntil } from '../src/pages/desk/snooze.js';

test('what is put away comes back at nine in the morning in Japan, some days from today there', () => {
  // 23:30 in Japan, and half past midnight the next day there.
  expect(snoozeUntil('tomorrow', Date.parse('2026-11-28T14:30:00Z'))).toBe('2026-11-29T00:00:00.000Z');
  expect(snoozeUntil('tomorrow', Date.parse('2026-11-28T15:30:00Z'))).toBe('2026-11-30T00:00:00.000Z');
  expect(snoozeUntil('in-three-days', Date.parse('2026-12-30T01:00:00Z'))).toBe('2027-01-02T00:00:00.000Z');
  expect(snoozeUntil('in-a-week', Date.parse('2026-11-28T01:00:00Z'))).toBe('2026-12-05T00:00:00.000Z');
});

test('the filters of the inbox survive the address; words that mean nothing are left out', () => {
  const filters = { turn: 'buyer', show: 'done', shopId: 's', assignee: 'me', sort: 'deadline' } as const;
  expect(readInbox(writeInbox(filters))).toEqual(filters);
  expect(readInbox(new URLSearchParams('for=everyone&show=all&sort=luck'))).toEqual({
    turn: null,
    show: 'open',
    shopId: '',
    assignee: '',
    sort: 'age',
  });
});
