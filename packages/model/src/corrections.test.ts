import fc from 'fast-check';
import {
  applyCorrections,
  cartValueOf,
  correctablePaths,
  correctionsSchema,
  type CorrectablePath,
  type Corrections,
} from './corrections.js';
import { orderSchema, type Order, type Party } from './order.js';

const party = (name: string): Party => ({
  name,
  postalCode: '107-0052',
  address: '東京都港区赤坂1-2-3',
  phone: '0312345678',
});

const order: Order = {
  orderNumber: 'A-1',
  orderedAt: '2026-04-01T10:00:00+09:00',
  changedAt: null,
  status: { kind: 'mapped', value: 'open', raw: '未処理' },
  payment: { kind: 'mapped', value: 'np', raw: 'NP後払い' },
  npWord: null,
  npTransactionId: null,
  settlementType: '02',
  buyer: party('山田　太郎'),
  destinations: [party('山田　花子')],
  lines: [{ name: 'りんご', unitPriceYen: 1000, quantity: 1 }],
  billedYen: 1000,
  parcels: [{ carrier: { kind: 'unmapped', raw: '宅急便' }, slipNumber: '1234', shippedAt: null }],
  flags: [],
  note: '',
};

const withPhone = (phone: string): Order => ({ ...order, buyer: { ...order.buyer, phone } });
const phoneCorrection: Corrections = { 'buyer.phone': { value: '09012345678', replaced: '0312345678' } };

const words = fc.constantFrom('', ' ', '甲', '乙', '丙');
const carrierWords = fc.constantFrom('yamato', 'sagawa', 'unsupported');
const parties = fc.record({
  name: words,
  kana: words,
  company: words,
  department: words,
  postalCode: words,
  address: words,
  phone: words,
  email: words,
});
const carriers = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('unmapped' as const), raw: words }),
  fc.record({ kind: fc.constant('mapped' as const), value: fc.constant('yamato' as const), raw: words }),
);
const orders = fc
  .record({
    buyer: parties,
    destinations: fc.array(parties, { maxLength: 2 }),
    parcels: fc.array(fc.record({ carrier: carriers, slipNumber: words, shippedAt: fc.constant(null) }), {
      maxLength: 2,
    }),
  })
  .map((parts): Order => ({ ...order, ...parts }));
/** A word of the path's own where it takes no other. */
function valueFor(path: CorrectablePath, { value, carrier }: { value: string; carrier: string }): string {
  if (path === 'settlementType') return value === '甲' ? '03' : '02';
  return path === 'parcel.carrier' ? carrier : value;
}
const corrections = fc
  .array(
    fc.record({
      path: fc.constantFrom(...correctablePaths),
      value: words,
      carrier: carrierWords,
      replaced: fc.option(words),
    }),
  )
  .map((entries) =>
    correctionsSchema.parse(
      Object.fromEntries(
        entries.map(({ path, value, carrier, replaced }) => [
          path,
          { value: valueFor(path, { value, carrier }), replaced },
        ]),
      ),
    ),
  );

