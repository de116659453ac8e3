import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One line of the journal: fields set on the record `id` of a kind. Later lines win, field by field. */
export interface JournalEntry {
  readonly kind:
    | 'np'
    | 'sbps'
    | 'sbps-service'
    | 'order'
    | 'outcome'
    | 'settings'
    | 'shop'
    | 'merchant'
    | 'fault'
    | 'office'
    | 'office-order'
    | 'reset';
  readonly id: string;
  readonly set: object;
}

/** An append-only file of JSON lines. Entries are collected and written by `flush`, once per call. */
export interface Journal {
  append(entry: JournalEntry): void;
  /** Writes what was collected. Survives a kill of the process; a power cut may cost the last moments. */
  flush(): void;
  close(): void;
}

/**
 * Opens a journal and gives its entries in order. A torn last line, left by a kill, is cut off;
 * a damaged line before it is an error that names the line.
 */
export function openJournal(file: string): { journal: Journal; entries: JournalEntry[] } {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a+');
  const { entries, wholeBytes, totalBytes } = readEntries(file);
  if (wholeBytes < totalBytes) ftruncateSync(descriptor, wholeBytes);
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length === 0) return;
    const bytes = Buffer.from(pending.join(''), 'utf8');
    pending = [];
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  };
  const journal: Journal = {
    append: (entry) => void pending.push(`${JSON.stringify(entry)}\n`),
    flush,
    close: () => {
      flush();
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
  };
  return { journal, entries };
}

function readEntries(file: string): { entries: JournalEntry[]; wholeBytes: number; totalBytes: number } {
  const bytes = readFileSync(file);
  const entries: JournalEntry[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10, start); end !== -1; end = bytes.indexOf(10, start)) {
    entries.push(readEntry(bytes.toString('utf8', start, end), entries.length + 1, file));
    start = end + 1;
  }
  return { entries, wholeBytes: start, totalBytes: bytes.length };
}

function readEntry(line: string, lineNumber: number, file: string): JournalEntry {
  try {
    // The file is written by this module alone, so its shape is known once it parses.
    return JSON.parse(line) as JournalEntry;
  } catch {
    throw new Error(`The journal ${file} is damaged at line ${lineNumber}. Move it away to start empty.`);
  }
}
