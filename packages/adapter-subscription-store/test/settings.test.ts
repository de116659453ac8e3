import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notSent } from '@np-hub/kit';
import { carriers, wordKeys } from '@np-hub/model';
import { carrierCodes } from '../src/data/carriers.js';
import { subscriptionStore as store } from '../src/index.js';

const plain: Record<string, unknown> = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/api-plain.in.json'), 'utf8'),
);
const orderOf = (settings: object, change: object = {}) => {
  const reading = store.readOrder({ ...plain, ...change }, store.settings.parse(settings));
  if (reading.kind !== 'order') throw new Error(`not an order: ${JSON.stringify(reading)}`);
  return reading.order;
};
const shipments = [{ shop_shipping_method_name: 'いつもの便' }];

describe('settings that change the reading', () => {
  it('takes the payment names of the shop for NP, and no others', () => {
    const npPayments = { 'NP後払い（リアルタイム）': '03' };
    const change = { payment_method_name: 'NP後払い(リアルタイム)' };
    expect(orderOf({ npPayments }, change)).toMatchObject({
      payment: { kind: 'mapped', value: 'np' },
      settlementType: '03',
    });
    expect(orderOf({ npPayments }).payment).toEqual({ kind: 'unmapped', raw: 'NP後払い' });
  });

  it('reads a shipping method by its 運送会社コード, before its name', () => {
    const [carrier] = orderOf({ carrierCodes: { いつもの便: '59030' } }, { shipments }).parcels;
    expect(carrier).toMatchObject({ carrier: { kind: 'mapped', value: 'seino', raw: 'いつもの便' } });
    const [unknown] = orderOf({}, { shipments }).parcels;
    expect(unknown?.carrier).toEqual({ kind: 'unmapped', raw: 'いつもの便' });
    expect(store.settings.safeParse({ carrierCodes: { いつもの便: '99999' } }).success).toBe(false);
  });

  it("reads the API's own field names, and not a field that is left out", () => {
    const fieldNames = { orderNumber: 'order.number', note: '', courseNumber: 'course' };
    const change = { order: { number: 'X-1' }, note: '社内用', course: 'C-9' };
    expect(orderOf({ fieldNames }, change)).toMatchObject({
      orderNumber: 'X-1',
      note: '',
      subscription: { courseNumber: 'C-9', count: null, generated: false },
    });
    expect(store.settings.safeParse({ fieldNames: { orderNumber: 'a b' } }).success).toBe(false);
    expect(store.settings.safeParse({ fieldNames: { nothing: 'a' } }).success).toBe(false);
  });
});

describe('files', () => {
  const results = store.file?.results;
  const settings = store.settings.parse({ codWord: '代金引換' });

  it('writes what the cart is to do beside the word', () => {
    const row = (more: object) => results?.row({ orderNumber: 'S1', word: '与信NG', ...more }, settings);
    expect(row({ reasons: ['a', 'b'], instruction: 'change-to-cod' })).toEqual([
      'S1',
      '与信NG',
      '',
      'a b',
      '代金引換',
      '',
    ]);
    expect(row({ npTransactionId: '18110000002', instruction: 'stop-course' })).toEqual([
      'S1',
      '与信NG',
      '18110000002',
      '',
      '',
      '停止',
    ]);
  });

  it('names the result file by the moment in Japan', () => {
    expect(results?.fileName(new Date('2026-11-21T15:00:01Z'))).toBe('np_result_20261122_000001.csv');
  });

  it.each([
    ['order_20261121103000.csv', '2026-11-21T01:30:00.000Z'],
    ['20261121103000 (1).csv', '2026-11-21T01:30:00.000Z'],
    ['order_20261121.csv', undefined],
    ['order_20261399103000.csv', undefined],
    ['123456789012345.csv', undefined],
    ['注文データ.csv', undefined],
  ])('knows when %s was made', (name, at) => {
    expect(store.file?.madeAtOf?.(name)?.toISOString()).toBe(at);
  });

  it('knows no header in two columns of one file', () => {
    for (const { columns } of store.file?.layouts ?? []) {
      const headers = Object.values(columns).flatMap((column) => column.headers);
      expect(headers.filter((header, index) => headers.indexOf(header) !== index)).toEqual([]);
    }
  });
});

describe('data', () => {
  it('has a code for each carrier of NP', () => {
    expect(Object.values(carrierCodes).sort()).toEqual(Object.keys(carriers).sort());
  });

  it('reads its own words back as they are', () => {
    for (const word of new Set(wordKeys.map((key) => store.words[key])))
      if (word !== notSent) expect(orderOf({}, { settlement_status: word }).npWord).toBe(word);
  });
});
