import { jaDeskDeadlines, jaDeskGate } from './ja-desk-boards.js';
import { jaDeskCase, jaDeskContact, jaDeskFix } from './ja-desk-case.js';
import { jaDeskFind } from './ja-desk-find.js';
import { jaDeskInbox } from './ja-desk-inbox.js';
import { jaDeskInvoices } from './ja-desk-invoices.js';
import { jaDeskPayment } from './ja-desk-payment.js';
import { jaDeskRepairs } from './ja-desk-repairs.js';
import { jaDeskSheet } from './ja-desk-sheet.js';

/** サポートの机: what the pages of the desk say. */
export const jaDesk = {
  find: jaDeskFind,
  inbox: jaDeskInbox,
  case: jaDeskCase,
  contact: jaDeskContact,
  fix: jaDeskFix,
  sheet: jaDeskSheet,
  gate: jaDeskGate,
  deadlines: jaDeskDeadlines,
  invoices: jaDeskInvoices,
  payment: jaDeskPayment,
  repairs: jaDeskRepairs,
};
