import { problemOf } from '../http/problem.js';
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
