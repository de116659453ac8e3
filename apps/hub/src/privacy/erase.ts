import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';

export interface ErasableKey {
  readonly shop_id: string;
  readonly id: string;
}

/**
 * Takes the people out of these transactions: order, payloads, notes of staff, what files said, reasons that quote it,
 * and everything that they are found by or recognised again by, in `order_keys` as well (by its trigger). Facts, history and figures stay: they hold hashes and references alone.
 */
export async function eraseBuyers(manager: EntityManager, keys: readonly ErasableKey[]): Promise<void> {
  if (keys.length === 0) return;
  const { sql, parameters } = unnestRows(
    { shop_id: 'uuid', id: 'uuid' },
    keys.map(({ shop_id, id }) => ({ shop_id, id })),
  );
  const orders = await manager.query<{ shop_id: string; order_number: string }[]>(
    `with gone as (
       update transactions t set sealed_order = null, blind = '{}', buyer_keys = '{}' from ${sql} n
       where t.shop_id = n.shop_id and t.id = n.id returning t.shop_id, t.id, t.order_number),
     slips_gone as (
       delete from order_slips s using gone g where s.shop_id = g.shop_id and s.id = g.id),
     payloads_gone as (
       delete from payloads p using gone g where p.shop_id = g.shop_id and p.transaction_id = g.id),
     notes_gone as (
       update desk_entries d set sealed_text = null from gone g
       where d.shop_id = g.shop_id and d.transaction_id = g.id and d.sealed_text is not null)
     select shop_id, order_number from gone`,
    parameters,
  );
  const named = unnestRows({ shop_id: 'uuid', order_number: 'text' }, orders);
  await manager.query(
    `delete from file_parts p using ${named.sql} n where p.shop_id = n.shop_id and p.order_number = n.order_number`,
    named.parameters,
  );
  await manager.query(
    `update import_rows r set sealed_reasons = null from ${named.sql} n, imports i
     where i.id = r.import_id and i.shop_id = n.shop_id and r.order_number = n.order_number
       and r.sealed_reasons is not null`,
    named.parameters,
  );
}
