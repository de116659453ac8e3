import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordKeys } from '@np-hub/model';
import { carrierCodes } from '../src/data/carriers.js';
import { makeshop } from '../src/index.js';

const sample = { shopId: 'sampleshop', token: 'PAT.token', apiKey: 'key-0000' };
const plain: Record<string, unknown> = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/plain.in.json'), 'utf8'),
);

function orderOf(settings: object, change: object = {}) {
  const reading = makeshop.readOrder(
    { ...plain, ...change },
    makeshop.settings.parse({ ...sample, ...settings }),
  );
  if (reading.kind !== 'order') throw new Error(`not an order: ${reading.kind}`);
  return reading.order;
}

describe('settings that change the reading', () => {
  it('takes the payment letters of the shop for NP, and no others', () => {
    expect(orderOf({ npPayMethods: ['NP2'] }, { payMethod: 'NP2' }).payment).toMatchObject({ value: 'np' });
    expect(orderOf({ npPayMethods: ['NP2'] }).payment).toEqual({ kind: 'unmapped', raw: 'N' });
  });

  it('reads the status codes of the shop as words', () => {
    const settings = { paymentStatusCodes: { '2001': '審査OK', '2002': '[出荷報告](準備中)' } };
    expect(orderOf(settings, { paymentStatus: '2001' }).npWord).toBe('審査OK');
    expect(orderOf(settings, { paymentStatus: 2002 }).npWord).toBe('出荷報告(準備中)');
    expect(orderOf(settings, { paymentStatus: '2003' }).npWord).toBe('2003');
  });

  it('reads orders of a wiz shop as settlement type 03', () => {
    expect(orderOf({ settlementType: '03' }).settlementType).toBe('03');
  });

  it('flags a reservation from the set number of days on', () => {
    const change = {
      deliveryInfos: [{ ...(plain['deliveryInfos'] as object[])[0], estimatedShipmentDate: '2026/11/23' }],
    };
    expect(orderOf({ reservationDays: 3 }, change).flags).toEqual(['reservation']);
    expect(orderOf({ reservationDays: 4 }, change).flags).toEqual([]);
  });
});

describe('data', () => {
  it('knows every carrier code from 001 to 031 but the one that nobody has seen', () => {
    const codes = Array.from({ length: 31 }, (_, index) => String(index + 1).padStart(3, '0'));
    expect(codes.filter((code) => !Object.hasOwn(carrierCodes, code))).toEqual(['005']);
  });

  it.each([...new Set(wordKeys.map((key) => makeshop.words[key]))])(
    'reads its own word %p back as it is',
    (word) => {
      expect(orderOf({}, { paymentStatus: word }).npWord).toBe(word);
    },
  );
});

describe('webhook', () => {
  const clock = { now: () => new Date('2026-11-21T03:00:00Z') };
  const settings = makeshop.settings.parse({ ...sample, webhookSecret: 'sample-secret' });
  const read = (notice: object) => {
    const timestamp = '1795230000';
    const body = JSON.stringify(notice);
    const signature = createHmac('sha256', 'sample-secret').update(`${timestamp}.${body}`).digest('hex');
    const headers = { 'x-makeshop-signature': signature, 'x-makeshop-request-timestamp': timestamp };
    return makeshop.webhook?.read({ headers, body: Buffer.from(body) }, settings, clock);
  };

  it('names deleted orders apart from changed ones', () => {
    expect(read({ shop_id: 'sampleshop', event: 'order_deleted', orders: ['P1', 'P2'] })).toMatchObject({
      kind: 'hint',
      orderNumbers: [],
      deleted: ['P1', 'P2'],
    });
    expect(read({ shop_id: 'sampleshop', event: 'order_updated', orders: ['P1'] })).toMatchObject({
      kind: 'hint',
      orderNumbers: ['P1'],
      deleted: [],
    });
  });

  it.each([
    { shop_id: 'another', event: 'order_updated', orders: ['P1'] },
    { shop_id: 'sampleshop', event: 'order_exploded', orders: ['P1'] },
    { shop_id: 'sampleshop', event: 'order_updated', orders: [] },
  ])('turns away %j', (notice) => expect(read(notice)).toEqual({ kind: 'rejected', reason: 'malformed' }));
});
