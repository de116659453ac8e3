import { z } from 'zod';
import { transactionRowSchema } from './views.js';

/** Where an order with an enclosed invoice (wiz) stands, from its approval to its report. */
export const invoiceStepSchema = z.enum(['to-print', 'printed', 'to-report', 'late']);
export type InvoiceStep = z.infer<typeof invoiceStepSchema>;

export const invoicePageSchema = z.object({
  /** Orders in each step; `late` ones are counted in their step as well. */
  counts: z.record(invoiceStepSchema, z.int()),
  rows: z.array(
    transactionRowSchema.extend({
      /** The issue date on the invoice; null: not printed, or not told. */
      issuedOn: z.string().nullable(),
      /** The last day on which NP takes a report with that date (E0100126). */
      reportBy: z.string().nullable(),
      since: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});
export type InvoicePage = z.infer<typeof invoicePageSchema>;
