/** What one order says of who its buyer is. */
export interface Identified {
  readonly name: string;
  /** What tells that two orders are one buyer's. */
  readonly keys: readonly string[];
}

/**
 * Numbers for who is who, from 1, in the order of first sight: orders of one name that share a key, or each share one
 * with a third, are one buyer's. The name has to be the same as well: a household shares its phone and its mail.
 */
export function numberedBuyers(orders: readonly Identified[]): number[] {
  const above = orders.map((_, index) => index);
  const rootOf = (index: number): number => {
    const next = above[index] ?? index;
    return next === index ? index : rootOf(next);
  };
  const firstWith = new Map<string, number>();
  orders.forEach(({ name, keys }, index) => {
    for (const key of keys) {
      const known = `${name} ${key}`;
      const [one, other] = [rootOf(firstWith.get(known) ?? index), rootOf(index)];
      above[Math.max(one, other)] = Math.min(one, other);
      if (!firstWith.has(known)) firstWith.set(known, index);
    }
  });
  const numbers = new Map<number, number>();
  return orders.map((_, index) => {
    const root = rootOf(index);
    if (!numbers.has(root)) numbers.set(root, numbers.size + 1);
    return numbers.get(root) ?? 0;
  });
}
