import type { Order } from './order.js';
import { connectionOfMall, noWords, unmappedWords, withWords } from './words.js';

const party = { name: '山田', postalCode: '100-0005', address: '東京都', phone: '090-1234-5678' };
const unknown = (raw: string) => ({ kind: 'unmapped' as const, raw });
const order: Order = {
  orderNumber: '1',
  orderedAt: '2026-04-01T10:00:00+09:00',
  changedAt: null,
  status: unknown('★出荷済み'),
  payment: { kind: 'mapped', value: 'np', raw: 'NP後払い' },
  npWord: null,
  npTransactionId: null,
  settlementType: '02',
  buyer: party,
  destinations: [],
  lines: [],
  billedYen: 1,
  parcels: [
    { carrier: unknown('日本郵便'), slipNumber: '', shippedAt: null },
    { carrier: unknown('日本郵便'), slipNumber: '', shippedAt: null },
    { carrier: null, slipNumber: '', shippedAt: null },
  ],
  flags: [],
  note: '',
  mall: '楽天',
};

test('words without a meaning are named once each; a mall only where there are malls', () => {
  expect(unmappedWords(order, {})).toEqual([
    { axis: 'status', raw: '★出荷済み' },
    { axis: 'carrier', raw: '日本郵便' },
  ]);
  expect(unmappedWords(order, { ヤフー: 'id' })).toContainEqual({ axis: 'mall', raw: '楽天' });
  expect(unmappedWords(order, { 楽天: 'id' })).not.toContainEqual({ axis: 'mall', raw: '楽天' });
});

test('a meaning that an operator has given counts, and the cart’s word stays beside it', () => {
  const maps = { ...noWords, status: { '★出荷済み': 'shipped' }, carrier: { 日本郵便: 'yu-pack' } };
  const mapped = withWords(order, maps);
  expect(unmappedWords(mapped, {})).toEqual([]);
  expect(mapped.status).toEqual({ kind: 'mapped', value: 'shipped', raw: '★出荷済み' });
  expect(mapped.parcels[0]?.carrier).toEqual({ kind: 'mapped', value: 'yu-pack', raw: '日本郵便' });
});

test('parcels with a slip have left once the order’s word is said to mean that; without a slip nothing is known', () => {
  const parcels = [
    { carrier: null, slipNumber: '4001', shippedAt: null },
    { carrier: null, slipNumber: ' ', shippedAt: null },
    { carrier: null, slipNumber: '4002', shippedAt: '2026-04-02T10:00:00+09:00' },
  ];
  const leavings = (status: Order['status'], value: string) =>
    withWords({ ...order, status, parcels }, { ...noWords, status: { '★出荷済み': value } }).parcels.map(
      ({ shippedAt }) => shippedAt,
    );
  expect(leavings(unknown('★出荷済み'), 'shipped')).toEqual([order.orderedAt, null, parcels[2]?.shippedAt]);
  expect(leavings(unknown('★出荷済み'), 'open')).toEqual([null, null, parcels[2]?.shippedAt]);
  const own = { kind: 'mapped' as const, value: 'shipped' as const, raw: '出荷済み' };
  expect(leavings(own, 'shipped')).toEqual([null, null, parcels[2]?.shippedAt]);
});

test('what is no meaning of the axis, and what the adapter understands itself, stays as it is', () => {
  const maps = { ...noWords, status: { '★出荷済み': 'gone' }, payment: { NP後払い: 'other' } };
  expect(withWords(order, maps)).toEqual(order);
  const hostile = {
    ...order,
    status: unknown('__proto__'),
    payment: unknown('constructor'),
    mall: 'toString',
  };
  expect(withWords(hostile, noWords)).toEqual(hostile);
  expect(connectionOfMall(hostile, { 楽天: 'id' })).toBeUndefined();
});
