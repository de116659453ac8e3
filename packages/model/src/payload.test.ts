import fc from 'fast-check';
import { npPayloadSchema, type NpPayload, type Order, type Party } from './order.js';
import { canonicalJson, toNpPayload } from './payload.js';

const buyer: Party = {
  name: ' 山田  太郎 ',
  kana: 'ﾔﾏﾀﾞ ﾀﾛｳ',
  company: ' ',
  postalCode: '１０７００５２',
  address: '東京(23区内)港区赤坂１ー２ー３',
  phone: '+81 3-1234-5678',
  email: ' taro@example.jp ',
};

const order: Order = {
  orderNumber: 'A-1',
  orderedAt: '2026-03-31T16:30:00Z',
  changedAt: null,
  status: { kind: 'mapped', value: 'open', raw: '未処理' },
  payment: { kind: 'mapped', value: 'np', raw: 'NP後払い' },
  npWord: null,
  npTransactionId: null,
  settlementType: '03',
  buyer,
  destinations: [],
  lines: [
    { name: 'りんご〜', unitPriceYen: 1000, quantity: 2 },
    { name: '値引き', unitPriceYen: -200, quantity: 1 },
  ],
  billedYen: 1800,
  parcels: [],
  flags: [],
  note: '',
};

const customer: NpPayload['customer'] = {
  name: '山田　太郎',
  kana: 'ヤマダ　タロウ',
  postalCode: '107-0052',
  address: '東京都港区赤坂1-2-3',
  phone: '0312345678',
  email: 'taro@example.jp',
};

describe('toNpPayload', () => {
  it('gives the safe normal form, the day in Japan, and no blank fields', () => {
    const payload = toNpPayload(order, {});
    expect(payload).toStrictEqual({
      shopOrderDate: '2026-04-01',
      settlementType: '03',
      billedYen: 1800,
      customer,
      destination: null,
      goods: [
        { name: 'りんご～', unitPriceYen: 1000, quantity: 2 },
        { name: '値引き', unitPriceYen: -200, quantity: 1 },
      ],
    });
    expect(npPayloadSchema.parse(payload)).toStrictEqual(payload);
  });

  it('takes a destination that differs only in form, kana or mail for the buyer', () => {
    const same = { ...buyer, kana: undefined, phone: '03-1234-5678', email: 'other@example.jp' };
    expect(toNpPayload({ ...order, destinations: [same] }, {}).destination).toBeNull();
  });

  it.each(['name', 'company', 'department', 'postalCode', 'address', 'phone'] as const)(
    'sends a destination whose %s differs, without a mail address',
    (field) => {
      const { destination } = toNpPayload({ ...order, destinations: [{ ...buyer, [field]: '別' }] }, {});
      const { email: _email, ...expected } = { ...customer, [field]: '別' };
      expect(destination).toStrictEqual(expected);
    },
  );

  it('lays corrections over the cart data before it normalises', () => {
    const corrections = { 'buyer.phone': { value: '０９０−１２３４−５６７８', replaced: buyer.phone } };
    expect(toNpPayload(order, corrections).customer.phone).toBe('09012345678');
  });

  it('leaves a date that cannot be read empty instead of throwing', () => {
    expect(toNpPayload({ ...order, orderedAt: 'きのう' }, {}).shopOrderDate).toBe('');
  });
});

describe('canonicalJson', () => {
  it('sorts keys on every level and leaves out what is undefined', () => {
    const payload = toNpPayload(order, {});
    const shuffled: NpPayload = {
      goods: payload.goods.map(({ name, unitPriceYen, quantity }) => ({ quantity, unitPriceYen, name })),
      destination: null,
      customer: {
        ...Object.fromEntries(Object.entries(customer).reverse()),
        ...customer,
        company: undefined,
      },
      billedYen: 1800,
      settlementType: '03',
      shopOrderDate: '2026-04-01',
    };
    expect(canonicalJson(shuffled)).toBe(canonicalJson(payload));
    expect(canonicalJson(payload)).toBe(
      '{"billedYen":1800,"customer":{"address":"東京都港区赤坂1-2-3","email":"taro@example.jp","kana":"ヤマダ　タロウ",' +
        '"name":"山田　太郎","phone":"0312345678","postalCode":"107-0052"},"destination":null,"goods":[' +
        '{"name":"りんご～","quantity":2,"unitPriceYen":1000},{"name":"値引き","quantity":1,"unitPriceYen":-200}],' +
        '"settlementType":"03","shopOrderDate":"2026-04-01"}',
    );
  });

  it('keeps everything that is in the payload, in the order of the goods', () => {
    const line = fc.record({
      name: fc.string({ unit: 'binary' }),
      unitPriceYen: fc.integer(),
      quantity: fc.integer(),
    });
    fc.assert(
      fc.property(fc.array(line), fc.string({ unit: 'binary' }), (lines, name) => {
        const payload = toNpPayload({ ...order, lines, buyer: { ...buyer, name } }, {});
        expect(JSON.parse(canonicalJson(payload))).toEqual(payload);
      }),
    );
  });
});
