import type { FileTransport, ResultLayout } from '@np-hub/kit';
import { japaneseTime } from '@np-hub/kit';
import { itemColumns, orderColumns } from './data/columns.js';
import { layoutTexts } from './data/texts.js';
import { plain } from './read.js';

/** Confirmed for EC-CUBE 2.13 (`SC_Helper_CSV`): `order_YYMMDD_HHMMSS.csv`, Japan time. The other heads are assumed. */
function madeAtOf(fileName: string): Date | null {
  const parts = /_(\d{6})_(\d{6})(?!\d)/.exec(fileName);
  const time = parts ? japaneseTime(`20${parts[1]}${parts[2]}`) : null;
  return time === null ? null : new Date(time);
}

const japanOffsetMs = 9 * 3_600_000;
const fileTime = (at: Date): string => {
  const digits = new Date(at.getTime() + japanOffsetMs).toISOString().replaceAll(/\D/g, '');
  return `${digits.slice(2, 8)}_${digits.slice(8, 14)}`;
};

/**
 * Assumed whole: カゴラボ documents no import of NP results. Encoding, line ends and file name are those of EC-CUBE
 * 2.13's own files; NP後払いステータス and エラー情報 are fields of the edit screen (confirmed).
 */
const results: ResultLayout = {
  encoding: 'cp932',
  fileName: (at) => `np_result_${fileTime(at)}.csv`,
  header: ['注文番号', 'NP後払いステータス', 'NP取引ID', 'エラー情報'],
  row: ({ orderNumber, word, npTransactionId, reasons }) => [
    orderNumber,
    word,
    npTransactionId ?? '',
    (reasons ?? []).join(' / '),
  ],
};

export const file: FileTransport = {
  layouts: [
    {
      id: 'orders',
      ...layoutTexts.orders,
      columns: orderColumns,
      orderNumberOf: ({ orderNumber }) => plain(orderNumber ?? ''),
    },
    {
      id: 'items',
      ...layoutTexts.items,
      columns: itemColumns,
      orderNumberOf: ({ orderNumber }) => plain(orderNumber ?? ''),
    },
  ],
  results,
  madeAtOf,
};
