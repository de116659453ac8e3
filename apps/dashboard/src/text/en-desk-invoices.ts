import type { Texts } from './texts.js';

export const enDeskInvoices: Texts['desk']['invoices'] = {
  nav: 'Enclosed invoices',
  title: 'Enclosed invoices (wiz)',
  lead: 'Orders whose invoice the shop prints and encloses. The ship gate says “wait” until it is marked as printed.',
  steps: { 'to-print': 'To print', printed: 'Printed', 'to-report': 'To report', late: 'Late' },
  helps: {
    'to-print': 'Approved orders with an enclosed invoice appear here.',
    printed: 'Orders that are printed and wait to be shipped appear here.',
    'to-report': 'Orders whose shipment report is on its way, or has failed, appear here.',
    late: 'Orders not printed three days after the approval, and those not reported seven days after the issue date, appear here.',
  },
  empty: 'No orders here',
  since: 'In this state since',
  issuedOn: 'Issue date',
  issuedOnHelp: 'The date printed on the invoice. It goes to NP with the shipment report.',
  reportBy: 'Report by',
  mark: (count) => `Mark the ${count} shown as printed`,
  marked: (count) => `${count} marked as printed.`,
};
