import {
  correctablePaths,
  partyRules,
  toNpPayload,
  type CorrectablePath,
  type Facts,
  type Reason,
} from '@np-hub/model';
import type { StoredOrder } from '../intake/stored-order.js';

/** What buyers may put right by themselves: who they are, where they live, and how NP reaches them. */
const ofBuyers = ['name', 'kana', 'postalCode', 'address', 'phone', 'email'] as const;

/** Payload paths (`customer.phone`) as correctable ones (`buyer.phone`), as far as a buyer may correct them. */
export function buyerPaths(fields: readonly string[], stored: StoredOrder): readonly CorrectablePath[] {
  const separate = toNpPayload(stored.order, stored.corrections).destination !== null;
  const named = new Set(
    fields.map((field) =>
      separate
        ? field.replace(/^customer\./u, 'buyer.')
        : field.replace(/^(?:customer|destination)\./u, 'buyer.'),
    ),
  );
  return correctablePaths.filter((path) => named.has(path) && isOfBuyer(path));
}

/** The fields of an order that NP's reasons and the checks point at, and that its buyer may correct. */
export function offendingBuyerPaths(
  facts: Facts,
  reasons: readonly Reason[],
  stored: StoredOrder,
): readonly CorrectablePath[] {
  const { problems } = facts.wanted;
  const mismatch = problems
    .filter(({ rule }) => rule === 'postal-mismatch')
    // A wrong postal code may mean a wrong address as well.
    .map(({ field }) => field.replace('postalCode', 'address'));
  const fields = [...problems.map(({ field }) => field), ...reasons.flatMap((reason) => reason.fields)];
  return buyerPaths([...fields, ...mismatch], stored);
}

const isOfBuyer = (path: CorrectablePath): boolean =>
  ofBuyers.some((field) => path === `buyer.${field}` || path === `destination.${field}`);

/** Most characters that NP takes; null where no such limit is known. */
export function limitOf(path: CorrectablePath): number | null {
  const rule = partyRules.find((each) => path.endsWith(`.${each.field}`) && each.rule === 'too-long');
  return rule?.limit ?? null;
}
