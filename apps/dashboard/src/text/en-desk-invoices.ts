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
  choose: 'Choose',
  laterOnes: 'Orders that came after this list was opened are not chosen.',
  mark: (count) => `Mark the ${count} chosen as printed`,
  markTitle: (count) => `Mark ${count} as printed?`,
  markText: (day) =>
    `The issue date is ${day}. Orders that are marked may be shipped, and do not go back to “to print”. A wrong date is mended by marking them again with the right one.`,
  markConfirm: 'Mark as printed',
  markedOrders: (numbers, count) =>
    `${numbers.join(', ')}${count > numbers.length ? ` and ${count - numbers.length} more` : ''}`,
  marked: (count, failed) =>
    `${count} marked as printed.${failed > 0 ? ` ${failed} could not be: please look at them as they are now.` : ''}`,
};
