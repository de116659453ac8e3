import { isCommonPassword } from '../../src/accounts/password-rules.js';
import { base32, codeAt, otpauthUri, stepOf, stepOfCode } from '../../src/accounts/totp.js';
import { fromBase32 } from '../support/base32.js';

/** RFC 6238, appendix B: the SHA-1 column. */
const secret = Buffer.from('12345678901234567890');
test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at %i seconds the code is %s', (seconds, code) => {
  const at = new Date(seconds * 1_000);
  expect(codeAt(secret, stepOf(at), 8)).toBe(code);
  expect(stepOfCode(secret, code.slice(2), at)).toBe(stepOf(at));
});

test('a code counts one step before and after its own, and no further', () => {
  const at = new Date(1_234_567_890_000);
  const step = stepOf(at);
  const found = [-2, -1, 0, 1, 2].map((away) => stepOfCode(secret, codeAt(secret, step + away), at));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
  for (const wrong of ['', '1', '1234567', '12345６', 'abcdef'])
    expect(stepOfCode(secret, wrong, at)).toBeNull();
});

/** RFC 4648, 10, without padding. */
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base 32 of %p', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
  expect(fromBase32(encoded).toString()).toBe(text);
});

test('the link for the app carries a login of any letters', () => {
  const uri = new URL(otpauthUri(secret, '花子 @a?b'));
  expect(decodeURIComponent(uri.pathname)).toContain('np-hub:花子 @a?b');
  expect(uri.searchParams.get('secret')).toBe(base32(secret));
});

test.each([
  ['passwordpassword', true],
  ['Password2026!!', true],
  ['!!qwertyuiop12', true],
  ['123456789012', true],
  ['aaaaaaaaaaaaab', true],
  ['correct horse battery', false],
  ['今日はとても良い天気ですね', false],
  ['np-hub-demo-2026', false],
])('%s is common: %p', (password, expected) => {
  expect(isCommonPassword(password)).toBe(expected);
});
