import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { NpPayload } from '@np-hub/model';
import { linkFormOf } from './link-form.js';
import { readNotice } from './notices.js';
import { settingsSchema } from './settings.js';

const base = {
  merchantId: '30132',
  serviceId: '002',
  basicUser: 'user',
  basicPassword: 'password',
  hashKey: 'HASH_KEY',
  linkUrl: 'https://stbfep.example.jp/f01/FepBuyInfoReceive.do',
  linkPayMethod: 'np',
};
const settings = settingsSchema.parse(base);

const payload: NpPayload = {
  shopTransactionId: 'T-1',
  shopOrderDate: '2026-11-28',
  settlementType: '02',
  billedYen: 3_300,
  customer: {
    name: '高橋,花子',
    kana: null,
    company: null,
    department: null,
    postalCode: '1000005',
    address: '東京都千代田区丸の内1〜2',
    phone: '0312345678',
    email: 'hanako@example.jp',
  },
  destination: null,
  goods: [
    { name: '見本の品〜①', unitPriceYen: 1_000, quantity: 3 },
    { name: '送料', unitPriceYen: 300, quantity: 1 },
  ],
} as unknown as NpPayload;

const form = (given = settings) =>
  linkFormOf(
    {
      line: { shopTransactionId: 'T-1', payload },
      now: new Date('2026-11-28T03:04:05Z'),
      successUrl: 'https://shop.example.jp/ok',
      cancelUrl: 'https://shop.example.jp/cancel',
      errorUrl: 'https://shop.example.jp/error',
      noticeUrl: 'https://hub.example.jp/n',
    },
    given,
  );

const csv =
  '"CUSTOMER_NAME=高橋,花子",CUSTOMER_NAME_KANA=,COMPANY_NAME=,DEPARTMENT_NAME=,ZIP=1000005,ADDRESS=東京都千代田区丸の内1～2,TEL=0312345678,MAIL=hanako@example.jp,"DEST_CUSTOMER_NAME=高橋,花子",DEST_CUSTOMER_NAME_KANA=,DEST_COMPANY_NAME=,DEST_DEPARTMENT_NAME=,DEST_ZIP=1000005,DEST_ADDRESS=東京都千代田区丸の内1～2,DEST_TEL=0312345678,ORDER_DATE=20261128';

/** Written by hand after the specification: name, then value. */
const written = (): [string, string][] => [
  ['pay_method', 'np'],
  ['merchant_id', '30132'],
  ['service_id', '002'],
  ['cust_code', 'T-1'],
  ['sps_cust_no', ''],
  ['sps_payment_no', ''],
  ['order_id', 'T-1'],
  ['item_id', 'T-1'],
  ['pay_item_id', ''],
  ['item_name', '見本の品～①'],
  ['tax', ''],
  ['amount', '3300'],
  ['pay_type', '0'],
  ['auto_charge_type', ''],
  ['service_type', '0'],
  ['div_settele', ''],
  ['last_charge_month', ''],
  ['camp_type', ''],
  ['tracking_id', ''],
  ['terminal_type', '0'],
  ['success_url', 'https://shop.example.jp/ok'],
  ['cancel_url', 'https://shop.example.jp/cancel'],
  ['error_url', 'https://shop.example.jp/error'],
  ['pagecon_url', 'https://hub.example.jp/n'],
  ['free1', ''],
  ['free2', ''],
  ['free3', ''],
  ['free_csv', iconv.encode(csv, 'cp932').toString('base64')],
  ['dtl_rowno', '1'],
  ['dtl_item_id', '1'],
  ['dtl_item_name', '見本の品～①'],
  ['dtl_item_count', '3'],
  ['dtl_tax', ''],
  ['dtl_amount', '3000'],
  ['dtl_rowno', '2'],
  ['dtl_item_id', '2'],
  ['dtl_item_name', '送料'],
  ['dtl_item_count', '1'],
  ['dtl_tax', ''],
  ['dtl_amount', '300'],
  ['request_date', '20261128120405'],
  ['limit_second', '600'],
];

test('the form has every element, empty ones too, in the order of the specification, and the hash over it', () => {
  const expected = written();
  const text = expected.map(([, value]) => value).join('');
  const hash = createHash('sha1').update(`${text}HASH_KEY`, 'utf8').digest('hex');
  expect(form()?.fields.map(({ name, value }) => [name, value])).toEqual([
    ...expected,
    ['sps_hashcode', hash],
  ]);
  expect(form()).toMatchObject({ url: base.linkUrl, charset: 'Shift_JIS', sendWithinMs: 600_000 });
});

test('without a link type contract there is no form; with 3DES keys free_csv is encrypted', () => {
  expect(form(settingsSchema.parse({ ...base, linkUrl: '' }))).toBeNull();
  const keys = { cipherKey: 'abcdefghijklmnopqrstuvwx', cipherVector: '12345678' };
  const secret = form(settingsSchema.parse({ ...base, ...keys }))?.fields.find(
    ({ name }) => name === 'free_csv',
  );
  expect(Buffer.from(secret?.value ?? '', 'base64').length % 8).toBe(0);
  expect(iconv.decode(Buffer.from(secret?.value ?? '', 'base64'), 'cp932')).not.toContain('CUSTOMER_NAME');
});

