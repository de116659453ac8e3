import type { FileColumn, FileEncoding, FileLayout } from './file.js';
import type { TableRecord } from './table-records.js';
import type { LocalText } from './texts.js';

/** Column → header as written in the file, or position from 0; null: not in this file. */
export type ColumnMap = Readonly<Record<string, string | number | null>>;

/** What a file turned out to hold, seen through one layout. */
export interface TableHead {
  readonly encoding: FileEncoding;
  /** As written; null where the file has none. */
  readonly header: readonly string[] | null;
  /** Column → position from 0, for the columns that are in the file. */
  readonly positions: Readonly<Record<string, number>>;
  /** Headers that no column claims; their cells are kept. Without a header: what looks like one that nobody knows. */
  readonly unknown: readonly string[];
  /** Required columns that were not found, and the `misfits`. */
  readonly missing: readonly string[];
  /** Columns that places alone tell of, and that hold something else there; none once a person has settled `header`. */
  readonly misfits: readonly string[];
  /** Required columns that are there, with what their values look like. */
  readonly shaped: readonly ShapedColumn[];
  readonly width: number;
  /** Up to five rows. */
  readonly sample: readonly (readonly string[])[];
}

interface ShapedColumn {
  readonly position: number;
  readonly label: LocalText;
  readonly shape: RegExp;
}

/** What a person has settled about a file; the rest is found out. */
export interface TableOptions {
  readonly map?: ColumnMap;
  readonly encoding?: FileEncoding;
  readonly header?: boolean;
}

const sampleRows = 5;

/** A header as it is compared: widths, case, spaces and brackets do not count. */
export const comparableHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()[\]{}<>「」『』【】〔〕〈〉《》]/gu, '');

function hasHeader(first: readonly string[], columns: readonly FileColumn[], map: ColumnMap): boolean {
  const named = Object.values(map).filter((place) => typeof place === 'string');
  const known = new Set([...columns.flatMap(({ headers }) => headers), ...named].map(comparableHeader));
  known.delete('');
  return first.some((cell) => known.has(comparableHeader(cell)));
}

/** Where columns stand, by what the shop has settled first, then by header, each place at most once. */
function placesByHeader(header: readonly string[], layout: FileLayout<never>, map: ColumnMap) {
  const names = header.map(comparableHeader);
  const positions = new Map<string, number>();
  const claim = (column: string, wanted: readonly string[]) => {
    const taken = new Set(positions.values());
    const found = wanted
      .filter((name) => name !== '')
      .map((name) => names.indexOf(name))
      .find((position) => position !== -1 && !taken.has(position));
    if (found !== undefined) positions.set(column, found);
  };
  const columns = Object.entries(layout.columns);
  for (const [column] of columns) {
    const place = map[column];
    if (typeof place === 'number' && place < header.length) positions.set(column, place);
    if (typeof place === 'string') claim(column, [comparableHeader(place)]);
  }
  for (const [column, { headers }] of columns)
    if (map[column] === undefined) claim(column, headers.map(comparableHeader));
  return positions;
}

function placesByPosition(width: number, layout: FileLayout<never>, map: ColumnMap): Map<string, number> {
  const positions = new Map<string, number>();
  for (const [column, { position }] of Object.entries(layout.columns)) {
    const place = map[column] === undefined ? position : map[column];
    if (typeof place === 'number' && place >= 0 && place < width) positions.set(column, place);
  }
  return positions;
}

const wholes = new WeakMap<RegExp, RegExp>();

/** The shape as one of whole cells, made once for each. */
function wholeCell(shape: RegExp): RegExp {
  const known = wholes.get(shape);
  if (known) return known;
  const whole = new RegExp(`^(?:${shape.source})$`, shape.flags.replaceAll(/[gmy]/g, ''));
  wholes.set(shape, whole);
  return whole;
}

/** Whether a cell looks like what a column holds. An empty one does: that is for others to judge. */
export function fitsShape(shape: RegExp, cell: string): boolean {
  const text = cell.normalize('NFKC').trim();
  return text === '' || wholeCell(shape).test(text);
}

/**
 * Columns whose cells in the first rows are something else, by their shapes. One that is required has to be filled in
 * at least one of these rows: empty cells prove nothing.
 */
