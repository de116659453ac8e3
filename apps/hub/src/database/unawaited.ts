import type { EntityManager } from 'typeorm';

/**
 * Takes statements of a database transaction whose answers nobody needs: they are not waited for, so that they leave together
 * with what is asked next, at the last with its end. Where one fails nothing is stored, and the end tells why (prepared.ts).
 * Throws outside of a transaction, where nobody would hear of it.
 */
export function unawaited(manager: EntityManager, ...asked: readonly Promise<unknown>[]): void {
  for (const each of asked) each.catch(() => undefined);
  if (!manager.queryRunner?.isTransactionActive) throw new Error('Not waited for, outside of a transaction');
}
