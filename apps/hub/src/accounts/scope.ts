import type { EntityManager } from 'typeorm';
import { problemOf, wrongField } from '../http/problem.js';
import type { SignedInUser } from './sessions.js';

/** The shops that somebody may see: null is every one, and a named shop narrows. Throws 404 for a foreign shop. */
export function visibleShops(user: SignedInUser, shopId?: string): readonly string[] | null {
  if (shopId === undefined) return user.shopIds;
  requireShop(user, shopId);
  return [shopId];
}

/** Throws 404 where the shop is not among those that this person or key may see. */
export function requireShop(user: SignedInUser, shopId: string): void {
  if (user.shopIds && !user.shopIds.includes(shopId)) throw problemOf(404);
}

const beyond = {
  ja: 'ご自身が担当するショップの中から指定してください。',
  en: 'Name shops among those that are your own.',
};

const unknown = {
  ja: '登録されていないショップが含まれています。',
  en: 'There is no shop of one of these ids.',
};

/** Nobody hands on more shops than they have, or shops that there are not. Throws 400, which names `shopIds`. */
export async function refuseWiderScope(
  database: Pick<EntityManager, 'query'>,
  { shopIds: own }: SignedInUser,
  asked: readonly string[] | null,
): Promise<void> {
  if (own && (asked === null || asked.some((id) => !own.includes(id)))) throw wrongField('shopIds', beyond);
  if (own || !asked) return;
  const found = await database.query<{ id: string }[]>('select id from shops where id = any($1)', [asked]);
  if (found.length < new Set(asked).size) throw wrongField('shopIds', unknown);
}
