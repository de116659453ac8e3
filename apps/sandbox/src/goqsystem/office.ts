import type { OfficeDefinition } from '../offices/office.js';
import { actions } from './actions.js';
import { readResults, writeB2, writeOrders } from './files.js';
import { type GoqOrder, makeGoqOrder } from './order.js';
import { pages } from './page.js';
import { scripts } from './scripts.js';
import { labelCancelled, npPayment } from './words.js';

/** GoQSystem's back office. It writes a merchant's custom CSV and B2クラウド's file, and takes the file with NP's results. */
export const goqsystem: OfficeDefinition<GoqOrder> = {
  id: 'goqsystem',
  label: 'GoQSystem',
  exports: {
    orders: { label: '受注データ(ユーザーカスタム)', exchanged: true, write: writeOrders },
    'slips-b2': { label: 'B2クラウドの送り状データ', exchanged: true, write: writeB2 },
  },
  readResult: readResults,
  makeOrder: makeGoqOrder,
  npNumberOf: ({ mallNumber }) => mallNumber,
  scripts,
  wordOf: ({ npWord, npSync }) => [npWord, npSync].filter((word) => word !== '').join(' '),
  isClosed: ({ label, payment }) => label === labelCancelled || payment !== npPayment,
  actions,
  pages,
};
