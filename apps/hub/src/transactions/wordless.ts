import type { DataSource, EntityManager } from 'typeorm';
import { adapters } from '../adapters.js';

const takesWords = (adapter: string): boolean =>
  adapters.some(({ id, push, file }) => id === adapter && (push !== undefined || file !== undefined));

/** By database; a shop's adapter never changes. */
const known = new WeakMap<DataSource, Map<string, boolean>>();

/**
 * Which of these shops take no words of ours, by call or by file: they read the feed of changes, and a word that
 * waits for them would only be looked at to be dropped.
 */
export async function wordlessShops(
  manager: EntityManager,
  shopIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (shopIds.length === 0) return new Set();
  const memory = known.get(manager.connection) ?? new Map<string, boolean>();
  known.set(manager.connection, memory);
  const asked = [...new Set(shopIds)];
  const unknown = asked.filter((id) => !memory.has(id));
  if (unknown.length > 0) {
    const rows = await manager.query<{ id: string; adapter: string }[]>(
      'select id, adapter from shops where id = any($1)',
      [unknown],
    );
    for (const { id, adapter } of rows) memory.set(id, !takesWords(adapter));
  }
  return new Set(asked.filter((id) => memory.get(id) === true));
}
