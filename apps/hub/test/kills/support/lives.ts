import type { Sandbox } from '@np-hub/sandbox';

export type CartOrder = ReturnType<Sandbox['orders']>[number];
export type NpTransaction = ReturnType<Sandbox['transactions']>[number];

/** The order that a transaction at NP is about: later attempts carry a number behind it. */
export const orderOf = ({ shopTransactionId }: NpTransaction): string =>
  shopTransactionId.replace(/-\d+$/, '');

/** NP's transactions by order, oldest first. */
export function byOrder(
  transactions: readonly NpTransaction[],
): ReadonlyMap<string, readonly NpTransaction[]> {
  const found = new Map<string, NpTransaction[]>();
  for (const transaction of transactions) {
    const order = orderOf(transaction);
    found.set(order, [...(found.get(order) ?? []), transaction]);
  }
  return found;
}

/** When a transaction stopped being able to bill the buyer: cancelled, lapsed, or rejected by NP. */
function endOf({ cancelledAt, lapsedAt, credit }: NpTransaction): string {
  const rejectedAt = credit.result === '20' ? credit.fixedAt : null;
  return [cancelledAt, lapsedAt, rejectedAt].filter((at) => at !== null).sort()[0] ?? '9999';
}

/**
 * Pairs of transactions of one order that lived at the same time, at any time, by NP's own record: not only those
 * that are left at the end.
 */
export function doubles(transactions: readonly NpTransaction[]): string[] {
  return [...byOrder(transactions)].flatMap(([order, lives]) =>
    lives.flatMap((one, index) =>
      lives
        .slice(index + 1)
        .filter((other) => other.registeredAt < endOf(one) && one.registeredAt < endOf(other))
        .map((other) => `${order}: ${one.npTransactionId} and ${other.npTransactionId}`),
    ),
  );
}
