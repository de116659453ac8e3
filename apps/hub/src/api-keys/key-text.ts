import { createHash, randomInt, randomBytes } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const form = /^(nph_[a-z0-9]{10})_([A-Za-z0-9_-]{43})$/u;

/** A key as a client sends it, in its two parts. */
export interface KeyParts {
  /** `nph_` and the id: may be shown and logged. */
  readonly prefix: string;
  /** 256 random bits: a fast hash is enough, nobody can try them all. */
  readonly secret: string;
}

export const newKeyParts = (): KeyParts => ({
  prefix: `nph_${Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')}`,
  secret: randomBytes(32).toString('base64url'),
});

/** Null for anything that is no key of ours. */
export function keyPartsOf(text: string): KeyParts | null {
  const [, prefix, secret] = form.exec(text) ?? [];
  return prefix && secret ? { prefix, secret } : null;
}

/** What the database holds: who reads it cannot use a key. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
