type Content = Readonly<Record<string, unknown>>;

const isContent = (value: unknown): value is Content => typeof value === 'object' && value !== null;

/**
 * Whether two values would be the same JSON, whatever the order of their fields. Nearly all of what an event leaves alone
 * is carried over as the same object, and is not looked into.
 */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isContent(one) || !isContent(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  for (const key in one) if (!sameJson(one[key], other[key])) return false;
  for (const key in other) if (!(key in one) && other[key] !== undefined) return false;
  return true;
}
