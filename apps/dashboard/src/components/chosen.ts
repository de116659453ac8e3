/** The choice once these keys have been pressed together: out where all of them were in, in otherwise. */
export function toggled(chosen: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const isIn = keys.every((key) => chosen.has(key));
  return new Set(isIn ? [...chosen].filter((key) => !keys.includes(key)) : [...chosen, ...keys]);
}
