import type { MoveCounts, Orphan } from '@np-hub/model';
import type { EntityManager } from 'typeorm';

/** States in which nothing has gone to NP. */
const before = ['received', 'blocked'];
/** States in which NP, or somebody, still has something to do before the report. */
const after =
  'registering reviewing approved held rejected lapsed amending amendment-failed reporting report-failed cancelling cancel-failed reissuing reissue-failed in-doubt'.split(
    ' ',
  );
const atRest = ['cancelled', 'released', 'paid', 'cancel-refused-paid', 'rejected', 'lapsed'];
const orphansShown = 50;

/**
 * What is open of a shop on the connection that it leaves, and of before its switch. 注文状況 「出荷作業中」 is not told apart from 「出荷待ち」: every
 * approved order that is not reported counts, which is never too few. `recurring`: a course's second or later order.
 */
export async function countsOf(
  manager: EntityManager,
  of: { readonly shopId: string; readonly connectionId: string; readonly switchedAt: Date | null },
): Promise<MoveCounts> {
  const approved = `t.state in ('approved', 'reporting', 'report-failed')`;
  const type = (code: string) => `t.facts->'wanted'->'payload'->>'settlementType' = '${code}'`;
  const left = `t.state not in ('rejected', 'lapsed') or t.facts->'cart'->>'status' = 'open'`;
  const count = (where: string, name: keyof MoveCounts) =>
    `(count(*) filter (where ${where}))::int as "${name}"`;
  const [row] = await manager.query<[MoveCounts]>(
    `select ${[
      count(`${approved} and ${type('02')}`, 'approvedSeparate'),
      count(`${approved} and ${type('03')}`, 'approvedEnclosed'),
      count('t.state = any($4) and not t.recurring', 'beforeCreditFirst'),
      count('t.state = any($4) and t.recurring', 'beforeCreditRepeated'),
      count(`t.state = any($5) and (${left}) and not t.recurring`, 'afterCreditFirst'),
      count(`t.state = any($5) and (${left}) and t.recurring`, 'afterCreditRepeated'),
      count(
        `t.state = 'released' and t.np_transaction_id is null and t.facts->'wanted'->'release'->>'by' = 'take-over'
         and t.facts->'cart'->>'status' = 'open'`,
        'released',
      ),
      count('t.connection_id = $2 and t.state <> all($3)', 'onOldConnection'),
    ].join(', ')}
     from transactions t where t.shop_id = $1 and (t.connection_id = $2 or t.created_at < $6)`,
    [of.shopId, of.connectionId, atRest, before, after, of.switchedAt],
  );
  return row;
}

/**
 * Transactions that nobody would go on with: pinned to a connection whose credentials are another merchant's by now; with
 * a call waiting and nothing to send it; or with something expected of NP and no question under way.
 */
export async function orphansOf(manager: EntityManager, shopId: string): Promise<readonly Orphan[]> {
  const effect = (lane: string) =>
    `exists (select 1 from effects e where e.shop_id = t.shop_id and e.transaction_id = t.id and e.lane = '${lane}')`;
  const rule = (name: string) => `coalesce(t.facts->'rules'->>'${name}', 'true') = 'true'`;
  return manager.query<Orphan[]>(
    `select * from (
       select t.shop_id as "shopId", t.id as "transactionId", t.order_number as "orderNumber",
         case when c.merchant <> t.merchant then 'credentials-replaced'
           when t.facts->'inFlight'->>'phase' = 'queued' and not ${effect('write')} then 'never-sent'
           when t.state = 'reviewing' and ${rule('canFindCredit')} and not ${effect('credit')} then 'never-asked'
           when t.state = 'reported' and ${rule('canFindPayment')} and t.np_transaction_id is not null
             and not ${effect('payment')} then 'never-asked' end as reason
       from transactions t join connections c on c.id = t.connection_id
       where t.shop_id = $1 and t.state <> all($2)) o
     where o.reason is not null order by o."orderNumber" limit ${orphansShown}`,
    [shopId, atRest],
  );
}
