import type { FileLayout } from '@np-hub/kit';
import { npTransactionIdPattern } from './wire.js';

/**
 * The list of transactions that NP's console gives as CSV (np-connect-pro.md, section 0: console and CSV download show the
 * id). Its headers are not public. assumed: the names under which implementers and help pages speak of the two ids (S7,
 * S8), and code page 932; a shop whose list has others sets them on the page. Everything else in the list is not read.
 */
export const consoleFile: FileLayout<never> = {
  id: 'np-console',
  label: { ja: 'NPの取引一覧CSV', en: 'NP’s CSV of transactions' },
  help: {
    ja: 'NPの管理画面でダウンロードした取引一覧のCSVです。加盟店取引IDとNP取引IDの2列だけを使い、ほかの列は読み取らず、保存もしません。見出しの名前は推定です。違う場合は画面で列を選んでください。',
    en: 'The CSV of transactions that NP’s console gives. Only two columns are used, the shop’s transaction id and NP’s; nothing else is read or kept. The headers are assumed: choose the columns where yours differ.',
  },
  columns: {
    shopTransactionId: {
      label: { ja: '加盟店取引ID', en: 'Shop transaction id' },
      headers: ['加盟店取引ID', '加盟店取引番号', '加盟店取引No', 'ショップ取引ID', 'shop_transaction_id'],
      required: true,
    },
    npTransactionId: {
      label: { ja: 'NP取引ID', en: 'NP transaction id' },
      headers: ['NP取引ID', 'NP取引番号', 'NP取引No', 'np_transaction_id'],
      required: true,
      shape: npTransactionIdPattern,
    },
  },
  orderNumberOf: (row) => row['shopTransactionId'] ?? '',
};
