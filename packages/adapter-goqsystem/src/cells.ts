import type { FileRow } from '@np-hub/kit';

/** All that the rows of one order say in a column, each once. A cell that says nothing disagrees with none. */
export type Told = (column: string) => readonly string[];
export function toldBy(rows: readonly FileRow[]): Told {
  const values = new Map<string, Set<string>>();
  for (const [column, cell] of rows.flatMap((row) => Object.entries(row))) {
    const known = values.get(column) ?? new Set();
    if (cell.trim() !== '') values.set(column, known.add(cell.trim()));
  }
  return (column) => [...(values.get(column) ?? [])];
}

/** A name as merchants write it in several ways: widths and spaces do not count. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');
export const isAmong = (names: readonly string[], text: string): boolean =>
  names.some((name) => plain(name) === plain(text));

/** Words of a cell that holds several, in brackets or not. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(/[\s[\]【】,、/;・]+/)
    .filter((word) => word !== '');