function misfitsOf(
  rows: readonly (readonly string[])[],
  layout: FileLayout<never>,
  positions: ReadonlyMap<string, number>,
): string[] {
  return Object.entries(layout.columns).flatMap(([column, { shape, required }]) => {
    const position = positions.get(column);
    if (!shape || position === undefined || rows.length === 0) return [];
    const cells = rows.map((row) => row[position] ?? '');
    const isProven = required !== true || cells.some((cell) => cell.trim() !== '');
    return isProven && cells.every((cell) => fitsShape(shape, cell)) ? [] : [column];
  });
}

/** Several words, no two alike and no number among them: what the first line of a table with a header looks like. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const words = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    words.length > 1 && new Set(words).size === words.length && words.every((word) => /\p{L}/u.test(word))
  );
}

/** The middle one, so that a single odd row among them decides nothing. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const widths = rows.map(({ length }) => length).sort((one, other) => one - other);
  return widths[Math.floor((widths.length - 1) / 2)] ?? 0;
}

/** Reads the head of a file from its first records. */
export function headOf(
  records: readonly TableRecord[],
  layout: FileLayout<never>,
  options: TableOptions & { readonly encoding: FileEncoding },
): TableHead {
  const { map = {}, encoding } = options;
  const sound = records.filter(({ problem }) => problem === null);
  const first = sound[0] && sound[0] === records[0] ? sound[0].cells : [];
  const headed = options.header ?? hasHeader(first, Object.values(layout.columns), map);
  const rows = sound.filter((record) => !headed || record !== records[0]).map(({ cells }) => cells);
  const width = headed ? first.length : usualWidth(rows.slice(0, sampleRows));
  const positions = headed ? placesByHeader(first, layout, map) : placesByPosition(width, layout, map);
  const sample = rows.slice(0, sampleRows);
  const isGuessed = !headed && options.header === undefined;
  const misfits = isGuessed ? misfitsOf(sample, layout, positions) : [];
  return {
    encoding,
    header: headed ? first : null,
    positions: Object.fromEntries(positions),
    unknown:
      headed || (misfits.length > 0 && looksLikeHeader(first)) ? unclaimed(first, headed, positions) : [],
    missing: missingOf(layout, positions, misfits),
    misfits,
    shaped: shapedOf(layout, positions),
    width,
    sample,
  };
}

function unclaimed(
  first: readonly string[],
  headed: boolean,
  positions: ReadonlyMap<string, number>,
): string[] {
  const claimed = new Set(headed ? positions.values() : []);
  return first.filter((header, position) => !claimed.has(position) && header.trim() !== '');
}

function missingOf(
  layout: FileLayout<never>,
  positions: ReadonlyMap<string, number>,
  misfits: readonly string[],
): string[] {
  const isMissing = (column: string, required: boolean | undefined): boolean =>
    misfits.includes(column) || (required === true && !positions.has(column));
  return Object.entries(layout.columns).flatMap(([column, { required }]) =>
    isMissing(column, required) ? [column] : [],
  );
}

const shapedOf = (layout: FileLayout<never>, positions: ReadonlyMap<string, number>): ShapedColumn[] =>
  Object.entries(layout.columns).flatMap(([column, { required, shape, label }]) => {
    const position = positions.get(column);
    return required === true && shape && position !== undefined ? [{ position, label, shape }] : [];
  });

/**
 * The name under which each cell of a row is kept: its column, else its own header. A header that is empty, stands
 * twice or is somebody else's name gives way to `列N`.
 */
export function cellNames({ header, positions, width }: TableHead, cellCount: number): string[] {
  const columns = new Map(Object.entries(positions).map(([column, position]) => [position, column]));
  const claimed = Object.values(positions).map((position) => header?.[position]?.trim() ?? '');
  const taken = new Set(['__proto__', ...columns.values(), ...claimed]);
  return Array.from({ length: Math.max(width, cellCount) }, (_, position) => {
    const column = columns.get(position);
    if (column !== undefined) return column;
    const own = header?.[position]?.trim() ?? '';
    if (own === '' || taken.has(own) || /^列\d+$/.test(own)) return `列${position + 1}`;
    taken.add(own);
    return own;
  });
}
