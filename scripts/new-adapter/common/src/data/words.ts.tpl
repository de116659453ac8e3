import type { OutgoingWords } from '@np-hub/kit';

/**
 * The word that the cart, or the people at it, get for each situation at NP. Where the cart has none: `notSent` of the
 * kit, but only in situations that do not have to hold goods back; never a word on which goods may go. Say whose words these are, with the source.
 */
export const words: OutgoingWords = {
  received: 'FILL_IN', // taken in, not yet sent to NP: what the cart itself shows on a new order
  blocked: 'FILL_IN', // a check failed or NP refused: somebody has to look
  'registering-queued': 'FILL_IN', // about to be sent to NP: likewise, or what the cart shows on the way there
  'registering-sent': 'FILL_IN',
  reviewing: 'FILL_IN', // NP is looking at it
  approved: 'FILL_IN', // 与信OK: the goods may go
  held: 'FILL_IN', // 保留: NP wants something corrected
  rejected: 'FILL_IN', // 与信NG
  'amending-queued': 'FILL_IN', // a change is about to be sent to NP
  'amending-sent': 'FILL_IN',
  'amendment-failed': 'FILL_IN',
  'reporting-queued': 'FILL_IN', // shipped, the report to NP is under way
  'reporting-sent': 'FILL_IN',
  'report-failed': 'FILL_IN',
  reported: 'FILL_IN', // NP has the shipment report
  cancelling: 'FILL_IN',
  'cancel-failed': 'FILL_IN',
  cancelled: 'FILL_IN',
  'cancel-refused-paid': 'FILL_IN', // the buyer has paid already: the shop refunds
  reissuing: 'FILL_IN', // part of it came back: a new invoice is under way
  'reissue-failed': 'FILL_IN',
  lapsed: 'FILL_IN', // NP's approval has run out
  paid: 'FILL_IN',
  released: 'FILL_IN', // no longer an order for NP
};

/** Those of the words above on which the goods may go: the approval, and what follows a shipment. */
export const shippingWords = [String(words.approved)];
