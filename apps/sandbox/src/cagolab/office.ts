import type { OfficeDefinition } from '../offices/office.js';
import { actions } from './actions.js';
import { readResults, writeItems, writeOrders } from './files.js';
import { type CagolabOrder, makeCagolabOrder } from './order.js';
import { pages } from './page.js';
import { scripts } from './scripts.js';
import { npPayment, statusCancelled } from './words.js';

/** カゴラボ's back office. It writes 受注CSV and 配送先商品CSV, and takes the file with NP's results. */
export const cagolab: OfficeDefinition<CagolabOrder> = {
  id: 'cagolab',
  label: 'カゴラボ',
  exports: {
    items: { label: '配送先商品CSV', exchanged: true, write: writeItems },
    orders: { label: '受注CSV', exchanged: true, write: writeOrders },
  },
  readResult: readResults,
  makeOrder: makeCagolabOrder,
  npNumberOf: ({ number }) => number,
  scripts,
  wordOf: ({ npWord }) => npWord,
  isClosed: ({ status, payment }) => status === statusCancelled || payment !== npPayment,
  actions,
  pages,
};
