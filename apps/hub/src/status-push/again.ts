import type { EntityManager } from 'typeorm';

/** Lets the present word of these orders go to their cart once more; one that is on its way already goes anyway. */
export async function sendWordAgain(
  manager: EntityManager,
  shopId: string,
  transactionIds: readonly string[],
  at: string,
): Promise<void> {
  if (transactionIds.length === 0) return;
  await manager.query(
    `insert into effects (shop_id, transaction_id, lane, connection_id, operation, attempt, due_at)
     select shop_id, id, 'word', shop_id, 'push', 0, $3 from transactions where shop_id = $1 and id = any($2)
     on conflict do nothing`,
    [shopId, transactionIds, at],
  );
}
