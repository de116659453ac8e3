import {
  currentAttempt,
  type DuplicateView,
  type Facts,
  type LookalikeView,
  type State,
} from '@np-hub/model';
import type { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { orderRecordId, storedOrderSchema } from '../intake/stored-order.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { maskName } from '../security/mask.js';
import type { TransactionKey } from '../transactions/rows.js';

interface Row {
  readonly shop_id: string;
  readonly shop_name: string;
  readonly id: string;
  readonly order_number: string;
  readonly ordered_at: Date;
  readonly billed_yen: string;
  readonly state: State;
  readonly sealed_order: Buffer | null;
}

/** 先に登録された取引の情報と、一部が同じ: NP holds the order because of an earlier one. */
const earlierOrderCode = 'RE027';
const mostShown = 5;
const daysBack = 60;
const mostGoods = 5;

const columns = `y.shop_id, s.name as shop_name, y.id, y.order_number, y.ordered_at, y.billed_yen, y.state, y.sealed_order`;

/** The orders that a transaction looks like, for its page; null where there is no question of that kind. */
export async function duplicateViewOf(
  { database, keyring, user }: { database: DataSource; keyring: Keyring; user: SignedInUser },
  key: TransactionKey,
  facts: Facts,
): Promise<DuplicateView | null> {
  const { duplicate } = facts;
  const held = isHeldForEarlier(facts);
  if (!duplicate && !held) return null;
  const ids = duplicate?.others.map(({ transactionId }) => transactionId) ?? [];
  const rows = held ? await earlierOf(database, key) : await namedOf(database, ids);
  const visible = rows.filter(({ shop_id: shopId }) => !user.shopIds || user.shopIds.includes(shopId));
  return {
    why: held ? 'held-by-np' : 'same-total',
    waits: duplicate !== null && duplicate.hold && !duplicate.genuine && facts.attempts.length === 0,
    genuine: duplicate?.genuine ?? false,
    hidden: rows.length - visible.length,
    others: visible.map((row) => viewOf(keyring, row, user.role === 'viewer')),
  };
}

const isHeldForEarlier = (facts: Facts): boolean => {
  const credit = currentAttempt(facts)?.credit;
  return credit?.result === 'held' && credit.reasons.some(({ code }) => code === earlierOrderCode);
};

const namedOf = (database: DataSource, ids: readonly string[]): Promise<Row[]> =>
  database.query(
    `select ${columns} from transactions y join shops s on s.id = y.shop_id where y.id = any($1::uuid[])
     order by y.ordered_at desc, y.id`,
    [ids],
  );

/** Orders of the same buyer that were placed before, whatever their totals: which of them NP means it does not say. */
const earlierOf = (database: DataSource, { shopId, transactionId }: TransactionKey): Promise<Row[]> =>
  database.query(
    `select ${columns} from transactions x
     join order_keys k on k.merchant = x.merchant and k.buyer_keys && x.buyer_keys and k.id <> x.id
     join transactions y on y.shop_id = k.shop_id and y.id = k.id
       and y.ordered_at <= x.ordered_at and y.ordered_at > x.ordered_at - interval '${daysBack} days'
     join shops s on s.id = y.shop_id
     where x.shop_id = $1 and x.id = $2 order by y.billed_yen <> x.billed_yen, y.ordered_at desc, y.id limit ${mostShown}`,
    [shopId, transactionId],
  );

function viewOf(keyring: Keyring, row: Row, masked: boolean): LookalikeView {
  const stored =
    row.sealed_order &&
    storedOrderSchema.parse(openJson(keyring, orderRecordId(row.shop_id, row.id), row.sealed_order));
  const name = stored?.order.buyer.name ?? '';
  return {
    shopId: row.shop_id,
    shopName: row.shop_name,
    id: row.id,
    orderNumber: row.order_number,
    orderedAt: row.ordered_at.toISOString(),
    billedYen: Number(row.billed_yen),
    state: row.state,
    buyerName: masked ? maskName(name) : name,
    goods: (stored?.order.lines ?? [])
      .slice(0, mostGoods)
      .map(({ name: goods, quantity }) => `${goods} × ${quantity}`),
  };
}
