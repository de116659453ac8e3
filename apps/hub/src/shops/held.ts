import { createHash } from 'node:crypto';
import type { WordMaps } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { ShopEntity } from '../database/entities.js';
import { loadWordMaps } from '../words/word-maps.js';

/** What a shop's orders are read by has changed since it was opened: nothing more may be taken in by the old. */
export class ShopChanged extends Error {}

/** A shop as it was opened. */
interface Opened {
  readonly id: string;
  readonly mark: string;
}

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
export async function holdShop(manager: EntityManager, { id, mark }: Opened): Promise<void> {
  await manager.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockOf(id)]);
  const row = await manager.getRepository(ShopEntity).findOneBy({ id });
  if (!row || markOf(row, await loadWordMaps(manager, id)) !== mark) throw new ShopChanged();
}

/** Before a change of what a shop's orders are read by: waits for the pages that are being taken in, in turn. */
export async function takeShop(manager: EntityManager, id: string): Promise<void> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lockOf(id)]);
}

const lockOf = (id: string): string => `what orders are read by of ${id}`;

/** Nobody has brought it to its end in that time: the hub that was at it is gone. */
const followMs = 5 * 60_000;
const dueOf = (now: Date): Date => new Date(now.getTime() + followMs);

/**
 * Stores with a change that more has to follow it (settings-change.ts), which is begun anew if it does not come to its
 * end. Gives false where something is owed already.
 */
export async function oweFollowing(manager: EntityManager, id: string, now: Date): Promise<boolean> {
  const [, owed] = await manager.query<[unknown, number]>(
    'update shops set follow_due = $2 where id = $1 and follow_due is null',
    [id, dueOf(now)],
  );
  return owed === 1;
}

/** A shop that a change has to be followed for. */
export interface Following {
  readonly id: string;
  /** Nothing but this is owed. */
  readonly isOwed: boolean;
}

/** The same for every shop that a changed connection is of, or was when an order came. */
export async function oweFollowingOn(
  manager: EntityManager,
  connectionId: string,
  now: Date,
): Promise<readonly Following[]> {
  const [following] = await manager.query<[Following[], number]>(
    `update shops s set follow_due = coalesce(s.follow_due, $2) from (
       select id, follow_due is null as fresh from shops s where connection_id = $1
         or exists (select 1 from transactions t where t.shop_id = s.id and t.connection_id = $1)
       order by id for no key update) d
     where s.id = d.id returning s.id, d.fresh as "isOwed"`,
    [connectionId, dueOf(now)],
  );
  return following;
}

/** It goes on. */
export async function keepFollowing(manager: EntityManager, id: string, now: Date): Promise<void> {
  await manager.query('update shops set follow_due = $2 where id = $1 and follow_due is not null', [
    id,
    dueOf(now),
  ]);
}

/** A shop for which nobody has brought to its end what is owed; whoever gets it goes on with it. */
export async function unfollowedShop(manager: EntityManager, now: Date): Promise<string | undefined> {
  const [[row]] = await manager.query<[{ id: string }[], number]>(
    `update shops s set follow_due = $2 from (
       select id from shops where follow_due <= $1 order by follow_due limit 1 for update skip locked) d
     where s.id = d.id returning s.id`,
    [now, dueOf(now)],
  );
  return row?.id;
}

/** All has followed that was owed when the shop was opened; what has changed since is for others to follow. */
export async function endFollowing(manager: EntityManager, shop: Opened): Promise<void> {
  try {
    await holdShop(manager, shop);
  } catch (error) {
    if (error instanceof ShopChanged) return;
    throw error;
  }
  await manager.query('update shops set follow_due = null where id = $1', [shop.id]);
}
