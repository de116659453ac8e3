import { RecentCounts } from '../src/accounts/recent-counts.js';

let nowMs: number;
let counts: RecentCounts;
beforeEach(() => {
  nowMs = Date.parse('2026-11-21T00:00:00Z');
  counts = new RecentCounts({ now: () => new Date(nowMs) });
});

test('a count ends fifteen minutes after its first, however long it goes on', () => {
  counts.add('one');
  nowMs += 14 * 60_000;
  counts.add('one');
  expect(counts.of('one')).toEqual({ count: 2, until: nowMs + 60_000 });
  nowMs += 60_000;
  expect(counts.of('one').count).toBe(0);
  counts.add('one');
  expect(counts.of('one')).toEqual({ count: 1, until: nowMs + 15 * 60_000 });
});

test('one count is taken back, or all of a name; others stay', () => {
  for (const name of ['one', 'one', 'two', 'two']) counts.add(name);
  counts.takeBack('one');
  counts.forget('two');
  counts.takeBack('two');
  expect([counts.of('one').count, counts.of('two').count]).toEqual([1, 0]);
});

test('of too many names the one counted longest ago is forgotten', () => {
  counts.add('lasting');
  counts.add('oldest');
  for (let index = 0; index < 9_998; index += 1) counts.add(`other ${index}`);
  counts.add('lasting');
  expect(counts.of('oldest').count).toBe(1);
  counts.add('one more');
  expect([counts.of('oldest').count, counts.of('lasting').count]).toEqual([0, 2]);
});
