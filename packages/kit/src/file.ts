import type { CartInstruction } from '@np-hub/model';
import type { LocalText } from './texts.js';

/** One column of a file that a layout understands. */
export interface FileColumn {
  readonly label: LocalText;
  /** Headers under which it is known, the usual one first. Widths, spaces and brackets do not count when matching. */
  readonly headers: readonly string[];
  readonly required?: boolean;
  /** Where it stands (from 0) in a file without a header; absent: only a header names it. */
  readonly position?: number;
  /**
   * What a value of it looks like: the whole cell, trimmed, its widths made one (NFKC); an empty cell is another matter.
   * Without a header nothing but this tells a list of slips from a list of shelves, and a shelf number that is taken for a
   * slip number becomes a report to NP of goods that never left. In every file, a row whose required value does not fit
   * is refused. Columns with a position need one, if they are required.
   */
  readonly shape?: RegExp;
  /** The same for people: what they are shown beside a value that cannot be read. */
  readonly form?: LocalText;
}

/** One row by column name; what no column claims stays under its own header. */
export type FileRow = Readonly<Record<string, string>>;

/** All that files have said of one order, by layout: what `readOrder` of a file cart gets. */
export type FileOrder = Readonly<Record<string, readonly FileRow[]>>;

/** One kind of file that a cart, or software beside it, writes. */
export interface FileLayout<Settings = unknown> {
  readonly id: string;
  readonly label: LocalText;
  readonly help: LocalText;
  readonly columns: Readonly<Record<string, FileColumn>>;
  /** Pure. The cart's number of the order that a row is about; empty where it names none. */
  readonly orderNumberOf: (row: FileRow, settings: Settings) => string;
  /**
   * Where rows about one order add up over several files (parcels): what tells whether two rows are the same.
   * Absent: the rows of a newer file replace those of an older one.
   */
  readonly rowKeyOf?: (row: FileRow) => string;
}

export type FileEncoding = 'cp932' | 'utf8';

/** What is told of one order, in the cart's words: by call, or as a row of a result file. */
export interface StatusUpdate {
  readonly orderNumber: string;
  /** The number under which the buyer placed the order elsewhere, where the order has one. */
  readonly originNumber?: string | null;
  readonly word: string;
  readonly npTransactionId?: string | null;
  /** Why, in Japanese, for people: checks that failed, NP's codes explained, a lost answer. */
  readonly reasons?: readonly string[];
  readonly instruction?: CartInstruction | null;
}

/** The file in which a cart, or the people at it, take over what the hub knows. */
export interface ResultLayout<Settings = unknown> {
  readonly encoding: FileEncoding;
  /** `at` is now, by the injected clock. Without a folder. */
  readonly fileName: (at: Date) => string;
  readonly header: readonly string[];
  readonly row: (update: StatusUpdate, settings: Settings) => readonly string[];
}

/** Files as a transport: what comes in, and what goes out. */
export interface FileTransport<Settings = unknown> {
  readonly layouts: readonly FileLayout<Settings>[];
  readonly results: ResultLayout<Settings>;
  /** When a file was made, as its name says; null where it does not. Absent: names say nothing. */
  readonly madeAtOf?: (fileName: string) => Date | null;
}
