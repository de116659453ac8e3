import { factsSchema, type Facts, type NpRowKind } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { TransactionKey } from '../transactions/rows.js';
import type { ListedRow } from './np-list-text.js';

/** The registration that a row names, where the hub has one that one may see. */
export interface Named extends TransactionKey {
  readonly number: number;
  readonly knownId: string | null;
  readonly facts: Facts;
}

/** What the hub makes of a row before anybody is asked. `candidate`: it may end a doubt, if NP agrees. */
export interface Judged {
  readonly row: ListedRow;
  readonly named: Named | null;
  readonly kind: NpRowKind | 'candidate';
}

/** Whose registrations to look for. */
export interface ListScope {
  readonly merchant: string;
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
}

const batch = 1_000;

/** Judges every row, in batches of one query each. */
export async function judgeRows(
  manager: EntityManager,
  rows: readonly ListedRow[],
  scope: ListScope,
): Promise<readonly Judged[]> {
  const contradicting = selfContradictions(rows);
  const judged: Judged[] = [];
  for (let start = 0; start < rows.length; start += batch) {
    const some = rows.slice(start, start + batch);
    const named = await namedBy(manager, some, scope);
    const users = await usersOf(manager, some, scope.merchant);
    for (const row of some) {
      const of = named.get(row.shopTransactionId) ?? null;
      const kind = kindOf(row, of, { contradicting, users });
      judged.push({ row, named: of, kind });
    }
  }
  return judged;
}

/** True while the answer to this registration is lost: only then is its id asked for. */
export const isAwaited = ({ inFlight }: Facts, attempt: number): boolean =>
  inFlight?.phase === 'lost' &&
  (inFlight.operation === 'register' || inFlight.operation === 'reissue') &&
  inFlight.attempt === attempt;

function kindOf(
  row: ListedRow,
  named: Named | null,
  file: { readonly contradicting: ReadonlySet<string>; readonly users: ReadonlyMap<string, string> },
): Judged['kind'] {
  if (!row.readable) return 'malformed';
  if (!named) return 'unknown';
  if (named.knownId === row.npTransactionId) return 'agrees';
  if (file.users.has(row.npTransactionId)) return 'id-in-use';
  const attempt = named.facts.attempts[named.number - 1];
  if (isAwaited(named.facts, named.number)) {
    const torn = file.contradicting.has(row.shopTransactionId) || file.contradicting.has(row.npTransactionId);
    return torn ? 'several-ids' : 'candidate';
  }
  const open = attempt?.npTransactionId === null && attempt.registration === 'sent';
  return open ? 'under-way' : 'contradicts';
}

/** Ids of either kind for which the file itself names two of the other kind. */
function selfContradictions(rows: readonly ListedRow[]): ReadonlySet<string> {
  const partners = new Map<string, string>();
  const torn = new Set<string>();
  const note = (id: string, partner: string): void => {
    const known = partners.get(id);
    if (known !== undefined && known !== partner) torn.add(id);
    partners.set(id, partner);
  };
  for (const { shopTransactionId, npTransactionId, readable } of rows) {
    if (!readable) continue;
    note(`shop:${shopTransactionId}`, npTransactionId);
    note(`np:${npTransactionId}`, shopTransactionId);
  }
  return new Set([...torn].map((id) => id.slice(id.indexOf(':') + 1)));
}

/** The registrations of these numbers; of two (one order in two shops) the one whose id is awaited. */
async function namedBy(
  manager: EntityManager,
  rows: readonly ListedRow[],
  { merchant, shopIds }: ListScope,
): Promise<ReadonlyMap<string, Named>> {
  const ids = rows.filter(({ readable }) => readable).map(({ shopTransactionId: id }) => ({ id }));
  const { sql, parameters } = unnestRows({ id: 'text' }, ids, 3);
  const found = await manager.query<(Named & { shopTransactionId: string })[]>(
    `select a.shop_transaction_id as "shopTransactionId", a.shop_id as "shopId", a.transaction_id as "transactionId",
       a.number, a.np_transaction_id as "knownId", t.facts
     from (select distinct id from ${sql} u) k
     join attempts a on a.merchant = $1 and a.shop_transaction_id = k.id
     join transactions t on t.shop_id = a.shop_id and t.id = a.transaction_id
     where $2::uuid[] is null or a.shop_id = any($2) order by a.shop_id, a.transaction_id, a.number`,
    [merchant, shopIds, ...parameters],
  );
  const named = new Map<string, Named>();
  for (const { shopTransactionId, ...of } of found) {
    const each = { ...of, facts: factsSchema.parse(of.facts) };
    if (!named.has(shopTransactionId) || isAwaited(each.facts, each.number))
      named.set(shopTransactionId, each);
  }
  return named;
}

/** The NP ids that are another registration's already. */
async function usersOf(
  manager: EntityManager,
  rows: readonly ListedRow[],
  merchant: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = rows.filter(({ readable }) => readable).map(({ npTransactionId: id }) => ({ id }));
  const { sql, parameters } = unnestRows({ id: 'text' }, ids, 2);
  const used = await manager.query<{ id: string; shopTransactionId: string }[]>(
    `select a.np_transaction_id as id, a.shop_transaction_id as "shopTransactionId"
     from (select distinct id from ${sql} u) k join attempts a on a.merchant = $1 and a.np_transaction_id = k.id`,
    [merchant, ...parameters],
  );
  return new Map(used.map(({ id, shopTransactionId }) => [id, shopTransactionId]));
}
