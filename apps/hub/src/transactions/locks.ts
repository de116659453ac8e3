import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { TransactionKey } from './rows.js';

/**
 * Locks these transactions until the database transaction ends. Everybody locks them in one order, and before any
 * effect of theirs, so that two batches wait for each other instead of dying in a deadlock.
 */
export async function lockTransactions(
  manager: EntityManager,
  keys: readonly TransactionKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map((key) => ({ shop_id: key.shopId, id: key.transactionId }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows);
  await manager.query(
    `select 1 from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id
     order by t.shop_id, t.id for update of t`,
    parameters,
  );
}
