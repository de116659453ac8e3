import { type FileRow, type FileTransport, cellText, japaneseTime } from '@np-hub/kit';
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
    fileName: (at) => {
      const japan = new Date(at.getTime() + 9 * 3_600_000).toISOString();
      return `np_result_${japan.replaceAll(/\D/g, '').slice(0, 14)}.csv`;
    },
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
  madeAtOf: (fileName) => {
    const time = japaneseTime(/(?<!\d)20\d{12}(?!\d)/.exec(fileName)?.[0] ?? '');
    return time === null ? null : new Date(time);
  },
};
