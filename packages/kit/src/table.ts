import type { FileLayout, FileRow } from './file.js';
import { type TableHead, type TableOptions, cellNames, fitsShape, headOf } from './table-head.js';
import { RecordSplitter, type TableRecord, takeApart } from './table-records.js';
import { EncodingProbe, textOf, textReader } from './table-text.js';
import type { LocalText } from './texts.js';

/** One row of a file. With a `problem` its `row` is empty, and `cells` are what can be shown of it. */
export interface TableRow {
  /** Number of the record in the file from 1, header and empty records included. */
  readonly line: number;
  readonly row: FileRow;
  readonly cells: readonly string[];
  readonly problem: LocalText | null;
  /** Where the cell is that the problem is about: the row has its cells under their columns, and one of them is wrong. */
  readonly wrongAt?: number;
}

/** So many bytes are kept from the start of a file to find header and samples in. */
const headBytes = 1_000_000;
const headRecords = 50;
/** Rows given at a time. */
const batchRows = 1_000;

const isEmpty = ({ cells, problem }: TableRecord): boolean =>
  problem === null && cells.every((cell) => cell.trim() === '');

/** Reads so much of a file as its encoding needs, and gives its start, in bytes. */
async function readStart(source: AsyncIterable<Uint8Array>, isSettled: boolean) {
  const probe = new EncodingProbe();
  const start: Uint8Array[] = [];
  let length = 0;
  let whole = true;
  for await (const chunk of source) {
    if (length < headBytes) start.push(chunk);
    else whole = false;
    length += chunk.length;
    const known = isSettled || probe.add(chunk);
    if (!known || length < headBytes) continue;
    whole = false;
    break;
  }
  return { start, whole, encoding: probe.encoding() };
}

/**
 * Finds out what a file is, seen through a layout: encoding (a mark, or what the bytes are), header, columns, and a
 * few rows. Reads on only while the encoding is open. Throws nothing but what the source throws.
 */
export async function inspectTable(
  source: AsyncIterable<Uint8Array>,
  layout: FileLayout<never>,
  options: TableOptions = {},
): Promise<TableHead> {
  const { start, whole, encoding: found } = await readStart(source, options.encoding !== undefined);
  const encoding = options.encoding ?? found;
  const reader = textReader(encoding);
  const text = start.map((chunk) => reader.write(chunk)).join('') + (whole ? reader.end() : '');
  const records = takeApart(new RecordSplitter().push(text, whole).slice(0, headRecords));
  return headOf(
    records.filter((record) => !isEmpty(record)),
    layout,
    { ...options, encoding },
  );
}

const tooFew = (width: number, count: number): LocalText => ({
  ja: `列が足りません(${width}列のところ${count}列)。`,
  en: `The row has ${count} columns instead of ${width}.`,
});
const tooMany = (width: number, count: number): LocalText => ({
  ja: `見出しより列が多い行です(${width}列のところ${count}列)。値の中のカンマが引用符で囲まれていない可能性があります。`,
  en: `The row has ${count} columns, its header ${width}: a comma inside a value may lack its quotation marks.`,
});

function raggedness({ header, width }: TableHead, cells: readonly string[]): LocalText | null {
  if (cells.length < width) return tooFew(width, cells.length);
  const isTooLong = header !== null && cells.slice(width).some((cell) => cell.trim() !== '');
  return isTooLong ? tooMany(width, cells.length) : null;
}

const malformed = ({ ja, en }: LocalText): LocalText => ({
  ja: `「${ja}」の値が、この項目の形式ではありません。`,
  en: `The value of "${en}" does not look like one.`,
});

/** The first required column whose value does not look like one; the value itself is not repeated. */
const misshapeOf = ({ shaped }: TableHead, cells: readonly string[]) =>
  shaped.find(({ shape, position }) => !fitsShape(shape, cells[position] ?? ''));

/** Turns records into rows, with the names of the cells worked out once for each width. */
function rowMaker(head: TableHead): (record: TableRecord) => TableRow {
  const namesByWidth = new Map<number, string[]>();
  const namesFor = (count: number) => {
    const known = namesByWidth.get(count);
    if (known) return known;
    const names = cellNames(head, count);
    namesByWidth.set(count, names);
    return names;
  };
  return ({ line, cells: all, problem: broken }) => {
    const problem = broken ?? raggedness(head, all);
    if (problem) return { line, row: {}, cells: all, problem };
    const wrong = misshapeOf(head, all);
    if (wrong) return { line, row: {}, cells: all, problem: malformed(wrong.label), wrongAt: wrong.position };
    const cells = head.header && all.length > head.width ? all.slice(0, head.width) : all;
    const names = namesFor(cells.length);
    const row: Record<string, string> = {};
    for (let position = 0; position < cells.length; position += 1)
      row[names[position] ?? ''] = cells[position] ?? '';
    return { line, row, cells, problem: null };
  };
}

/**
 * All rows of a file in batches of up to 1,000, in bounded memory whatever the file holds. Empty rows are left out; a
 * broken row comes with its problem, and the others go on. Throws nothing but what the source throws.
 */
export async function* readTable(
  source: AsyncIterable<Uint8Array>,
  head: TableHead,
): AsyncGenerator<readonly TableRow[]> {
  const splitter = new RecordSplitter();
  const rowOf = rowMaker(head);
  let isHeaderDue = head.header !== null;
  const rowsOf = (records: ReturnType<RecordSplitter['push']>): TableRow[] => {
    const filled = takeApart(records).filter((record) => !isEmpty(record));
    if (isHeaderDue && filled.length > 0) {
      isHeaderDue = false;
      filled.shift();
    }
    return filled.map(rowOf);
  };
  function* batches(text: string, last: boolean) {
    const records = splitter.push(text, last);
    for (let start = 0; start < records.length; start += batchRows) {
      const rows = rowsOf(records.slice(start, start + batchRows));
      if (rows.length > 0) yield rows;
    }
  }
  for await (const text of textOf(source, head.encoding)) yield* batches(text, false);
  yield* batches('', true);
}

/**
 * The layout that fits a file best: all its required columns are there, and most of its columns; one recognised by a
 * header goes before one that only counts places, and that whose cells do not look like its columns is none. Null where none fits, or two fit alike.
 */
export function chooseLayout(heads: ReadonlyMap<string, TableHead>): string | null {
  const fits = [...heads]
    .filter(([, { missing, positions }]) => missing.length === 0 && Object.keys(positions).length > 0)
    .map(([id, { header, positions }]) => ({
      id,
      score: Object.keys(positions).length + (header ? 10_000 : 0),
    }))
    .sort((one, other) => other.score - one.score);
  const [best, second] = fits;
  return best && best.score !== second?.score ? best.id : null;
}
