import fc from 'fast-check';
import { carriers, npCarrierCode, type Carrier } from '../carriers.js';
import type { Mapped } from '../mapped.js';
import type { NpPayload, Order } from '../order.js';
import { checkNpTransactionId, checkPayload, checkShopTransactionId } from './payload.js';
import { checkObstacles, checkOrder } from './order.js';
import { checkShipment, type ShipmentContext, type ShipmentFacts } from './shipment.js';

const context = { postalLookup: () => [{ prefecture: '東京都', city: '港区', town: '赤坂' }] };

const payload: NpPayload = {
  shopOrderDate: '2026-04-01',
  settlementType: '02',
  billedYen: 10_000,
  customer: {
    name: '山田　太郎',
    postalCode: '107-0052',
    address: '東京都港区赤坂1-2-3',
    phone: '09012345678',
    email: 'taro@example.jp',
  },
  destination: null,
  goods: [{ name: 'りんご', unitPriceYen: 5_000, quantity: 2 }],
};

const check = (change: Partial<NpPayload>) => checkPayload({ ...payload, ...change }, context);
const goods = (unitPriceYen: number, name = 'りんご') => ({ goods: [{ name, unitPriceYen, quantity: 1 }] });

describe('amounts', () => {
  it.each([7_000, 10_000, 13_000])('lets a goods total of %d pass beside 10,000 billed', (totalYen) => {
    expect(check(goods(totalYen))).toEqual([]);
  });

  it.each([6_999, 13_001, -10_000])('refuses a goods total of %d beside 10,000 billed', (totalYen) => {
    const figures = { limit: 3_000, totalYen, billedYen: 10_000, differenceYen: Math.abs(totalYen - 10_000) };
    expect(check(goods(totalYen))).toEqual([
      { field: 'billedYen', rule: 'goods-total', npCode: 'E0102004', figures },
    ]);
  });

  it('counts quantities and discounts', () => {
    const discount = { name: '値引き', unitPriceYen: -3_001, quantity: 1 };
    expect(check({ goods: [...payload.goods, { ...discount, unitPriceYen: -3_000 }] })).toEqual([]);
    expect(check({ goods: [...payload.goods, discount] })).toHaveLength(1);
  });

  it.each([0, -1])('refuses a bill of %d', (billedYen) => {
    expect(check({ billedYen, ...goods(0) })).toEqual([
      { field: 'billedYen', rule: 'amount-positive', npCode: null, figures: { billedYen } },
    ]);
    expect(check({ billedYen: 1, ...goods(0) })).toEqual([]);
  });
});

describe('goods and date', () => {
  it('wants at least one line', () => {
    expect(check({ goods: [] })).toEqual([{ field: 'goods', rule: 'goods-missing', npCode: null }]);
  });

  it('wants names of 1 to 150 characters and names the line', () => {
    expect(check(goods(10_000, '林'.repeat(150)))).toEqual([]);
    expect(check(goods(10_000, '林'.repeat(151)))).toEqual([
      { field: 'goods', rule: 'too-long', npCode: null, figures: { limit: 150, length: 151, line: 1 } },
    ]);
    const second = { name: ' ', unitPriceYen: 0, quantity: 1 };
    expect(check({ goods: [...payload.goods, second] })).toEqual([
      { field: 'goods', rule: 'required', npCode: null, figures: { line: 2 } },
    ]);
  });

  it('wants names that arrive as they were sent', () => {
    expect(check(goods(10_000, 'りんご♥\n'))).toEqual([
      {
        field: 'goods',
        rule: 'prohibited-characters',
        npCode: null,
        figures: { count: 1, position: 5, line: 1 },
      },
      { field: 'goods', rule: 'not-encodable', npCode: null, figures: { count: 1, position: 4, line: 1 } },
    ]);
  });

  it.each(['', '2026-4-1', '2026-02-30', '2026-04-01T00:00:00', 'きのう'])(
    'refuses the order date %j',
    (day) => {
      expect(check({ shopOrderDate: day })).toEqual([
        { field: 'shopOrderDate', rule: 'date-format', npCode: null },
      ]);
    },
  );
});

