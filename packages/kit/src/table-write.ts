import { isEncodable, replaceTwins } from '@np-hub/model';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { FileEncoding } from './file.js';

/** 〓, what Japanese print sets where a character is missing. */
const missingMark = '\u3013';
const halfCharacter = /\p{Surrogate}/gu;

/**
 * Text as code page 932 can carry it. Characters that Windows writes in two ways (〜 and ～) become the one that exists;
 * what is left over stands as 〓 and is named in `lost`.
 */
export function cp932Text(text: string): { text: string; lost: string } {
  let lost = '';
  const kept = [...replaceTwins(text)].map((character) => {
    if (isEncodable(character)) return character;
    lost += character.replace(halfCharacter, '\ufffd');
    return missingMark;
  });
  return { text: kept.join(''), lost };
}

function utf8Text(text: string): { text: string; lost: string } {
  const halves = text.match(halfCharacter) ?? [];
  return { text: text.replace(halfCharacter, missingMark), lost: '\ufffd'.repeat(halves.length) };
}

/** Numbers, phones and slip numbers, which begin with a sign only by chance. */
const harmless = /^[-+＋－]?(?:[\d０-９][\d０-９,.\-() ]*)?$/u;

/** A cell that a spreadsheet would run as a formula, made plain by a leading apostrophe. */
const guarded = (cell: string): string =>
  /^[=+\-@\t\r＝＋－＠]/u.test(cell) && !harmless.test(cell) ? `'${cell}` : cell;

/** What a cell cannot hold at all: control characters but tab and line breaks. */
const controls = /(?![\t\r\n])\p{Cc}/gu;

/** A written file, and the places (from 0, the header aside) of characters that its encoding cannot carry. */
export interface WrittenTable {
  readonly bytes: Buffer;
  readonly lost: readonly { readonly row: number; readonly column: number; readonly characters: string }[];
}

/**
 * A CSV file with CRLF, quoted where needed. No cell can act as a formula. Characters that the encoding cannot carry
 * stand as 〓 and are named in `lost`; nothing becomes a question mark. Control characters are left out.
 */
export function writeTable(
  encoding: FileEncoding,
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
): WrittenTable {
  const lost: { row: number; column: number; characters: string }[] = [];
  const carry = encoding === 'cp932' ? cp932Text : utf8Text;
  const written = rows.map((cells, row) =>
    cells.map((cell, column) => {
      const carried = carry(guarded(cell.replace(controls, '')));
      if (carried.lost !== '') lost.push({ row, column, characters: carried.lost });
      return carried.text;
    }),
  );
  const head = header ? [header.map((cell) => carry(cell).text)] : [];
  const text = stringify([...head, ...written], {
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
    quoted_empty: true,
  });
  return { bytes: encoding === 'cp932' ? iconv.encode(text, 'cp932') : Buffer.from(text), lost };
}
