import { type FileRow, cellText } from '@np-hub/kit';

/** All that the rows of one order say in a column, each once. A cell that says nothing disagrees with none. */
export const said = (rows: readonly FileRow[], column: string): string[] => [
  ...new Set(rows.map((row) => cellText(row, column)).filter((text) => text !== '')),
];

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