describe('ids', () => {
  it('takes shop transaction ids of 1 to 40 characters', () => {
    const field = 'shopTransactionId';
    expect(checkShopTransactionId('A'.repeat(40))).toEqual([]);
    expect(checkShopTransactionId('A'.repeat(41))).toEqual([
      { field, rule: 'too-long', npCode: null, figures: { limit: 40, length: 41 } },
    ]);
    expect(checkShopTransactionId(' ')).toEqual([{ field, rule: 'required', npCode: null }]);
    expect(checkShopTransactionId('A\t😀').map(({ rule }) => rule)).toEqual([
      'prohibited-characters',
      'not-encodable',
    ]);
  });

  it.each([
    ['12345678901', []],
    ['1234567890', ['np-id-length E0100003']],
    ['123456789012', ['np-id-length E0100003']],
    ['', ['np-id-length E0100003']],
    ['1234567890１', ['np-id-characters E0100002']],
    ['akt12345678', ['np-id-characters E0100002']],
  ])('NP transaction id %j: %j', (id, expected) => {
    expect(checkNpTransactionId(id).map(({ rule, npCode }) => `${rule} ${npCode}`)).toEqual(expected);
  });
});

const mapped = (value: Carrier): Mapped<Carrier> => ({ kind: 'mapped', value, raw: '宅急便' });
const unmapped: Mapped<Carrier> = { kind: 'unmapped', raw: '謎の便' };

describe('checkShipment', () => {
  const facts: ShipmentFacts = { carrier: mapped('yamato'), slipNumber: '1234-5678-9012' };
  const ordinary: ShipmentContext = { contractedCarrier: false, settlementType: '02' };
  const wiz: ShipmentContext = { contractedCarrier: false, settlementType: '03', reportedOn: '2026-04-11' };
  const codes = (change: Partial<ShipmentFacts>, given = ordinary) =>
    checkShipment({ ...facts, ...change }, given).map(({ field, rule, npCode }) => [field, rule, npCode]);

  it.each<[Mapped<Carrier> | null, boolean, string | null, string | null]>([
    [mapped('yamato'), false, null, null],
    [mapped('yamato'), true, null, null],
    [null, true, 'carrier-missing', 'E0100105'],
    [unmapped, true, 'unmapped-carrier', null],
    [mapped('unsupported'), false, 'unsupported-carrier', 'E0100108'],
    [mapped('unsupported'), true, null, null],
    [mapped('contracted'), false, 'carrier-contract', null],
    [mapped('contracted'), true, null, null],
  ])('carrier %j, contract %p: %s', (carrier, contractedCarrier, rule, npCode) => {
    const expected = rule ? [['shipment.carrier', rule, npCode]] : [];
    expect(codes({ carrier }, { ...ordinary, contractedCarrier })).toEqual(expected);
  });

  it.each(['1', 'A'.repeat(20), '1234-5678', 'ab12'])('takes the slip number %s', (slipNumber) => {
    expect(codes({ slipNumber })).toEqual([]);
  });

  it.each([
    ['', 'slip-missing', 'E0100109'],
    ['　', 'slip-missing', 'E0100109'],
    ['A'.repeat(21), 'slip-format', 'E0100110'],
    ['１２３４', 'slip-format', 'E0100110'],
    ['1234 5678', 'slip-format', 'E0100110'],
    ['1234_5678', 'slip-format', 'E0100110'],
  ])('refuses the slip number %j: %s', (slipNumber, rule, npCode) => {
    expect(codes({ slipNumber })).toEqual([['shipment.slipNumber', rule, npCode]]);
  });

  it.each<[string | null | undefined, ShipmentContext, string | null, string | null]>([
    [undefined, wiz, null, null],
    [null, ordinary, null, null],
    ['2026-04-01', wiz, null, null],
    ['2026-04-21', wiz, null, null],
    ['2026-03-31', { ...wiz, reportedOn: undefined }, null, null],
    ['2026-04-01', ordinary, 'invoice-date-forbidden', 'E0100143'],
    [null, wiz, 'invoice-date-required', 'E0100111'],
    ['', wiz, 'invoice-date-required', 'E0100111'],
    ['2026-04-31', wiz, 'date-format', 'EPRO0109'],
    ['2026-03-31', wiz, 'invoice-date-window', 'E0100126'],
    ['2026-04-22', wiz, 'invoice-date-window', 'E0100126'],
  ])('invoice date %p: %#', (billIssuedOn, given, rule, npCode) => {
    const expected = rule ? [['shipment.billIssuedOn', rule, npCode]] : [];
    expect(codes({ billIssuedOn }, given)).toEqual(expected);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (slipNumber, billIssuedOn) => {
          expect(Array.isArray(checkShipment({ carrier: null, slipNumber, billIssuedOn }, wiz))).toBe(true);
        },
      ),
    );
  });

  it('lets exactly those carriers pass without a contract that NP lists by a code of their own', () => {
    const all: Carrier[] = [...(Object.keys(carriers) as (keyof typeof carriers)[]), 'unsupported'];
    for (const carrier of all) {
      const isListed = ![null, '55555'].includes(npCarrierCode(carrier));
      expect(codes({ carrier: mapped(carrier) }).length === 0).toBe(isListed);
    }
  });
});