describe('applyCorrections', () => {
  it('lets the chosen way of billing stand over whatever the cart says', () => {
    const chosen: Corrections = { settlementType: { value: '03', replaced: null } };
    for (const settlementType of ['02', '03'] as const) {
      const outcome = applyCorrections({ ...order, settlementType }, chosen);
      expect(outcome).toEqual({ order: { ...order, settlementType: '03' }, dropped: [], adopted: [] });
    }
  });

  it('lays a correction over the value it replaced, and leaves the cart order alone', () => {
    const outcome = applyCorrections(order, phoneCorrection);
    expect(outcome).toEqual({ order: withPhone('09012345678'), dropped: [], adopted: [] });
    expect(order.buyer.phone).toBe('0312345678');
  });

  it("drops a correction once the cart has a newer value, and keeps the cart's", () => {
    const newer = withPhone('0399999999');
    expect(applyCorrections(newer, phoneCorrection)).toEqual({
      order: newer,
      dropped: ['buyer.phone'],
      adopted: [],
    });
  });

  it('tells when the cart has taken the corrected value over', () => {
    const same = withPhone('09012345678');
    expect(applyCorrections(same, phoneCorrection)).toEqual({
      order: same,
      dropped: [],
      adopted: ['buyer.phone'],
    });
  });

  it('corrects an absent field, the first destination and the parcel, and keeps the raw carrier word', () => {
    const outcome = applyCorrections(order, {
      'buyer.company': { value: '山田商店', replaced: null },
      'destination.name': { value: '山田　華子', replaced: '山田　花子' },
      'parcel.carrier': { value: 'yamato', replaced: '宅急便' },
      'parcel.slipNumber': { value: '5678', replaced: '1234' },
    });
    expect(outcome.dropped).toEqual([]);
    expect(outcome.order).toEqual({
      ...order,
      buyer: { ...order.buyer, company: '山田商店' },
      destinations: [party('山田　華子')],
      parcels: [
        { carrier: { kind: 'mapped', value: 'yamato', raw: '宅急便' }, slipNumber: '5678', shippedAt: null },
      ],
    });
    expect(orderSchema.parse(outcome.order)).toEqual(outcome.order);
  });

  it('makes a parcel where the cart has none, but no destination', () => {
    const bare = { ...order, destinations: [], parcels: [] };
    const outcome = applyCorrections(bare, {
      'destination.kana': { value: 'ヤマダ', replaced: null },
      'parcel.carrier': { value: 'sagawa', replaced: null },
      'parcel.slipNumber': { value: '5678', replaced: null },
    });
    expect(outcome.dropped).toEqual(['destination.kana']);
    expect(outcome.order).toEqual({
      ...bare,
      parcels: [
        { carrier: { kind: 'mapped', value: 'sagawa', raw: '' }, slipNumber: '5678', shippedAt: null },
      ],
    });
  });

  it('takes an unknown carrier neither in the schema nor when applied', () => {
    const unknown: Corrections = { 'parcel.carrier': { value: 'ヤマト', replaced: '宅急便' } };
    expect(correctionsSchema.safeParse(unknown).success).toBe(false);
    expect(applyCorrections(order, unknown)).toEqual({ order, dropped: ['parcel.carrier'], adopted: [] });
  });

  it('knows no other paths', () => {
    expect(correctionsSchema.safeParse({ billedYen: { value: '1', replaced: null } }).success).toBe(false);
    expect(correctionsSchema.safeParse({ 'destination.email': { value: 'a', replaced: null } }).success).toBe(
      false,
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(orders, corrections, (cartOrder, layer) => {
        const once = applyCorrections(cartOrder, layer).order;
        expect(applyCorrections(once, layer).order).toEqual(once);
      }),
    );
  });

  it('survives identical re-pulls', () => {
    fc.assert(
      fc.property(orders, corrections, (cartOrder, layer) => {
        expect(applyCorrections(structuredClone(cartOrder), layer)).toEqual(
          applyCorrections(cartOrder, layer),
        );
      }),
    );
  });

  it('holds a correction just made, whatever the cart says', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom(...correctablePaths), carrierWords, (cartOrder, path, word) => {
        const value = path === 'settlementType' ? '03' : word;
        fc.pre(!path.startsWith('destination.') || cartOrder.destinations.length > 0);
        const layer: Corrections = { [path]: { value, replaced: cartValueOf(cartOrder, path) } };
        const { order: corrected, dropped } = applyCorrections(cartOrder, layer);
        expect(dropped).toEqual([]);
        const carrier = corrected.parcels[0]?.carrier;
        const seen =
          path === 'parcel.carrier'
            ? carrier?.kind === 'mapped' && carrier.value
            : path === 'settlementType'
              ? corrected.settlementType
              : cartValueOf(corrected, path);
        expect(seen).toBe(value);
      }),
    );
  });

  it('never survives a newer cart value', () => {
    fc.assert(
      fc.property(orders, corrections, (cartOrder, layer) => {
        const outcome = applyCorrections(cartOrder, layer);
        for (const path of correctablePaths.filter((name) => name !== 'parcel.carrier')) {
          const correction = layer[path];
          const cartValue = cartValueOf(cartOrder, path);
          const known = [correction?.value, correction?.replaced].map((value) => value?.trim() || null);
          if (!correction || known.includes(cartValue)) continue;
          expect(outcome.dropped).toContain(path);
          expect(cartValueOf(outcome.order, path)).toBe(cartValue);
        }
      }),
      { numRuns: 500 },
    );
  });
});
