import { enDeskDeadlines, enDeskGate } from './en-desk-boards.js';
import { enDeskCase, enDeskContact, enDeskFix } from './en-desk-case.js';
import { enDeskFind } from './en-desk-find.js';
import { enDeskInbox } from './en-desk-inbox.js';
import { enDeskInvoices } from './en-desk-invoices.js';
import { enDeskPayment } from './en-desk-payment.js';
import { enDeskRepairs } from './en-desk-repairs.js';
import { enDeskSheet } from './en-desk-sheet.js';
import type { Texts } from './texts.js';

export const enDesk: Texts['desk'] = {
  find: enDeskFind,
  inbox: enDeskInbox,
  case: enDeskCase,
  contact: enDeskContact,
  fix: enDeskFix,
  sheet: enDeskSheet,
  gate: enDeskGate,
  deadlines: enDeskDeadlines,
  invoices: enDeskInvoices,
  payment: enDeskPayment,
  repairs: enDeskRepairs,
};
