import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.js';

/*
 * version (1 byte) · length of the key id (1 byte) · key id · initialisation vector (12) · tag (16) · ciphertext
 */
const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/** Stored data that cannot be opened. Says why, and never what was in it. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
  constructor(readonly reason: 'unknown-key' | 'damaged') {
    super(
      reason === 'unknown-key'
        ? 'The data is encrypted with a key that is not in NP_HUB_ENCRYPTION_KEYS'
        : 'The data is damaged or belongs to another record',
    );
  }
}

/** Bound to its place: the header and the record's id are authenticated with the text. */
const associated = (header: Buffer, recordId: string): Buffer =>
  Buffer.concat([header, Buffer.from(recordId, 'utf8')]);

let drawn = Buffer.alloc(0);

/** Random bytes are drawn for many at once: one draw costs as much as the encryption of a short text. None is given out twice. */
function freshVector(): Buffer {
  if (drawn.length < ivBytes) drawn = randomBytes(ivBytes * 256);
  const vector = drawn.subarray(0, ivBytes);
  drawn = drawn.subarray(ivBytes);
  return vector;
}

/**
 * Encrypts bytes (AES-256-GCM, a random initialisation vector each time) for one record: they open only with the
 * same `recordId`. Put the kind of record into the id where two kinds share ids (`transaction:<id>`).
 */
export function sealBytes(keyring: Keyring, recordId: string, bytes: Uint8Array): Buffer {
  const { id, key } = keyring.current;
  const header = Buffer.concat([Buffer.from([version, id.length]), Buffer.from(id, 'ascii')]);
  const iv = freshVector();
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associated(header, recordId));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), text]);
}

/** Encrypts a value as JSON, like `sealBytes`. */
export const sealJson = (keyring: Keyring, recordId: string, value: unknown): Buffer =>
  sealBytes(keyring, recordId, Buffer.from(JSON.stringify(value), 'utf8'));

/** Opens what `sealBytes` made. Throws `CipherError`. */
export function openBytes(keyring: Keyring, recordId: string, sealed: Buffer): Buffer {
  const headerEnd = 2 + (sealed[1] ?? 0);
  const textStart = headerEnd + ivBytes + tagBytes;
  if (sealed[0] !== version || sealed.length < textStart) throw new CipherError('damaged');
  const header = sealed.subarray(0, headerEnd);
  const key = keyring.dataKeys.get(header.toString('ascii', 2));
  if (!key) throw new CipherError('unknown-key');
  const iv = sealed.subarray(headerEnd, headerEnd + ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(associated(header, recordId));
  decipher.setAuthTag(sealed.subarray(headerEnd + ivBytes, textStart));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textStart)), decipher.final()]);
  } catch {
    throw new CipherError('damaged');
  }
}

/** Opens what `sealJson` made; check the result with a schema. Throws `CipherError`. */
export function openJson(keyring: Keyring, recordId: string, sealed: Buffer): unknown {
  const text = openBytes(keyring, recordId, sealed).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new CipherError('damaged');
  }
}
