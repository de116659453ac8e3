import { bytesOf, decrypted, encrypted, hashOf, readDocument, textOf } from './document.js';
import { explain, partsOfCode, sbpsCodeCards } from './codes.js';
import { readNotice } from './notices.js';
import { settingsSchema } from './settings.js';
import { termsOf } from './terms.js';
import { compactTime, isoTime } from './time.js';

const settings = settingsSchema.parse({
  merchantId: '30132',
  serviceId: '002',
  basicUser: 'user',
  basicPassword: 'password',
  hashKey: 'HASH_KEY',
});

/** Made by other software: Python's hashlib over its own cp932. */
test('the hash is taken over the plain texts in their order, blanks around them aside, in code page 932', () => {
  const fields = [
    { name: 'merchant_id', content: '30132' },
    { name: 'item_name', content: ' 見本の品～①㈱ ' },
    { name: 'empty', content: '' },
    { name: 'pay_method_info', content: [{ name: 'name', content: '高橋' }] },
    { name: 'sps_hashcode', content: 'not of itself' },
  ];
  expect(hashOf(fields, settings)).toBe('d267ae3a05e11ea0878635406d44d7d051c7a00d');
});

test('a character that Windows has twice goes as Windows and Java write it', () => {
  expect(bytesOf('髙').toString('hex')).toBe('fbfc');
});

test('3DES as openssl has it, filled up with blanks', () => {
  const keys = { cipherKey: 'abcdefghijklmnopqrstuvwx', cipherVector: '12345678' };
  const secret = encrypted(Buffer.from('TEST'), keys);
  expect(secret).toBe('UZUNrpmCWY4=');
  expect(decrypted(secret, keys)).toBe('TEST');
  expect(decrypted('nonsense', keys)).toBeNull();
});

describe('documents', () => {
  const wrapped = (inner: string, head = '<?xml version="1.0" encoding="Shift_JIS"?>') =>
    readDocument(
      Buffer.from(`${head}<sps-api-response id="X">${inner}</sps-api-response>`),
      'sps-api-response',
    );

  test('no number is made of a text, and what stands twice is no answer', () => {
    const read = wrapped('<a>0012</a><b>1</b><b>2</b>');
    expect(textOf(read?.fields ?? [], 'a')).toBe('0012');
    expect(textOf(read?.fields ?? [], 'b')).toBeUndefined();
  });

  test('entities are not blown up, and a document that brings its own is none', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    expect(wrapped('<a>&b;</a>', bomb)).toBeNull();
    expect(textOf(wrapped('<a>&b;</a>')?.fields ?? [], 'a')).toBe('&b;');
  });

  test.each(['', '<a', '{"a":1}', '<sps-api-response>no id</sps-api-response>'])('%j is none', (text) => {
    expect(readDocument(Buffer.from(text), 'sps-api-response')).toBeNull();
  });
});

describe('codes', () => {
  test('read by method, type and field', () => {
    expect(partsOfCode('71005004')).toEqual({ method: '710', type: '05', field: '004' });
    expect(partsOfCode('E0100113')).toBeNull();
    expect(explain('71005008')).toEqual({
      code: '71005008',
      known: true,
      actor: 'shop',
      fields: ['billedYen'],
    });
    expect(explain('71099004')).toMatchObject({ known: false, fields: ['shopTransactionId'] });
  });

  test('every type of code has a card for 710 and for all methods', () => {
    const known = new Set(sbpsCodeCards.map(({ code }) => code));
    expect(known.has('71009999') && known.has('99909999') && known.has('71003025')).toBe(true);
  });
});

test('its own sixteen carriers, and neither JAD nor a contract', () => {
  const { carriers, settleWithinDays } = termsOf(settings);
  expect(carriers).toHaveLength(16);
  expect(carriers).not.toEqual(expect.arrayContaining(['jad-courier']));
  expect(carriers).not.toEqual(expect.arrayContaining(['contracted']));
  expect(settleWithinDays).toBe(80);
});

test('times are those of Japan', () => {
  expect(compactTime(new Date('2026-12-31T15:00:01Z'))).toBe('20270101000001');
  expect(isoTime('20270101000001')).toBe('2026-12-31T15:00:01.000Z');
  expect([isoTime('20260230000000'), isoTime('2026'), isoTime(undefined)]).toEqual([null, null, null]);
});

test('a notice with the ids of a function that the settings do not name is never taken', () => {
  const fields = [
    { name: 'merchant_id', content: '30132' },
    { name: 'service_id', content: '002' },
    { name: 'tracking_id', content: '1' },
  ];
  const inner = fields.map(({ name, content }) => `<${name}>${content}</${name}>`).join('');
  const body = (id: string) =>
    Buffer.from(
      `<sps-api-request id="${id}">${inner}<sps_hashcode>${hashOf(fields, settings)}</sps_hashcode></sps-api-request>`,
    );
  expect(readNotice({ body: body('NT09-00101-710') }, settings)).toMatchObject({
    kind: 'rejected',
    reason: 'unknown-kind',
  });
  expect(readNotice({ body: body('NT01-00104-710') }, settings)).toMatchObject({
    kind: 'notice',
    ids: ['1'],
  });
});
