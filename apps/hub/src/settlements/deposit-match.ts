import type { ContractFees } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { pricedBillings } from './contract-fees.js';

/**
 * Says of every row of a file, in one statement, which billing it pays and how it differs. A row with a negative total
 * takes back and is no second payment; of a cancelled transaction the figures are not compared.
 */
export async function matchDeposits(
  manager: EntityManager,
  of: {
    readonly fileId: string;
    readonly merchant: string;
    readonly fees: readonly ContractFees[];
  },
): Promise<void> {
  const priced = pricedBillings(
    of.fees,
    'b.merchant = $2 and b.np_transaction_id in (select np_transaction_id from deposit_rows where file_id = $1)',
    3,
  );
  const alive = 'p.shop_id is not null and p.cancelled_at is null';
  const differences = {
    malformed: `r.np_transaction_id = ''`,
    unknown: `r.np_transaction_id <> '' and a.shop_id is null`,
    'not-reported': 'a.shop_id is not null and p.shop_id is null',
    cancelled: 'p.cancelled_at is not null',
    'paid-twice': `r.total_yen > 0 and exists (
       select 1 from deposit_rows o join deposit_files f on f.id = o.file_id
       where o.np_transaction_id = r.np_transaction_id and o.total_yen > 0 and ((o.file_id = r.file_id and o.line <> r.line)
         or (o.file_id <> r.file_id and f.state = 'taken' and f.merchant = $2)))`,
    'amount-differs': `${alive} and p.billed_yen <> r.total_yen`,
    'fee-differs': `${alive} and (p.fee_yen <> r.fee_yen or p.tax_yen <> r.tax_yen)`,
    'sum-differs': 'r.total_yen - r.fee_yen - r.tax_yen <> r.paid_yen',
    'id-differs': `r.shop_transaction_id <> '' and a.shop_transaction_id <> r.shop_transaction_id`,
  };
  const cases = Object.entries(differences).map(([name, when]) => `case when ${when} then '${name}' end`);
  await manager.query(
    `update deposit_rows d set shop_id = m.shop_id, transaction_id = m.transaction_id, attempt = m.attempt,
       expected_total_yen = m.billed_yen, expected_fee_yen = m.fee, expected_tax_yen = m.tax, differences = m.differences
     from (
       select r.line, a.shop_id, a.transaction_id, a.number as attempt, p.billed_yen, p.fee_yen as fee, p.tax_yen as tax,
         array_remove(array[${cases.join(', ')}]::text[], null) as differences
       from deposit_rows r
       left join lateral (select * from attempts a where a.merchant = $2 and r.np_transaction_id <> ''
         and a.np_transaction_id = r.np_transaction_id order by a.live desc, a.number desc limit 1) a on true
       left join ${priced.sql} p on p.shop_id = a.shop_id and p.transaction_id = a.transaction_id and p.attempt = a.number
       where r.file_id = $1) m
     where d.file_id = $1 and d.line = m.line`,
    [of.fileId, of.merchant, ...priced.parameters],
  );
}
