import type { EntityManager } from 'typeorm';
import { atOnce } from '../database/at-once.js';
import type { Routed } from '../shops/routes.js';
import { npNumberOf } from '../transactions/reading.js';
import type { NewTransaction } from '../transactions/rows.js';
import type { Taken } from './taken.js';

/** Names one sale: the merchant with the number that NP and the buyer know. */
export const saleOf = ({ order, route: { merchant } }: Routed): string => `${merchant}/${npNumberOf(order)}`;

/**
 * Those of these sales that the merchants have here already: in another shop, or under another number of the same one. Until
 * the database transaction ends nobody else adds to them. `single`: carts ask about them one by one.
 */
export async function salesHere(
  manager: EntityManager,
  orders: readonly Routed[],
  { single }: { readonly single: boolean },
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set();
  const merchants = [...new Set(orders.map(({ route }) => route.merchant))];
  // Asked for at once, and looked for after the turn has come.
  const [, rows] = await atOnce([
    single ? takeTurnsBySale(manager, merchants, orders.map(saleOf)) : takeTurns(manager, merchants),
    manager.query<{ merchant: string; np_number: string }[]>(
      `select distinct merchant, np_number from order_keys where merchant = any($1) and np_number = any($2)`,
      [merchants, orders.map(({ order }) => npNumberOf(order))],
    ),
  ]);
  return new Set(rows.map(({ merchant, np_number: number }) => `${merchant}/${number}`));
}

/**
 * Until this database transaction ends, no other one takes new orders of these merchants: of two shops that read one
 * sale at the same moment, the second sees what the first has made of it.
 */
async function takeTurns(manager: EntityManager, merchants: readonly string[]): Promise<void> {
  await manager.query(
    `select pg_advisory_xact_lock(hashtextextended('new orders of ' || merchant, 0))
     from unnest($1::text[]) as merchant`,
    [[...merchants].sort()],
  );
}

/**
 * For single sales: those of one merchant do not wait for each other, unless it is the same sale, or a page of
 * orders that is taken in meanwhile.
 */
async function takeTurnsBySale(
  manager: EntityManager,
  merchants: readonly string[],
  sales: readonly string[],
): Promise<void> {
  await manager.query(
    `select pg_advisory_xact_lock_shared(hashtextextended('new orders of ' || merchant, 0))
     from unnest($1::text[]) as merchant
     union all select pg_advisory_xact_lock(hashtextextended('new sale ' || sale, 0)) from unnest($2::text[]) as sale`,
    [[...merchants].sort(), [...sales].sort()],
  );
}

/**
 * New orders whose sale is not `here` yet, and that share neither sale nor buyer with another new one of these: nothing that
 * is found out about one depends on another's row.
 */
export function aloneAmong(taken: readonly Taken[], here: ReadonlySet<string>): ReadonlySet<Taken> {
  const named = taken.flatMap((one) =>
    one.items.flatMap(({ create }) =>
      create ? [{ one, sale: saleOfNew(create), names: namesOf(create) }] : [],
    ),
  );
  const seen = new Map<string, number>();
  for (const name of named.flatMap(({ names }) => names)) seen.set(name, (seen.get(name) ?? 0) + 1);
  return new Set(
    named
      .filter(({ sale, names }) => !here.has(sale) && names.every((name) => seen.get(name) === 1))
      .map(({ one }) => one),
  );
}

const saleOfNew = ({ merchant, originNumber, orderNumber }: NewTransaction): string =>
  `${merchant}/${originNumber ?? orderNumber}`;
const namesOf = (create: NewTransaction): readonly string[] => [saleOfNew(create), ...create.buyerKeys];
