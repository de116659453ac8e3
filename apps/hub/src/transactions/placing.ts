import type { Word } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { wordKey } from '../words/word-maps.js';

/** Where an order goes at NP, under which number, and what of it nobody understands yet. */
export interface Placing {
  readonly id: string;
  readonly originNumber: string | null;
  readonly connectionId: string;
  readonly merchant: string;
  readonly unmapped: readonly Word[];
  /** Nothing has been sent to NP: until then number and connection follow the cart and the settings. */
  readonly free: boolean;
}

/** Notes the placing of orders whose rows are locked. Work that waits moves to the connection with its order. */
export async function placeOrders(
  manager: EntityManager,
  shopId: string,
  placings: readonly Placing[],
): Promise<void> {
  if (placings.length === 0) return;
  const rows = placings.map(({ id, originNumber, connectionId, merchant, unmapped, free }) => ({
    id,
    origin_number: originNumber,
    connection_id: connectionId,
    merchant,
    unmapped: unmapped.map(wordKey),
    free,
  }));
  const columns = {
    id: 'uuid',
    origin_number: 'text',
    connection_id: 'uuid',
    merchant: 'text',
    unmapped: 'text[]',
    free: 'boolean',
  };
  const { sql, parameters } = unnestRows(columns, rows, 2);
  await manager.query(
    `update transactions t set unmapped = n.unmapped,
       origin_number = case when n.free then n.origin_number else t.origin_number end,
       connection_id = case when n.free then n.connection_id else t.connection_id end,
       merchant = case when n.free then n.merchant else t.merchant end
     from ${sql} n where t.shop_id = $1 and t.id = n.id
       and (t.unmapped, t.origin_number, t.connection_id) is distinct from (n.unmapped, n.origin_number, n.connection_id)`,
    [shopId, ...parameters],
  );
  await manager.query(
    `update effects e set connection_id = n.connection_id from ${sql} n
     where e.shop_id = $1 and e.transaction_id = n.id and e.lane = 'write' and n.free
       and e.connection_id <> n.connection_id`,
    [shopId, ...parameters],
  );
}

/** Notes what nobody understands of orders whose numbers and connections stay as they are. Their rows are locked. */
export async function noteWords(
  manager: EntityManager,
  orders: readonly (Pick<Placing, 'id' | 'unmapped'> & { readonly shopId: string })[],
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ shopId, id, unmapped }) => ({
    shop_id: shopId,
    id,
    unmapped: unmapped.map(wordKey),
  }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid', unmapped: 'text[]' }, rows);
  await manager.query(
    `update transactions t set unmapped = n.unmapped from ${sql} n where t.shop_id = n.shop_id and t.id = n.id`,
    parameters,
  );
}
