import type { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Keyring } from '../security/keyring.js';
import { timings } from '../timing.js';
import { Transactions } from '../transactions/transactions.js';

const atOnce = 1_000;
const firstId = '00000000-0000-0000-0000-000000000000';

interface Key {
  readonly shopId: string;
  readonly transactionId: string;
}

/**
 * Tells every transaction that may have something alive at NP that it comes from a backup of the moment `at`, as an event
 * like all that changes one. Nothing is sent: no connection is open yet.
 */
export async function tellTransactions(database: DataSource, keyring: Keyring, at: string): Promise<void> {
  const audit = new Audit({ now: () => new Date(at) }, keyring);
  const transactions = new Transactions(database, timings.calm, audit);
  let last: Key = { shopId: firstId, transactionId: firstId };
  for (;;) {
    const keys = await liveAfter(database, last);
    await transactions.apply(keys.map((key) => ({ ...key, event: { type: 'backup-restored', at } })));
    const end = keys.at(-1);
    if (!end) return;
    last = end;
  }
}

const liveAfter = (database: DataSource, { shopId, transactionId }: Key): Promise<readonly Key[]> =>
  database.query<readonly Key[]>(
    `select distinct shop_id as "shopId", transaction_id as "transactionId" from attempts
     where live and (shop_id, transaction_id) > ($1, $2) order by 1, 2 limit ${atOnce}`,
    [shopId, transactionId],
  );
