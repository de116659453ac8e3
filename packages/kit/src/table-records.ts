import { parse } from 'csv-parse/sync';
import type { LocalText } from './texts.js';

/** Longer than any row of an order; what is longer is one broken row, and never held in memory whole. */
const maximumRecordLength = 200_000;
const maximumCells = 1_000;
/** So much of a broken row is kept to be shown. */
const keptLength = 1_000;

const problems = {
  quotes: {
    ja: '引用符(")の対応が取れていない行です。',
    en: 'The quotation marks of this row do not match.',
  },
  long: {
    ja: `行が長すぎます(上限 ${maximumRecordLength.toLocaleString('en')} 文字)。`,
    en: `The row is too long (at most ${maximumRecordLength.toLocaleString('en')} characters).`,
  },
  cells: {
    ja: `列が多すぎます(上限 ${maximumCells.toLocaleString('en')} 列)。`,
    en: `The row has too many columns (at most ${maximumCells.toLocaleString('en')}).`,
  },
  nul: { ja: 'NUL文字を含む行です。', en: 'The row contains NUL characters.' },
} as const satisfies Record<string, LocalText>;

const unreadable = (position: number): LocalText => ({
  ja: `${position + 1}列目に読み取れない文字(文字化け)があります。`,
  en: `Column ${position + 1} contains characters that cannot be read.`,
});

/** One record as it stands in the file; `line` counts records from 1, empty ones too. */
interface RawRecord {
  readonly line: number;
  readonly text: string;
  readonly problem: LocalText | null;
}

/** A record taken apart. One with a problem keeps the start of its text as its only cell, if it cannot be taken apart. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: LocalText | null;
}

/** Where the next of a character stands, asked from rising places, without looking twice through the same text. */
function finder(text: string, character: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    const next = text.indexOf(character, from);
    found = next === -1 ? Number.POSITIVE_INFINITY : next;
    return found;
  };
}

/** Text whose records are being cut, and whether it goes on. */
interface Stretch {
  readonly text: string;
  readonly last: boolean;
  readonly nextQuote: (from: number) => number;
  /** Where the line ends that holds a place; null where the text does not say yet. */
  readonly lineEnd: (from: number) => number | null;
}

function stretchOf(text: string, last: boolean): Stretch {
  const [nextFeed, nextReturn] = [finder(text, '\n'), finder(text, '\r')];
  const lineEnd = (from: number) => {
    const end = Math.min(nextFeed(from), nextReturn(from), text.length);
    return last || end < text.length - 1 || text[end] === '\n' ? end : null;
  };
  return { text, last, nextQuote: finder(text, '"'), lineEnd };
}

const afterLineEnd = (text: string, end: number): number => end + (text.startsWith('\r\n', end) ? 2 : 1);

/** Where a quoted cell is closed, given its first place; -1 where the text ends before. */
function closingQuote(text: string, from: number): number {
  for (let place = text.indexOf('"', from); place !== -1; place = text.indexOf('"', place + 2))
    if (text[place + 1] !== '"') return place;
  return -1;
}

/** Where a record with quoted cells ends. `open`: not within this text; `broken`: something follows a closing quote. */
function quotedEnd({ text, last }: Stretch, start: number): number | 'open' | 'broken' {
  const cellEnd = /[,\r\n]/g;
  for (let place = start; ; place += 1) {
    if (text[place] === '"') {
      const close = closingQuote(text, place + 1);
      if (close === -1) return 'open';
      place = close + 1;
    } else {
      cellEnd.lastIndex = place;
      place = cellEnd.exec(text)?.index ?? text.length;
    }
    const next = text[place];
    if (next === ',') continue;
    if (next === '\n' || (next === '\r' && (last || place + 1 < text.length))) return place;
    if (next === undefined || next === '\r') return last ? place : 'open';
    return 'broken';
  }
}

interface Cut {
  readonly end: number;
  readonly problem: LocalText | null;
}

