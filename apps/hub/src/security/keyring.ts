import { hkdfSync } from 'node:crypto';

/** A key as the operator gives it. Nothing is encrypted with it directly: see `createKeyring`. */
export interface MasterKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** The keys that the hub works with. */
export interface Keyring {
  /** Encrypts what is written from now on. */
  readonly current: { readonly id: string; readonly key: Buffer };
  /** Every key that stored data may be encrypted with. */
  readonly dataKeys: ReadonlyMap<string, Buffer>;
  readonly blindIndexKey: Buffer;
  readonly payloadHashKey: Buffer;
  readonly auditKey: Buffer;
}

const keyBytes = 32;
const keyPattern = /^([a-z0-9][a-z0-9-]{0,31}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `<id>:<base64 of 32 bytes>[,<older id>:<base64>…]`. Null where any part of it is not of that form or an id
 * comes twice: the caller knows what the text is called, and the text itself may not appear in a message.
 */
export function parseMasterKeys(text: string): readonly MasterKey[] | null {
  const keys = text.split(/[,\s]+/u).filter((part) => part !== '');
  const parsed = keys.flatMap((part) => {
    const [, id, base64] = keyPattern.exec(part) ?? [];
    return id && base64 ? [{ id, secret: Buffer.from(base64, 'base64') }] : [];
  });
  const ids = new Set(parsed.map(({ id }) => id));
  const whole = parsed.length > 0 && parsed.length === keys.length && ids.size === keys.length;
  return whole && parsed.every(({ secret }) => secret.length === keyBytes) ? parsed : null;
}

const derive = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `np-hub ${purpose} v1`, keyBytes));

/**
 * Derives one key for each purpose (HKDF-SHA256). The first master key encrypts; all of them decrypt. Blind indexes,
 * payload hashes and the audit trail hang on the LAST one, the oldest: a new key is put in front, and what is already found by hash
 * stays found. The last key therefore has to stay in the list for good. `currentId`: another key than the first one
 * encrypts, so that a new key is known to every hub before one of them uses it.
 */
export function createKeyring(masterKeys: readonly MasterKey[], currentId?: string): Keyring {
  const first = currentId === undefined ? masterKeys[0] : masterKeys.find(({ id }) => id === currentId);
  const root = masterKeys.at(-1);
  if (!first || !root) throw new Error('A keyring needs at least one key');
  const dataKeys = new Map(masterKeys.map(({ id, secret }) => [id, derive(secret, 'data')]));
  return {
    current: { id: first.id, key: derive(first.secret, 'data') },
    dataKeys,
    blindIndexKey: derive(root.secret, 'blind index'),
    payloadHashKey: derive(root.secret, 'payload hash'),
    auditKey: derive(root.secret, 'audit trail'),
  };
}

/** Lets a ring that is in use know other keys: whoever holds it works with them from now on. */
export function renewKeyring(keyring: Keyring, masterKeys: readonly MasterKey[]): void {
  Object.assign(keyring, createKeyring(masterKeys));
}
