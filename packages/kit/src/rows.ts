import type { Mapped } from '@np-hub/model';
import type { FileRow } from './file.js';

/** What the rows of one order say in a column, each value once, in the order of the rows. */
export type Told = (column: string) => readonly string[];

/** Gathers what the rows of one order say. A cell that is empty, in one row of several, contradicts none. */
export function toldBy(rows: readonly FileRow[]): Told {
  const values = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const [column, cell] of Object.entries(row)) {
      const known = values.get(column) ?? new Set();
      if (cell.trim() !== '') values.set(column, known.add(cell.trim()));
    }
  }
  return (column) => [...(values.get(column) ?? [])];
}

/**
 * A word by the names that a shop itself gives each meaning (settings), where `mapWord` has a fixed vocabulary: widths
 * and spaces do not count, and a word in none of the lists stays unmapped.
 */
export function meaningOf<T extends string>(
  raw: string,
  names: Readonly<Record<T, readonly string[]>>,
): Mapped<T> {
  const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');
  const value = (Object.keys(names) as T[]).find((meaning) =>
    names[meaning].some((name) => plain(name) === plain(raw)),
  );
  return value === undefined ? { kind: 'unmapped', raw } : { kind: 'mapped', value, raw };
}
