import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';
import type { OrderColumns, TransactionKey } from './rows.js';

/**
 * Notes the slip numbers that these orders are found by, beside those that they had before: who has the label of a
 * parcel that was sent under another number finds its order as well.
 */
export async function noteSlips(
  writes: Writes,
  orders: readonly (TransactionKey & { readonly order: Pick<OrderColumns, 'slips'> | null })[],
): Promise<void> {
  const rows = orders.flatMap(({ shopId, transactionId, order }) =>
    (order?.slips ?? []).map((slip) => ({ shop_id: shopId, id: transactionId, slip })),
  );
  if (rows.length === 0) return;
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid', slip: 'text' }, rows);
  await writes.query(
    `insert into order_slips (shop_id, id, slip) select shop_id, id, slip from ${sql} n on conflict do nothing`,
    parameters,
  );
}
