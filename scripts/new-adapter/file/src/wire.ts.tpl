import { type FileTransport, cellText, japaneseTime } from '@np-hub/kit';
import { orderColumns } from './data/columns.js';

/** `…20261121093000…` or `…20261121_093000…` in a file's name. Assumed; null where a name says nothing. */
function madeAtOf(fileName: string): Date | null {
  const digits = /(?<!\d)(\d{8})[-_T]?(\d{6})(?!\d)/.exec(fileName);
  const time = japaneseTime(digits?.slice(1).join('') ?? '');
  return time === null ? null : new Date(time);
}

/** Japan's time as 14 digits. */
const digitsOf = (at: Date): string =>
  new Date(at.getTime() + 9 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14);

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
    fileName: (at) => `np_result_${digitsOf(at)}.csv`,
    header: ['注文番号', 'FILL_IN: 状況', 'NP取引ID', 'エラー内容'],
    row: ({ orderNumber, word, npTransactionId, reasons }) => [
      orderNumber,
      word,
      npTransactionId ?? '',
      (reasons ?? []).join(' / '),
    ],
  },
  madeAtOf,
};
