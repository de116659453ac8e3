import { npPayloadSchema, type NpPayload } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import type { TransactionKey } from './rows.js';

/** Names one stored payload. */
export interface PayloadKey extends TransactionKey {
  readonly hash: string;
}

const recordId = (key: PayloadKey): string => `payload:${key.shopId}:${key.transactionId}:${key.hash}`;
const columns = { shop_id: 'uuid', transaction_id: 'uuid', hash: 'text' } as const;
const rowOf = (key: PayloadKey) => ({
  shop_id: key.shopId,
  transaction_id: key.transactionId,
  hash: key.hash,
});

/** Keeps payloads under their hashes, encrypted, so that a lost call can be repeated to the letter. */
export async function storePayloads(
  writes: Writes,
  keyring: Keyring,
  items: readonly (PayloadKey & { readonly payload: NpPayload })[],
  at: string,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    ...rowOf(item),
    sealed: sealJson(keyring, recordId(item), item.payload),
    created_at: at,
  }));
  const { sql, parameters } = unnestRows({ ...columns, sealed: 'bytea', created_at: 'timestamptz' }, rows);
  await writes.query(
    `insert into payloads (shop_id, transaction_id, hash, sealed, created_at)
     select shop_id, transaction_id, hash, sealed, created_at from ${sql} n on conflict do nothing`,
    parameters,
  );
}

/** The payloads under these keys, in their order; undefined where one is not kept any more. */
export async function loadPayloads(
  manager: EntityManager,
  keyring: Keyring,
  keys: readonly PayloadKey[],
): Promise<readonly (NpPayload | undefined)[]> {
  if (keys.length === 0) return [];
  const { sql, parameters } = unnestRows(columns, keys.map(rowOf));
  const rows = await manager.query<
    { shop_id: string; transaction_id: string; hash: string; sealed: Buffer }[]
  >(
    `select p.shop_id, p.transaction_id, p.hash, p.sealed from payloads p join ${sql} k
     on p.shop_id = k.shop_id and p.transaction_id = k.transaction_id and p.hash = k.hash`,
    parameters,
  );
  const sealed = new Map(
    rows.map((row) => [
      recordId({ shopId: row.shop_id, transactionId: row.transaction_id, hash: row.hash }),
      row.sealed,
    ]),
  );
  return keys.map((key) => {
    const found = sealed.get(recordId(key));
    return found && npPayloadSchema.parse(openJson(keyring, recordId(key), found));
  });
}
