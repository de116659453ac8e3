import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';

/** The same letter under another code point: Windows knows only the second, and carts write that. */
const windowsTwins: Readonly<Record<string, string>> = {
  '〜': '～',
  '−': '－',
  '‖': '∥',
  '—': '―',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
};
const twins = new RegExp(`[${Object.keys(windowsTwins).join('')}]`, 'gu');

/** How a cart writes its CSV files; all end their lines with CRLF. */
interface CsvStyle {
  readonly encoding: 'cp932' | 'utf8';
  /** Every field in quotes, or only those that need them (as PHP sees it: blanks and backslashes too). */
  readonly quoteAll: boolean;
}

/** Rows as a file. What the encoding lacks becomes `?`, as in the carts. */
export function writeCsv(rows: readonly (readonly string[])[], style: CsvStyle): Buffer {
  const text = stringify(
    rows.map((row) => [...row]),
    { quoted: style.quoteAll, quoted_match: /[\s\\]/, record_delimiter: 'windows' },
  );
  if (style.encoding === 'utf8') return Buffer.from(text, 'utf8');
  return iconv.encode(
    text.replace(twins, (letter) => windowsTwins[letter] ?? letter),
    'cp932',
  );
}

/** The records of a file, by the headers of its first line. Throws where it is no CSV. */
export function readCsv(bytes: Buffer, encoding: CsvStyle['encoding']): Record<string, string>[] {
  const text = iconv.decode(bytes, encoding);
  return parse(text, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true });
}
