import type { LocalText } from '@np-hub/kit';

const startsWith = (start: Buffer, ...bytes: readonly number[]): boolean =>
  start.subarray(0, bytes.length).equals(Buffer.from(bytes));

const looksAt = 1_000;

/** A control character that no table of text has: none of white space, and not the escape of ISO-2022-JP. */
const isBinary = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b);

const saveAsCsv = {
  ja: 'CSV(「CSV UTF-8」またはShift_JIS)で保存し直してから、もう一度取り込んでください。',
  en: 'Save it as CSV (CSV UTF-8 or Shift_JIS), and take that in.',
};

const texts = {
  empty: { ja: 'ファイルが空です。', en: 'The file is empty.' },
  workbook: {
    ja: `Excelブックなど、CSVではないファイルです。${saveAsCsv.ja}`,
    en: `This is no CSV but an Excel workbook or the like. ${saveAsCsv.en}`,
  },
  utf16: {
    ja: `文字コードがUTF-16のファイル(Excelの「Unicode テキスト」など)は取り込めません。${saveAsCsv.ja}`,
    en: `Files in UTF-16 (Excel's Unicode Text) cannot be taken in. ${saveAsCsv.en}`,
  },
  binary: {
    ja: `テキスト形式のファイルではないようです。${saveAsCsv.ja}`,
    en: `This does not look like a file of text. ${saveAsCsv.en}`,
  },
} as const satisfies Record<string, LocalText>;

/** What a file is that holds no table of text, as far as its first bytes tell; null where it may hold one. */
export function foreignText(start: Buffer): LocalText | null {
  const first = start.subarray(0, looksAt);
  if (
    first
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trim() === ''
  )
    return texts.empty;
  // A zip, as .xlsx is one, and the container of the older .xls.
  if (startsWith(start, 0x50, 0x4b, 0x03, 0x04) || startsWith(start, 0xd0, 0xcf, 0x11, 0xe0))
    return texts.workbook;
  if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) return texts.utf16;
  return first.some(isBinary) ? texts.binary : null;
}
