import type { StatusUpdate } from '@np-hub/kit';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { TransactionKey } from '../transactions/rows.js';

/** Notes that the next result file is to carry these orders. Their rows are locked, and the words were read since. */
export async function markResultsDue(
  manager: EntityManager,
  words: readonly (TransactionKey & { readonly update: StatusUpdate })[],
): Promise<void> {
  if (words.length === 0) return;
  const rows = words.map(({ shopId, transactionId, update: { word, reasons, instruction } }) => ({
    shop_id: shopId,
    id: transactionId,
    word,
    says_more: (reasons?.length ?? 0) > 0 || (instruction ?? null) !== null,
  }));
  const columns = { shop_id: 'uuid', id: 'uuid', word: 'text', says_more: 'boolean' } as const;
  const { sql, parameters } = unnestRows(columns, rows);
  // A file that was made meanwhile has carried the same word already.
  await manager.query(
    `update transactions t set result_due = true from ${sql} k where t.shop_id = k.shop_id and t.id = k.id
       and (t.pushed_word is distinct from k.word or k.says_more)`,
    parameters,
  );
}
