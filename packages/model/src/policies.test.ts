import fc from 'fast-check';
import { creditStartOf } from './credit-start.js';
import { withFee } from './fees.js';
import type { Order } from './order.js';
import { policiesSchema, policyChangesSchema } from './policies.js';

const order: Order = {
  orderNumber: '1',
  orderedAt: '2026-04-01T10:00:00+09:00',
  changedAt: null,
  status: { kind: 'mapped', value: 'open', raw: '' },
  payment: { kind: 'mapped', value: 'np', raw: '' },
  npWord: null,
  npTransactionId: null,
  settlementType: '02',
  buyer: { name: '', postalCode: '', address: '', phone: '' },
  destinations: [],
  lines: [
    { name: 'りんご', unitPriceYen: 3000, quantity: 1 },
    { name: '決済手数料', unitPriceYen: 205, quantity: 1 },
  ],
  billedYen: 3205,
  feeYen: 205,
  parcels: [],
  flags: [],
  note: '',
};
const sum = ({ lines }: Order): number =>
  lines.reduce((total, { unitPriceYen, quantity }) => total + unitPriceYen * quantity, 0);

test('changed policies say nothing of the others', () => {
  expect(policyChangesSchema.parse({ emailRequired: false })).toEqual({ emailRequired: false });
  expect(Object.keys(policyChangesSchema.shape).sort()).toEqual(Object.keys(policiesSchema.shape).sort());
});

describe('手数料設定', () => {
  const bands = [
    { fromYen: 1, toYen: 2999, feeYen: 500 },
    { fromYen: 3000, toYen: 9999, feeYen: 300 },
  ];
  const billed = (feeMode: 'keep' | 'replace' | 'add', change: Partial<Order> = {}) => {
    const after = withFee({ ...order, ...change }, { feeMode, feeBands: bands });
    return after && { billedYen: after.billedYen, feeYen: after.feeYen, sum: sum(after) };
  };

  test('bands that share an amount are refused by place, and still read where they were taken once', () => {
    const feeBands = [...bands, { fromYen: 9999, toYen: 20_000, feeYen: 100 }];
    const wrong = (changes: object): string[] | undefined =>
      policyChangesSchema.safeParse(changes).error?.issues.map(({ path }) => path.join('.'));
    expect(wrong({ feeBands: bands })).toBeUndefined();
    expect(wrong({ feeBands })).toEqual(['feeBands.2.fromYen']);
    const cod = { name: '代金引換', feeYen: 0, feeBands, limitYen: null, note: '' };
    expect(wrong({ otherMethods: [cod] })).toEqual(['otherMethods.0.feeBands.2.fromYen']);
    expect(policiesSchema.parse({ feeBands }).feeBands).toEqual(feeBands);
  });

  test('変更しない leaves the order as it is', () => {
    expect(withFee(order, { feeMode: 'keep', feeBands: bands })).toBe(order);
  });

  test('上書きする puts the fee of the band in place of the one in the amount, which decides no band', () => {
    expect(billed('replace')).toEqual({ billedYen: 3300, feeYen: 300, sum: 3300 });
    expect(billed('replace', { billedYen: 3204 })).toMatchObject({ billedYen: 3499, feeYen: 500 });
  });

  test('加算する adds the fee of the band', () => {
    expect(billed('add')).toEqual({ billedYen: 3505, feeYen: 505, sum: 3505 });
  });

  test('outside all bands nothing changes', () => {
    const dear = { billedYen: 90_205 };
    expect(billed('replace', dear)).toMatchObject({ billedYen: 90_205, feeYen: 205 });
  });

  test('a fee that nobody knows is not replaced by guessing, but one can be added', () => {
    const { feeYen: _, ...unknown } = order;
    expect(withFee(unknown, { feeMode: 'replace', feeBands: bands })).toBeNull();
    expect(withFee(unknown, { feeMode: 'add', feeBands: bands })).toMatchObject({ billedYen: 3505 });
  });

  test('the lines change by exactly what the bill does', () => {
    const yen = fc.integer({ min: 0, max: 20_000 });
    const band = fc.record({ fromYen: yen, toYen: yen, feeYen: yen });
    const mode = fc.constantFrom('keep' as const, 'replace' as const, 'add' as const);
    fc.assert(
      fc.property(mode, fc.array(band), yen, yen, (feeMode, feeBands, goodsYen, feeYen) => {
        const fee = feeYen === 0 ? [] : [{ name: '手数料', unitPriceYen: feeYen, quantity: 1 }];
        const lines = [{ name: '茶', unitPriceYen: goodsYen, quantity: 1 }, ...fee];
        const before: Order = { ...order, lines, billedYen: goodsYen + feeYen, feeYen };
        const after = withFee(before, { feeMode, feeBands });
        expect(after && sum(after)).toBe(after?.billedYen);
        expect((after?.billedYen ?? 0) - (after?.feeYen ?? 0)).toBe(goodsYen);
      }),
    );
  });
});

describe('与信タイミング', () => {
  const timing = (creditTiming: 'at-once' | 'before-shipment' | 'by-hand', creditDaysBefore = 3) => ({
    creditTiming,
    creditDaysBefore,
    realTime: false,
  });

  test('some days before 発送予定日, from midnight in Japan', () => {
    expect(creditStartOf({ plannedShipOn: '2026-04-10' }, timing('before-shipment'))).toEqual({
      at: '2026-04-06T15:00:00.000Z',
    });
    expect(creditStartOf({ plannedShipOn: '2026-04-10' }, timing('before-shipment', 0))).toEqual({
      at: '2026-04-09T15:00:00.000Z',
    });
  });

  test('a date that is missing or none is not guessed; other timings need none', () => {
    expect(creditStartOf({}, timing('before-shipment'))).toBeNull();
    expect(creditStartOf({ plannedShipOn: '2026-02-30' }, timing('before-shipment'))).toBeNull();
    expect(creditStartOf({}, timing('at-once'))).toBe('at-once');
    expect(creditStartOf({}, timing('by-hand'))).toBe('by-hand');
  });

  test('in real time nothing waits for a date: NP decides with the order', () => {
    expect(creditStartOf({}, { ...timing('before-shipment'), realTime: true })).toBe('at-once');
  });
});
