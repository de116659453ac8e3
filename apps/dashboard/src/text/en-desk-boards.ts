import type { Texts } from './texts.js';

export const enDeskGate: Texts['desk']['gate'] = {
  nav: 'Ship gate',
  title: 'Ship gate',
  lead: 'Orders whose shipment has not been reported. Only what NP has provably approved as it stands may ship. Stops are shown for 30 days; orders that have left NP are not listed.',
  reason: 'Reason',
  download: { cp932: 'CSV (Excel, Shift_JIS)', utf8: 'CSV (UTF-8)' },
  empty: 'No orders here',
  emptyHelp: 'Try other filters.',
};

export const enDeskDeadlines: Texts['desk']['deadlines'] = {
  nav: 'Deadlines',
  title: 'Deadlines',
  lead: 'What is overdue, and what is due within 14 days, by day in Japan.',
  overdue: 'Overdue',
  today: 'Today',
  holds: 'Buyers’ limits kept by holds',
  holdsHelp: (count, yen) =>
    `${count}, ${yen}. A hold keeps the limit reserved, so that other orders of the same buyer may be rejected.`,
  empty: 'No orders with a deadline',
  emptyHelp: 'Orders appear here as their deadlines come near.',
  kinds: {
    'credit-check': 'Credit check begins',
    'approval-unproven': 'Result to be confirmed',
    'hold-ageing': 'Hold to be dealt with (about 7 days)',
    'review-answer': 'NP’s answer due',
    'review-late': 'Review late (over a day)',
    'credit-ageing': 'Approval may lapse (about 60 days)',
    'settle-by': 'Last day for the shipment report (settlement)',
    'answer-late': 'Result from NP due',
    unpaid: '30 days since the report, unpaid',
    'invoice-print': 'Enclosed invoice to be printed',
  },
  helps: {
    'credit-check': 'Registered by itself at that time.',
    'credit-ageing': 'Check the shipping plan: after a lapse the review starts anew.',
    'review-late': 'Look the review up in NP’s console.',
    unpaid: 'NP collects and reminds. Check for returns and parcels that did not arrive.',
    'invoice-print': 'Print the invoice, then mark it as printed.',
  },
};
