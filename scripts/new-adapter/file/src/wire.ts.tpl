import { type FileTransport, cellText, fileStamp, stampedAt } from '@np-hub/kit';
import { orderColumns } from './data/columns.js';

/**
 * The files of the cart; mark each piece as confirmed, observed or assumed, with its source. A second kind of file (slip
 * numbers, destinations) is one more entry in `layouts`, with columns of its own.
 */
export const file: FileTransport = {
  layouts: [
    {
      id: 'orders',
      label: { ja: '受注CSV', en: 'Orders' },
      help: { ja: 'FILL_IN: カートのどの画面で出力するか', en: 'FILL_IN: where in the cart this file is made' },
      columns: orderColumns,
      orderNumberOf: (row) => cellText(row, 'orderNumber'),
    },
  ],
  results: {
    encoding: 'cp932',
    fileName: (at) => `np_result_${fileStamp(at)}.csv`,
    header: ['注文番号', 'FILL_IN: 状況', 'NP取引ID', 'エラー内容'],
    row: ({ orderNumber, word, npTransactionId, reasons }) => [
      orderNumber,
      word,
      npTransactionId ?? '',
      (reasons ?? []).join(' / '),
    ],
  },
  /** Assumed: `…20261121_093000…` in a file's name. Where names tell another way, write your own with `japaneseTime`. */
  madeAtOf: stampedAt,
};
