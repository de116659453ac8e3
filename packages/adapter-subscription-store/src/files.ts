import { type FileRow, type FileTransport, cellText, fileStamp, stampedAt } from '@np-hub/kit';
import { layouts } from './data/columns.js';
import { stopWord } from './data/words.js';
import type { Settings } from './settings.js';

const orderNumberOf = (row: FileRow): string => cellText(row, 'orderNumber');

/** 注文データ and 出荷データ in, the result file out. Encoding, headers and names are assumed: none is public. */
export const file: FileTransport<Settings> = {
  layouts: [
    { ...layouts.orders, orderNumberOf },
    { ...layouts.shipments, orderNumberOf, rowKeyOf: (row) => cellText(row, 'slipNumber') },
  ],
  results: {
    encoding: 'cp932',
    fileName: (at) => `np_result_${fileStamp(at)}.csv`,
    header: ['注文番号', '決済状況', 'NP取引ID', 'エラー内容', '支払方法変更', 'コース停止'],
    row: ({ orderNumber, word, npTransactionId, reasons, instruction }, { codWord }) => [
      orderNumber,
      word,
      npTransactionId ?? '',
      reasons?.join(' ') ?? '',
      instruction === 'change-to-cod' ? codWord : '',
      instruction === 'stop-course' ? stopWord : '',
    ],
  },
  madeAtOf: stampedAt,
};
