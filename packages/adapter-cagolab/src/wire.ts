import type { FileTransport, ResultLayout } from '@np-hub/kit';
import { fileStamp, stampedAt } from '@np-hub/kit';
import { itemColumns, orderColumns } from './data/columns.js';
import { layoutTexts } from './data/texts.js';
import { plain } from './read.js';

/**
 * Assumed whole: カゴラボ documents no import of NP results. Encoding, line ends and file name are those of EC-CUBE
 * 2.13's own files; NP後払いステータス and エラー情報 are fields of the edit screen (confirmed).
 */
const results: ResultLayout = {
  encoding: 'cp932',
  fileName: (at) => `np_result_${fileStamp(at).slice(2)}.csv`,
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
  /** Confirmed for EC-CUBE 2.13 (`SC_Helper_CSV`): `order_YYMMDD_HHMMSS.csv`, Japan time. The other heads are assumed. */
  madeAtOf: stampedAt,
};
