import type { OtherOrder } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows, type BulkColumns } from '../database/bulk.js';
import type { TransactionKey } from '../transactions/rows.js';
import type { Working } from '../transactions/working.js';

/** An order that may be another one's repetition, with the others, the latest first. */
export interface Lookalike extends TransactionKey {
  /** By the shop's rule: it waits for an answer, or is only pointed out. */
  readonly hold: boolean;
  readonly others: readonly OtherOrder[];
}

const daysApart = 30;
const mostOthers = 3;
/** What has ended bills nobody: who orders again after that means it. */
const ended = ['cancelled', 'released', 'rejected'];

/** One buyer and one total in one merchant, placed within days, and not the one sale that two shops have. */
const alike = (
  others: string,
): string => `${others}.billed_yen = x.billed_yen and ${others}.state <> all($1) and exists (
    select 1 from order_keys k where k.shop_id = ${others}.shop_id and k.id = ${others}.id and ${sameBuyer})`;

/** By what orders are found by (`k`), without a look at the orders themselves. */
const sameBuyer = `k.merchant = x.merchant and k.buyer_keys && x.buyer_keys and k.np_number <> x.np_number
  and k.ordered_at between x.ordered_at - interval '${daysApart} days' and x.ordered_at + interval '${daysApart} days'`;

/**
 * Those of these orders that look like another one which NP may have, or which was placed before. Of two that wait
 * together only the later one is asked about, whoever looks first; an answer about the one counts for the other as well.
 * Orders that a course makes, and those that NP has heard of, are left out.
 */
export function lookalikesOf(
  manager: EntityManager,
  keys: readonly TransactionKey[],
): Promise<readonly Lookalike[]> {
  const rows = keys.map(({ shopId, transactionId }) => ({ shop_id: shopId, id: transactionId }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows, 2);
  const x = `(select ${Object.keys(comparedColumns)
    .map((name) => `t.${name}`)
    .join(', ')} from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id)`;
  return rows.length === 0 ? Promise.resolve([]) : lookalikesAmong(manager, x, parameters);
}

/** The same of new orders that are not written yet (`now`: when they will have come). */
export function lookalikesOfUnwritten(
  manager: EntityManager,
  unwritten: readonly Working[],
  now: string,
): Promise<readonly Lookalike[]> {
  const rows = unwritten.flatMap(({ key, create, facts, npNumber }) =>
    create && facts
      ? [
          {
            shop_id: key.shopId,
            id: key.transactionId,
            merchant: create.merchant,
            np_number: npNumber,
            order_number: create.orderNumber,
            buyer_keys: create.buyerKeys,
            billed_yen: facts.wanted.payload.billedYen,
            recurring: create.recurring,
            ordered_at: create.orderedAt,
            created_at: now,
          },
        ]
      : [],
  );
  const { sql, parameters } = unnestRows(comparedColumns, rows, 2);
  return rows.length === 0 ? Promise.resolve([]) : lookalikesAmong(manager, sql, parameters);
}

/** By what an order is compared with others. */
const comparedColumns = {
  shop_id: 'uuid',
  id: 'uuid',
  merchant: 'text',
  np_number: 'text',
  order_number: 'text',
  buyer_keys: 'text[]',
  billed_yen: 'bigint',
  recurring: 'boolean',
  ordered_at: 'timestamptz',
  created_at: 'timestamptz',
} as const satisfies BulkColumns;

/** `orders`: those that are looked at, as SQL with the compared columns, over parameters from the second on. */
async function lookalikesAmong(
  manager: EntityManager,
  orders: string,
  parameters: readonly unknown[],
): Promise<readonly Lookalike[]> {
  const pairs = await manager.query<(TransactionKey & { hold: boolean; other: OtherOrder })[]>(
    `select x.shop_id as "shopId", x.id as "transactionId", coalesce(s.policies->>'duplicates', 'ask') = 'ask' as hold,
       json_build_object('shopId', y.shop_id, 'transactionId', y.id, 'orderNumber', y.order_number) as other
     from ${orders} x join shops s on s.id = x.shop_id
     cross join lateral (
       select y.shop_id, y.id, y.order_number, y.ordered_at from order_keys k
         join transactions y on y.shop_id = k.shop_id and y.id = k.id
       where ${sameBuyer} and y.billed_yen = x.billed_yen and y.state <> all($1)
         and ((y.ordered_at, y.created_at, y.order_number, y.shop_id, y.id)
             < (x.ordered_at, x.created_at, x.order_number, x.shop_id, x.id)
           or exists (select 1 from attempts a where a.shop_id = y.shop_id and a.transaction_id = y.id))
         and not exists (select 1 from json_array_elements(case when y.facts->'duplicate'->>'genuine' = 'true'
           then y.facts->'duplicate'->'others' else '[]' end) o where o->>'transactionId' = x.id::text)
       order by y.ordered_at desc, y.shop_id, y.id limit ${mostOthers}) y
     where not x.recurring and coalesce(s.policies->>'duplicates', 'ask') <> 'off'
       and not exists (select 1 from attempts a where a.shop_id = x.shop_id and a.transaction_id = x.id)
     order by x.shop_id, x.id, y.ordered_at desc, y.shop_id, y.id`,
    [ended, ...parameters],
  );
  const found = new Map<string, Lookalike & { readonly others: OtherOrder[] }>();
  for (const { other, ...order } of pairs) {
    const known = found.get(order.transactionId) ?? { ...order, others: [] };
    known.others.push(other);
    found.set(order.transactionId, known);
  }
  return [...found.values()];
}

/** Questions that nothing stands behind any more: the others have ended, have changed, or the shop does not ask. */
export function settledQuestions(manager: EntityManager, limit: number): Promise<readonly TransactionKey[]> {
  return manager.query<TransactionKey[]>(
    `select x.shop_id as "shopId", x.id as "transactionId" from transactions x join shops s on s.id = x.shop_id
     where x.state = 'blocked' and 'possible-duplicate' = any(x.attentions)
       and (coalesce(s.policies->>'duplicates', 'ask') <> 'ask' or not exists (
         select 1 from json_array_elements(x.facts->'duplicate'->'others') o
         join transactions y on y.shop_id = (o->>'shopId')::uuid and y.id = (o->>'transactionId')::uuid
         where ${alike('y')}))
     order by x.shop_id, x.id limit ${limit} for update of x skip locked`,
    [ended],
  );
}