describe('checkOrder and checkObstacles', () => {
  const order: Order = {
    orderNumber: 'A-1',
    orderedAt: '2026-04-01T10:00:00+09:00',
    changedAt: null,
    status: { kind: 'mapped', value: 'open', raw: '未処理' },
    payment: { kind: 'mapped', value: 'np', raw: 'NP後払い' },
    npWord: null,
    npTransactionId: null,
    settlementType: '02',
    buyer: payload.customer,
    destinations: [],
    lines: payload.goods,
    billedYen: 10_000,
    parcels: [],
    flags: ['subscription'],
    note: '',
  };
  const parcel = (carrier: Mapped<Carrier> | null) => ({ carrier, slipNumber: '', shippedAt: null });
  const all = (of: Order) => [...checkOrder(of), ...checkObstacles(of)];
  const rules = (change: Partial<Order>) => all({ ...order, ...change }).map(({ rule }) => rule);

  it('lets an ordinary order pass', () => {
    expect(all(order)).toEqual([]);
    expect(
      rules({ destinations: [payload.customer], parcels: [parcel(mapped('yamato')), parcel(null)] }),
    ).toEqual([]);
  });

  it.each<[Partial<Order>, string, string, string | null]>([
    [{ destinations: [payload.customer, payload.customer] }, 'destinations', 'several-destinations', null],
    [{ flags: ['several-destinations'] }, 'destinations', 'several-destinations', null],
    [{ flags: ['reservation'] }, 'flags', 'reservation', null],
    [{ payment: { kind: 'unmapped', raw: '後払い' } }, 'payment', 'unmapped-payment', null],
    [{ status: { kind: 'unmapped', raw: '★処理済み' } }, 'status', 'unmapped-status', null],
    [{ parcels: [parcel(unmapped), parcel(unmapped)] }, 'shipment.carrier', 'unmapped-carrier', null],
    [{ parcels: [parcel(mapped('unsupported'))] }, 'shipment.carrier', 'unsupported-carrier', 'E0100108'],
  ])('flags %j', (change, field, rule, npCode) => {
    expect(all({ ...order, ...change })).toEqual([{ field, rule, npCode }]);
  });

  it('takes any mapped carrier under the contract', () => {
    const unsupported = { ...order, parcels: [parcel(mapped('unsupported'))] };
    expect(checkObstacles(unsupported, { contractedCarrier: true })).toEqual([]);
  });

  it('asks for the connection of a mall only where the shop has malls', () => {
    const malls = { 楽天: 'one' };
    const rule = (mall: string | undefined) =>
      checkObstacles({ ...order, ...(mall === undefined ? {} : { mall }) }, { malls }).map(
        (each) => each.rule,
      );
    expect([rule('楽天'), rule('ヤフー'), rule('constructor'), rule(undefined)]).toEqual([
      [],
      ['unmapped-mall'],
      ['unmapped-mall'],
      ['unmapped-mall'],
    ]);
    expect(rules({ mall: 'ヤフー' })).toEqual([]);
  });
});
