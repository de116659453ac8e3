import { CipherError, openJson, sealJson } from '../src/security/cipher.js';
import { createKeyring } from '../src/security/keyring.js';
import { hashPayload } from '../src/security/payload-hash.js';

const master = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });
const old = createKeyring([master('old', 1)]);
const rotated = createKeyring([master('new', 2), master('old', 1)]);
const record = 'transaction:1';
const value = { name: '髙橋 花子', amounts: [1, 2.5, null] };

function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CipherError) return error.reason;
    throw error;
  }
  return 'opened';
}

test('what was sealed opens, and never looks the same twice', () => {
  const sealed = sealJson(old, record, value);
  expect(openJson(old, record, sealed)).toEqual(value);
  expect(sealed.toString('utf8')).not.toContain('花子');
  expect(sealJson(old, record, value).equals(sealed)).toBe(false);
});

test('it opens for its own record only', () => {
  const sealed = sealJson(old, record, value);
  expect(reasonOf(() => openJson(old, 'transaction:2', sealed))).toBe('damaged');
});

test('a change of any byte is noticed', () => {
  const sealed = sealJson(old, record, value);
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(reasonOf(() => openJson(old, record, changed))).not.toBe('opened');
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(reasonOf(() => openJson(old, record, sealed.subarray(0, length)))).not.toBe('opened');
  }
});

test('after a rotation old data opens, and new data needs the new key', () => {
  expect(openJson(rotated, record, sealJson(old, record, value))).toEqual(value);
  const sealed = sealJson(rotated, record, value);
  expect(openJson(rotated, record, sealed)).toEqual(value);
  expect(reasonOf(() => openJson(old, record, sealed))).toBe('unknown-key');
});

test('a payload hash outlives a rotation, tells payloads apart and needs the key', () => {
  expect(hashPayload(rotated, '{"a":1}')).toBe(hashPayload(old, '{"a":1}'));
  expect(hashPayload(old, '{"a":1}')).toMatch(/^1:[0-9a-f]{64}$/);
  expect(hashPayload(old, '{"a":2}')).not.toBe(hashPayload(old, '{"a":1}'));
  expect(hashPayload(createKeyring([master('other', 3)]), '{"a":1}')).not.toBe(hashPayload(old, '{"a":1}'));
});