/** A notice that SBPS's test environment really sent, as the gem sbpayment keeps it in its examples. */
const recorded =
  'res_payinfo_key=&service_id=001&auto_charge_type=0&free1=&cust_code=498b1fd98ebeb074ff1d50f2e2720a1a&div_settele=0&free3=&res_sps_payment_no=&service_type=0&free2=&sps_hashcode=BE33A23EC4B61A34545E0A485D0897E33383F4DE&order_id=9eb2fced282c5bfc67c2417217ca2682&camp_type=&res_date=20150807161021&amount=980&res_err_code=&last_charge_month=&limit_second=600&pay_type=2&res_payment_date=20150807161021&merchant_id=19788&tracking_id=&res_tracking_id=80312789324671&request_date=20150807161004&pay_item_id=&res_pay_method=&terminal_type=0&res_sps_cust_no=&pay_method=&tax=&item_name=%8Cp%91%B1%89%DB%8B%E0&sps_payment_no=&res_result=OK&item_id=Item+ID&sps_cust_no=';
const recordedSettings = settingsSchema.parse({
  ...base,
  merchantId: '19788',
  serviceId: '001',
  hashKey: '398a58952baf329cac5efbae97ea84ba17028d02',
});
const read = (body: string, given = recordedSettings) =>
  readNotice({ body: Buffer.from(body, 'latin1') }, given);

test('a recorded notice proves itself, whatever the order of its fields', () => {
  const notice = read(recorded);
  expect(notice).toMatchObject({
    kind: 'notice',
    ids: ['80312789324671'],
    news: {
      about: 'purchase',
      purchase: {
        shopTransactionId: '9eb2fced282c5bfc67c2417217ca2682',
        billedYen: 980,
        result: 'done',
        npTransactionId: '/80312789324671',
        credit: { result: 'approved', fixedAt: '2015-08-07T07:10:21.000Z' },
      },
    },
  });
  const shuffled = read(recorded.split('&').toReversed().join('&'));
  expect(JSON.stringify(shuffled)).toBe(JSON.stringify(notice));
  if (notice.kind !== 'notice') throw new Error('not read');
  expect(notice.reply('taken').body.toString()).toBe('OK,');
  expect(notice.reply('refused').body.toString('latin1')).toMatch(/^NG,./u);
});

test('an element that is empty may be missing; one that is not may not, and none stands twice', () => {
  expect(read(recorded.replace('&tax=', '').replace('&free2=', ''))).toMatchObject({ kind: 'notice' });
  expect(read(recorded.replace('&amount=980', ''))).toMatchObject({ reason: 'bad-signature' });
  expect(read(recorded.replace('&merchant_id=19788', ''))).toMatchObject({ reason: 'foreign' });
  expect(read(recorded.replace(/&sps_hashcode=[^&]*/u, '&sps_hashcode='))).toMatchObject({
    reason: 'bad-signature',
  });
  expect(read(`${recorded}&amount=980`)).toMatchObject({ reason: 'malformed' });
});

test.each([
  ['another amount', 'amount=980', 'amount=981', 'bad-signature'],
  ['another result', 'res_result=OK', 'res_result=NG', 'bad-signature'],
  ['another hash', 'BE33', 'BE34', 'bad-signature'],
  ['another merchant', 'merchant_id=19788', 'merchant_id=19789', 'foreign'],
  ['another service', 'service_id=001', 'service_id=002', 'foreign'],
  ['no text of Shift_JIS', '%8Cp', '%8C%00', 'malformed'],
  ['no percent code', '%8Cp', '%ZZ', 'malformed'],
])('%s: refused', (_, from, to, reason) => {
  const answer = read(recorded.replace(from, to));
  expect(answer).toMatchObject({ kind: 'rejected', reason });
  if (answer.kind === 'rejected') expect(answer.reply.body.toString('latin1')).toMatch(/^NG,/u);
});

/** The rule of the notice's hash, written here once more. */
const order =
  'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type free1 free2 free3 request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second'.split(
    ' ',
  );
function signed(values: Record<string, string>): string {
  const text = order.map((name) => values[name] ?? '').join('');
  const hash = createHash('sha1').update(`${text}HASH_KEY`, 'utf8').digest('hex');
  return new URLSearchParams({ ...values, sps_hashcode: hash }).toString();
}

test('a refusal, a purchase that was given up, a word that nobody knows, and a success without its id', () => {
  const values = {
    merchant_id: '30132',
    service_id: '002',
    order_id: 'T-1',
    amount: '3300',
    res_date: '20261128120405',
  };
  const told = (more: Record<string, string>) => read(signed({ ...values, ...more }), settings);
  expect(told({ res_result: 'NG', res_err_code: '71084999' })).toMatchObject({
    kind: 'notice',
    ids: ['T-1'],
    news: {
      purchase: {
        result: 'refused',
        npTransactionId: null,
        credit: null,
        reasons: [{ code: '71084999', known: true }],
      },
    },
  });
  expect(told({ res_result: 'CN' })).toMatchObject({
    news: { purchase: { result: 'ended', reasons: [{ code: 'LINK-ENDED', known: true, actor: 'nobody' }] } },
  });
  expect(told({ res_result: 'PY', res_tracking_id: '1' })).toMatchObject({ reason: 'unknown-kind' });
  expect(told({ res_result: 'OK' })).toMatchObject({ reason: 'unknown-kind' });
});