/** The record at a place; null where more text is needed. A broken one ends with its first line. */
function cutRecord(stretch: Stretch, start: number): Cut | null {
  const { text, last } = stretch;
  const line = stretch.lineEnd(start);
  const isPlain = stretch.nextQuote(start) >= (line ?? text.length);
  const end = isPlain ? (line ?? 'open') : quotedEnd(stretch, start);
  if (typeof end === 'number' && end - start <= maximumRecordLength) return { end, problem: null };
  const mayGoOn = end === 'open' && !last && text.length - start <= maximumRecordLength;
  if (line === null || mayGoOn) return null;
  return { end: line, problem: typeof end === 'number' ? problems.long : problems.quotes };
}

/**
 * Cuts text into records. A quoted cell may hold line breaks; one that is not closed properly is the problem of its
 * first line alone: the next line is taken as a new record, so that one stray quotation mark cannot swallow the rest.
 */
export class RecordSplitter {
  private text = '';
  private line = 0;
  /** The start of a line that is too long, while its rest goes by. */
  private dropped: string | null = null;

  /** Takes the next piece of text and gives the records that are whole; with the last piece all that are left. */
  push(piece: string, last: boolean): RawRecord[] {
    this.text += piece;
    const stretch = stretchOf(this.text, last);
    const records: RawRecord[] = [];
    let start = 0;
    while (start < this.text.length) {
      const cut = this.dropped === null ? cutRecord(stretch, start) : this.cutDropped(stretch, start);
      if (!cut) break;
      const whole = this.text.slice(start, cut.end);
      const text = cut.problem ? (this.dropped ?? whole.slice(0, keptLength)) : whole;
      this.dropped = null;
      this.line += 1;
      records.push({ line: this.line, text, problem: cut.problem });
      start = afterLineEnd(this.text, cut.end);
    }
    this.text = this.text.slice(start);
    if (this.dropped !== null || this.text.length > maximumRecordLength) this.drop();
    return records;
  }

  private cutDropped(stretch: Stretch, start: number): Cut | null {
    const end = stretch.lineEnd(start);
    return end === null ? null : { end, problem: problems.long };
  }

  /** Lets go of a line without an end, but for its start and for what may be half a line break. */
  private drop(): void {
    this.dropped ??= this.text.slice(0, keptLength);
    this.text = this.text.endsWith('\r') ? '\r' : '';
  }
}

const csvOptions = { record_delimiter: '\n', relax_quotes: true, relax_column_count: true };

/** Cells of a record in which every cell is quoted and holds no quotation mark, as most exports write them; else null. */
function simplyQuoted(text: string): readonly string[] | null {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return null;
  const cells = text.slice(1, -1).split('","');
  return cells.some((cell) => cell.includes('"')) ? null : cells;
}

/** Cells of records with quotation marks: all at once, and one by one should the count not agree. */
function quotedCells(texts: readonly string[]): readonly (readonly string[])[] {
  const cells: string[][] = parse(texts.join('\n'), csvOptions);
  return cells.length === texts.length ? cells : texts.map((text) => parse(text, csvOptions)[0] ?? [text]);
}

function problemOf(text: string, cells: readonly string[]): LocalText | null {
  if (text.includes('\0')) return problems.nul;
  if (cells.length > maximumCells) return problems.cells;
  if (!text.includes('\ufffd')) return null;
  return unreadable(cells.findIndex((cell) => cell.includes('\ufffd')));
}

/** Takes records apart; each stands for itself, whatever the others hold. */
export function takeApart(records: readonly RawRecord[]): TableRecord[] {
  const easy = records.map(({ text, problem }) => {
    if (problem) return [text.slice(0, keptLength)];
    return text.includes('"') ? simplyQuoted(text) : text.split(',');
  });
  const rest = quotedCells(records.filter((_, index) => !easy[index]).map(({ text }) => text)).values();
  return records.map(({ line, text, problem }, index) => {
    const cells = easy[index] ?? rest.next().value ?? [];
    return { line, cells, problem: problem ?? problemOf(text, cells) };
  });
}
