import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { OpenShop } from '../shops/shops.js';

/**
 * Of orders with their prints (`OrderRead.print`) those of which the same record has been taken in before and nothing has to be
 * looked at again: taking such a record in would change nothing. An order of which the cart may show another word than ours
 * is none of them.
 */
export async function knownByPrint(
  manager: EntityManager,
  shop: OpenShop,
  prints: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  if (prints.size === 0) return new Set();
  const { sql, parameters } = unnestRows(
    { order_number: 'text', print: 'text' },
    [...prints].map(([orderNumber, print]) => ({ order_number: orderNumber, print })),
    3,
  );
  const rows = await manager.query<{ order_number: string }[]>(
    `select t.order_number from transactions t join ${sql} n on t.order_number = n.order_number
     where t.shop_id = $1 and t.reading_hash = n.print and not t.reread and t.missed_reads = 0
       and not ($2 and t.word_key is not null and t.pushed_word is not null)`,
    [shop.id, shop.adapter.push?.enabled(shop.settings) ?? false, ...parameters],
  );
  return new Set(rows.map((row) => row.order_number));
}
