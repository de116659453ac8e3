import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { TransactionKey } from '../transactions/rows.js';

/** Notes that the next result file is to carry these orders. Their rows are locked already. */
export async function markResultsDue(manager: EntityManager, keys: readonly TransactionKey[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map(({ shopId, transactionId }) => ({ shop_id: shopId, id: transactionId }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows);
  await manager.query(
    `update transactions t set result_due = true from ${sql} k where t.shop_id = k.shop_id and t.id = k.id`,
    parameters,
  );
}
