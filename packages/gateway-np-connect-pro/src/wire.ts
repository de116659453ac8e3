/**
 * What goes over the wire to NP Connect Pro. NP's own specification is not public: every piece names who
 * wrote it down. Source keys S1-S8 and sections are those of docs/ (np-connect-pro reference).
 *
 * confirmed: official, or seen by an official integrator · observed: implementers wrote it down · assumed: ours.
 */

/** observed (S2 S3 S5) */
export const baseUrls = {
  production: 'https://cp.np-payment-gateway.com/v1',
  test: 'https://ctcp.np-payment-gateway.com/v1',
} as const;

/** observed (S2 S3 S5, section 0) */
export const paths = {
  register: { method: 'POST', path: '/transactions' },
  amend: { method: 'PATCH', path: '/transactions/update' },
  cancel: { method: 'PATCH', path: '/transactions/cancel' },
  report: { method: 'POST', path: '/shipments' },
  reissue: { method: 'POST', path: '/transactions/reregister' },
  findCredit: { method: 'POST', path: '/authorizations/find' },
  findPayment: { method: 'POST', path: '/transactions/payments/find' },
} as const;

/** observed (S2 S3): fixed per integrating system; confirmed for one of them by S8 (seed 002) */
export const terminalHeader = 'X-NP-Terminal-Id';

/**
 * observed (S5) that the header is sent; assumed that the method is POST then: the header's only use is
 * where PATCH does not get through.
 */
export const methodOverrideHeader = 'X-HTTP-Method-Override';

/** observed (S1: EPRO0102, for cancel and shipment report); assumed for the other calls */
export const linesPerCall = 1_000;

/** observed (S2 S5): NP advises about 30 s */
export const timeoutMs = 30_000;

/** observed (S1: E0100003; S8 seed 002 shows the message) */
export const npTransactionIdPattern = /^\d{11}$/;

/** observed (S2 S3 S4 S5): 00, 10, 20 · observed (S3 S4 S5): 40 · observed (S5 only): 50, and 30 "ER", which we do not know how to end */
export const creditResults: Readonly<Record<string, 'pending' | 'approved' | 'held' | 'rejected'>> = {
  '00': 'approved',
  '10': 'held',
  '20': 'rejected',
  '40': 'pending',
  '50': 'pending',
  // assumed: an empty result means that the review has not begun (asynchronous mode, section 0)
  '': 'pending',
};

/** observed (S5 only) */
export const paymentStatuses: Readonly<Record<string, 'unpaid' | 'paid' | 'undisclosed'>> = {
  '10': 'unpaid',
  '20': 'paid',
  '30': 'undisclosed',
};

/** The codes that prove something about the transaction, strongest first. */
export const proofs = {
  // observed in effect (S7): the duplicate guard; its code is unknown and comes from the settings
  register: [],
  // observed (S1 S2 S4, section 4d); E0100114 assumed to mean the same as elsewhere
  amend: [
    ['E0100115', 'already-reported'],
    ['E0100114', 'already-cancelled'],
    ['E0100113', 'not-found'],
  ],
  // observed (S4 S5 S8), against one table of S1 (section 4h, conflict 1)
  cancel: [
    ['E0100118', 'already-paid'],
    ['E0100114', 'already-cancelled'],
    ['E0100113', 'not-found'],
  ],
  // observed (S1 S4, section 4f)
  report: [
    ['E0100118', 'already-paid'],
    ['E0100115', 'already-reported'],
    ['E0100114', 'already-cancelled'],
    ['E0100113', 'not-found'],
  ],
  reissue: [['E0100113', 'not-found']],
  // assumed, after the report (S4, section 4f): what NP dropped by itself answers as cancelled
  findCredit: [
    ['E0100114', 'already-cancelled'],
    ['E0100113', 'not-found'],
  ],
  findPayment: [['E0100113', 'not-found']],
} as const;

/** Field limits: confirmed by S3's client (40) · observed (S5): 50 and 100 */
export const siteNameLimit = 50;
export const siteUrlLimit = 100;
