import { createHash } from 'node:crypto';
import type { WordMaps } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { ShopEntity } from '../database/entities.js';
import { loadWordMaps } from '../words/word-maps.js';
import type { OpenShop } from './shops.js';

/** What a shop's orders are read by has changed since it was opened: nothing more may be taken in by the old. */
export class ShopChanged extends Error {}

type ReadBy = Pick<
  ShopEntity,
  'settings' | 'policies' | 'connectionId' | 'mode' | 'takeoverAt' | 'retiredAt'
>;

/** Names all that a shop's orders are read by: any change of it gives another name. */
export function markOf(row: ReadBy, words: WordMaps): string {
  const { settings, policies, connectionId, mode, takeoverAt, retiredAt } = row;
  const all = [settings.toString('base64'), policies, connectionId, mode, takeoverAt, retiredAt, words];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64');
}

/**
 * Until the caller's database transaction ends, the shop's orders are read by what it was opened with: whoever changes
 * that waits, and what the change has to read anew is stored then. Throws `ShopChanged` where it has changed already.
 */
export async function holdShop(
  manager: EntityManager,
  { id, mark }: Pick<OpenShop, 'id' | 'mark'>,
): Promise<void> {
  await manager.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockOf(id)]);
  const row = await manager.getRepository(ShopEntity).findOneBy({ id });
  if (!row || markOf(row, await loadWordMaps(manager, id)) !== mark) throw new ShopChanged();
}

/** Before a change of what a shop's orders are read by: waits for the pages that are being taken in, in turn. */
export async function takeShop(manager: EntityManager, id: string): Promise<void> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lockOf(id)]);
}

const lockOf = (id: string): string => `what orders are read by of ${id}`;
