import type { TransactionRow } from '@np-hub/model';
import { keepPlaces } from '../src/pages/steady-rows.js';

const row = (
  id: string,
  updatedAt: string,
  state: TransactionRow['state'] = 'reviewing',
): TransactionRow => ({
  id,
  shopId: 'shop',
  shopName: 'Shop',
  cart: { ja: 'makeshop', en: 'makeshop' },
  orderNumber: id,
  originNumber: null,
  npTransactionId: null,
  buyerName: '山田　太郎',
  billedYen: 1_000,
  state,
  cartWord: null,
  gate: 'wait',
  actor: 'np',
  attentions: [],
  reasons: [],
  problems: [],
  deadline: null,
  actions: [],
  orderedAt: '2026-11-21T00:00:00.000Z',
  updatedAt,
});

const shown = ['a', 'b', 'c'].map((id, index) => ({
  row: row(id, `2026-11-21T0${5 - index}:00:00.000Z`),
  stale: false,
}));
const rows = shown.map((one) => one.row);
const ids = (result: ReturnType<typeof keepPlaces>) => result.rows.map((one) => one.row.id);

describe('a list under the reader’s hand', () => {
  it('shows new content where a row stands and keeps the order', () => {
    const moved = row('c', '2026-11-21T09:00:00.000Z', 'approved');
    const result = keepPlaces(shown, [moved, ...rows.slice(0, 2)]);
    expect(ids(result)).toEqual(['a', 'b', 'c']);
    expect(result.rows[2]?.row.state).toBe('approved');
    expect(result.waiting).toBe(1);
  });

  it('puts nothing new above, and says that something waits', () => {
    const result = keepPlaces(shown, [row('new', '2026-11-21T09:00:00.000Z'), ...rows]);
    expect(ids(result)).toEqual(['a', 'b', 'c']);
    expect(result.waiting).toBe(1);
  });

  it('marks a row that newer data no longer has: its gate may be out of date', () => {
    const result = keepPlaces(
      shown,
      [rows[0], rows[2]].flatMap((one) => one ?? []),
    );
    expect(result.rows.map((one) => one.stale)).toEqual([false, true, false]);
    expect(result.waiting).toBe(1);
  });

  it('appends the next page without calling it new', () => {
    const result = keepPlaces(shown, [...rows, row('d', '2026-11-21T01:00:00.000Z')]);
    expect(ids(result)).toEqual(['a', 'b', 'c', 'd']);
    expect(result.waiting).toBe(0);
  });
});
