import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, writeRequest, type Field } from './document.js';
import { linkFormOf } from './link-form.js';
import { readNotice } from './notices.js';
import { cancelFieldsOf, purchaseFieldsOf, settlementFieldsOf } from './requests.js';
import { settingsSchema } from './settings.js';

/** Documents that other software has made: see `golden/make.py`. */
const golden = (name: string): Buffer => readFileSync(join(__dirname, '../golden', name));
const keys = { cipherKey: 'abcdefghijklmnopqrstuvwx', cipherVector: '12345678' };
const settingsOf = (more: object = {}) =>
  settingsSchema.parse({
    merchantId: '30132',
    serviceId: '002',
    basicUser: 'user',
    basicPassword: 'password',
    hashKey: 'golden-hash-key-0123456789',
    linkUrl: 'https://stbfep.example.jp/f01/FepBuyInfoReceive.do',
    linkPayMethod: 'np',
    ...more,
  });
const plain = settingsOf();
const now = new Date('2026-11-21T03:00:00Z');
const line = {
  shopTransactionId: 'G-1',
  npTransactionId: 'B30132002ST010010171000000001/20000000001001',
  carrierCode: '59010',
  slipNumber: '1234-5678-9012',
  billIssuedOn: null,
  payload: {
    shopOrderDate: '2026-11-20',
    settlementType: '02' as const,
    billedYen: 5_500,
    customer: {
      name: '髙橋 花子',
      kana: 'タカハシ ハナコ',
      postalCode: '1070052',
      address: '東京都港区赤坂1-2-3 見本ビル①',
      phone: '0312345678',
      email: 'hanako@example.jp',
    },
    destination: null,
    goods: [
      // The wave dash of Unix: Windows and Java write the other one.
      { name: '煎茶〜限定 ㈱見本', unitPriceYen: 2_500, quantity: 2 },
      { name: '送料', unitPriceYen: 600, quantity: 1 },
      { name: '値引き', unitPriceYen: -100, quantity: 1 },
    ],
  },
};

test.each([
  ['purchase.xml', 'ST01-00101-710', (of: typeof plain) => purchaseFieldsOf(line, of, now), {}],
  ['purchase-3des.xml', 'ST01-00101-710', (of: typeof plain) => purchaseFieldsOf(line, of, now), keys],
  ['settlement.xml', 'ST02-00202-710', (of: typeof plain) => settlementFieldsOf(line, of, now), {}],
  ['cancel.xml', 'ST02-00306-710', (of: typeof plain) => cancelFieldsOf(line, of, now), {}],
] as [string, string, (of: typeof plain) => readonly Field[], object][])(
  '%s: the request is the very bytes of the other software, hash, Base64 and 3DES included',
  (name, id, fields, more) => {
    const settings = settingsOf(more);
    const made = writeRequest(id, fields(settings), settings);
    expect(made.toString('latin1')).toBe(golden(name).toString('latin1'));
  },
);

test('notices with indented lines and a hash in capitals prove themselves; one changed byte does not', () => {
  const approved = golden('notice-approved.xml');
  expect(readNotice({ body: approved }, plain)).toMatchObject({
    kind: 'notice',
    ids: ['B30132002ST010010171000000001', '20000000001001'],
    news: { about: 'credit', credit: { result: 'approved' } },
  });
  expect(readNotice({ body: golden('notice-lapsed.xml') }, plain)).toMatchObject({
    kind: 'notice',
    news: { about: 'lapse' },
  });
  // The full-width tilde within, which is part of what is hashed.
  const at = approved.indexOf(bytesOf('～'));
  expect(at).toBeGreaterThan(0);
  const changed = Buffer.from(approved);
  changed.write('\x81\x5f', at, 'latin1');
  expect(readNotice({ body: changed }, plain)).toMatchObject({ kind: 'rejected', reason: 'bad-signature' });
});

test.each([
  ['link-form.json', {}],
  ['link-form-3des.json', keys],
])('%s: the form of the link type, element by element', (name, more) => {
  const form = linkFormOf(
    {
      line,
      now,
      successUrl: 'https://shop.example.jp/ok',
      cancelUrl: 'https://shop.example.jp/cancel',
      errorUrl: 'https://shop.example.jp/error',
      noticeUrl: 'https://hub.example.jp/n',
    },
    settingsOf(more),
  );
  expect(form?.fields.map(({ name: field, value }) => [field, value])).toEqual(
    JSON.parse(golden(name).toString('utf8')),
  );
});
