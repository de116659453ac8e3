type Path = readonly string[];

/** Paths of every value inside, those of plain values and of empty objects. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

/** A copy in which one value is another; `undefined` leaves its key out. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const inner = (name: string, old: unknown) => (name === key ? replaced(old, rest, by) : old);
  if (Array.isArray(value)) return value.map((old, index) => inner(String(index), old));
  return Object.fromEntries(
    Object.entries(value ?? {})
      .map(([name, old]) => [name, inner(name, old)])
      .filter(([, each]) => each !== undefined),
  );
}

/** A copy in which every plain value that is like one of these is another. */
export function replacedAll(
  value: unknown,
  isMeant: (leaf: unknown) => boolean,
  by: (leaf: unknown) => unknown,
) {
  return pathsOf(value)
    .filter((path) => isPlain(valueAt(value, path)) && isMeant(valueAt(value, path)))
    .reduce((changed, path) => replaced(changed, path, by(valueAt(value, path))), value);
}

export const isPlain = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** The plain values inside. */
export const leavesOf = (value: unknown): (string | number)[] =>
  pathsOf(value)
    .map((path) => valueAt(value, path))
    .filter(isPlain);
