import { EnclosedInvoicesController } from './enclosed-invoices.controller.js';
import { EnclosedInvoices } from './enclosed-invoices.js';

export const invoiceControllers = [EnclosedInvoicesController];
export const invoiceProviders = [EnclosedInvoices];
