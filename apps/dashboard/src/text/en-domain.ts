import type { DomainTexts } from './domain.js';
import { enActions, enActionsBefore, enEvents } from './en-history.js';

export const enDomain: DomainTexts = {
  states: {
    received: {
      label: 'Received',
      meaning: 'The order has been taken in and is not registered at NP yet.',
      next: 'Nothing to do: it is registered by itself when the credit check is due.',
    },
    blocked: {
      label: 'Blocked',
      meaning: 'Something in the order is wrong, so nothing is registered at NP.',
      next: 'Look at what is listed below, correct it and send it for review again.',
    },
    registering: {
      label: 'Registering',
      meaning: 'The registration is on its way to NP.',
      next: 'Nothing to do. Please wait for the result.',
    },
    reviewing: {
      label: 'In review',
      meaning: 'NP is checking the credit.',
      next: 'Nothing to do: the result arrives by itself.',
    },
    approved: {
      label: 'Approved',
      meaning: 'NP has approved exactly the present order.',
      next: 'Once shipped, enter slip number and carrier in the cart.',
    },
    held: {
      label: 'On hold',
      meaning: "NP wants something confirmed or corrected. Meanwhile the buyer's limit stays reserved.",
      next: 'Look at the reasons below, correct the order and send it for review again.',
    },
    rejected: {
      label: 'Rejected',
      meaning: 'NP refuses NP後払い for this order.',
      next: 'Ask the buyer to choose another payment method.',
    },
    amending: {
      label: 'Amending',
      meaning: 'The changed order is on its way to NP and will be reviewed again.',
      next: 'Nothing to do. Do not ship before the review has ended.',
    },
    'amendment-failed': {
      label: 'Amendment failed',
      meaning: 'NP refused the change and still has the earlier content.',
      next: 'Look at the reason, correct the order and send it for review again.',
    },
    reporting: {
      label: 'Reporting shipment',
      meaning: 'The shipment report is on its way to NP.',
      next: 'Nothing to do. Please wait for the result.',
    },
    'report-failed': {
      label: 'Report failed',
      meaning: 'The shipment is not reported, so no invoice will be sent.',
      next: 'Check carrier and slip number, correct them and send again.',
    },
    reported: {
      label: 'Shipment reported',
      meaning: 'NP has the shipment report and bills the buyer.',
      next: 'Nothing to do.',
    },
    cancelling: {
      label: 'Cancelling',
      meaning: 'NP has been asked to cancel the transaction.',
      next: 'Nothing to do. Do not ship.',
    },
    'cancel-failed': {
      label: 'Cancel failed',
      meaning: 'The transaction is still alive at NP: the buyer may be billed.',
      next: 'Look at the reason and send it again.',
    },
    cancelled: { label: 'Cancelled', meaning: 'Nothing is alive at NP.', next: 'Nothing to do.' },
    'cancel-refused-paid': {
      label: 'Paid, not cancellable',
      meaning: 'The buyer has paid already, so NP cannot cancel.',
      next: 'Refund the buyer directly from the shop.',
    },
    reissuing: {
      label: 'Reissuing',
      meaning: 'After a partial return the transaction is being registered anew.',
      next: 'Nothing to do. Please wait until it is complete.',
    },
    'reissue-failed': {
      label: 'Reissue failed',
      meaning: 'The reissue stopped half-way: the buyer may not be billed at all.',
      next: 'Urgent: look at the reason, then correct or send again.',
    },
    lapsed: {
      label: 'Lapsed',
      meaning: 'NP has dropped the transaction. There is no credit any more.',
      next: 'Not shipped yet: send it again for a new review. Shipped already: tell the person in charge.',
    },
    'in-doubt': {
      label: 'Result unknown',
      meaning: 'No answer came from NP, so nobody knows whether the request was carried out.',
      next: 'Read “Outcome unknown” below and find out what NP has.',
    },
    paid: { label: 'Paid', meaning: 'The buyer has paid.', next: 'Nothing to do.' },
    released: {
      label: 'Not linked',
      meaning: 'This order is outside the automatic link to NP後払い.',
      next: 'To bring it back, use “Adopt”.',
    },
  },
  atCheckout: {
    correcting:
      'Nothing to do. The order has not been placed yet: it is to be corrected on the order page of the cart, which then asks for another review. If it is not placed in time, it ends by itself.',
    confirming:
      'Nothing to do. The cart has yet to place the order. If it is not placed in time, it ends by itself.',
  },
  todos: {
    blocked: 'Correct and send for review',
    held: 'Confirm, correct, send for review',
    rejected: 'Offer another payment method',
    'amendment-failed': 'Correct and send for review',
    'report-failed': 'Correct carrier or slip, send again',
    'cancel-failed': 'Look at the reason, send again',
    'cancel-refused-paid': 'Refund the buyer directly',
    'reissue-failed': 'Urgent: correct or send again',
    lapsed: 'Not shipped yet: send again',
    'in-doubt': "Look it up in NP's console",
  },
  gates: {
    ship: { label: 'Ship', title: 'You may ship' },
    wait: { label: 'Wait', title: 'Do not ship yet' },
    stop: { label: 'Stop', title: 'Stop the shipment' },
  },
  gatesBeyond: {
    released: { label: 'Outside', title: 'Not for the hub to say' },
    shipped: { label: 'Shipped', title: 'Already shipped' },
  },
  gateReasons: {
    approved: 'NP has approved exactly the present order.',
    'not-approved-yet': 'NP has not finished its review.',
    'payload-changed': 'The order changed after the review. The new content is being reviewed.',
    'approval-unproven': 'It is being checked whether the result is about the newest content.',
    'edit-open': 'The order is open for editing in the cart.',
    'order-missing': 'The cart does not show the order any more, or not readably. Please check there.',
    'invoice-not-printed': 'The invoice to enclose has not been printed.',
    'settlement-overdue':
      'The last day for the shipment report (settlement) has passed. The gateway may have cancelled it by itself: do not ship.',
    reissuing: 'The reissue has not ended.',
    'cancel-wanted': 'The order has been cancelled.',
    released: 'The order is not linked. Follow what the cart says, and its payment method.',
    rejected: 'NP rejected it, so it cannot be shipped under NP後払い.',
    lapsed: 'The credit has lapsed.',
    'possible-duplicate': 'It may be a duplicate. NP does not hear of it until somebody has said.',
    'nothing-at-np': 'Nothing is alive at NP.',
  },
  shippedReason: 'The cart says that it has left.',
  actors: {
    none: { label: 'Nobody', short: 'Nobody', todo: 'There is nothing to do now.' },
    buyer: { label: 'Ask the buyer', short: 'Buyer', todo: 'Contact the buyer and find out what is right.' },
    shop: {
      label: 'Shop',
      short: 'Shop',
      todo: 'The shop can put this right alone, without asking the buyer.',
    },
    np: { label: 'Waiting for NP', short: 'NP', todo: "Wait for NP's answer and do not ship." },
    nobody: {
      label: 'Cannot be repaired',
      short: 'Hopeless',
      todo: 'No correction helps. Cancel, and offer another payment method.',
    },
  },
  attentions: {
    'order-missing': { label: 'Missing in cart', todo: 'Check whether the order was deleted in the cart.' },
    'edit-open': {
      label: 'Open for edit',
      todo: 'Save the edit in the cart, or send the order again as it is.',
    },
    'order-returned': { label: 'Returned', todo: 'Goods came back: decide between a cancel and a reissue.' },
    'shipped-without-credit': {
      label: 'Shipped without credit',
      todo: 'Shipped before the approval. Tell the person in charge.',
    },
    'shipped-but-ended': {
      label: 'Ended after shipment',
      todo: 'Cancelled after it was shipped. Get the goods back, or bill another way.',
    },
    'reported-other-payload': {
      label: 'Changed after report',
      todo: 'Changed after the report. Compare the amount at NP with the order; where it has become less, a reissue is possible.',
    },
    'reported-other-shipment': {
      label: 'Slip changed after report',
      todo: "Carrier or slip number changed after the report. Correct it in NP's console.",
    },
    'unknown-credit-result': {
      label: 'Unknown credit result',
      todo: "NP sent a result nobody knows. Look at NP's console.",
    },
    'second-np-id': {
      label: 'Two NP ids',
      todo: 'NP has an NP id that contradicts the hub. If the order stands there twice, cancel the other one below.',
    },
    'second-live-transaction': {
      label: 'Possible duplicate',
      todo: "An earlier registration is still alive. Look at NP's console.",
    },
    'ended-at-np': {
      label: 'Ended at NP',
      todo: 'It has ended at NP, by a cancel or a lapse: NP does not say which. Press “Cancel” if the order was cancelled, or send it again if it goes on. Nothing is registered anew by itself.',
    },
    'possible-duplicate': {
      label: 'Possibly twice',
      todo: 'There is an order of the same buyer over the same amount. Compare them below.',
    },
    'unmapped-word': {
      label: 'Unknown word',
      todo: 'The cart uses a word that nobody has explained. Settle it under “Unknown words”: the order then goes on.',
    },
    deadline: { label: 'Deadline', todo: 'A deadline is near or has passed.' },
  },
  deadlines: {
    'credit-check': 'Credit check begins',
    'approval-unproven': 'Result checked again',
    'hold-ageing': 'Hold to be handled',
    'review-answer': "NP's answer",
    'review-late': 'Review to end',
    'credit-ageing': 'Credit may lapse (estimate)',
    'settle-by': 'Last day for the shipment report (settlement)',
    'answer-late': 'Notice of the result',
    'checkout-open': 'Order to be confirmed by the cart (real time)',
  },
  operations: {
    register: 'Register',
    amend: 'Amend',
    cancel: 'Cancel',
    report: 'Report shipment',
    reissue: 'Reissue',
    'find-credit': 'Ask for credit result',
    notification: 'Notice of a result',
    'find-payment': 'Ask for payment',
    'push-status': 'Update the cart',
  },
  events: enEvents,
  refusals: {
    'unknown-transaction': 'No such transaction yet',
    repeated: 'The same again: nothing changed',
    stale: 'Older than what is known: ignored',
    'unknown-attempt': 'No such registration',
    'attempt-superseded': 'About an earlier registration: ignored',
    'not-expected': 'Nothing was asked: ignored',
    'operation-under-way': 'Another call is under way: ignored',
    'not-allowed': 'Not possible in this state',
    'same-day': 'not on the day of the report',
    'too-early': 'Sent only a moment ago: too early',
    'not-due': 'No longer due',
    'malformed-np-id': 'Not an NP transaction id',
  },
  actions: enActions,
  actionsBefore: enActionsBefore,
  cartStatuses: {
    open: 'Open',
    shipped: 'Shipped',
    cancelled: 'Cancelled',
    deleted: 'Deleted',
    returned: 'Returned',
  },
  flags: {
    'several-destinations': 'Several destinations',
    reservation: 'Reservation',
    digital: 'Digital goods',
    subscription: 'Subscription',
  },
  credits: { approved: 'Approved', held: 'On hold', rejected: 'Rejected', unknown: 'Unknown result' },
  foundAtNp: { cancelled: 'Cancelled', reported: 'Reported', paid: 'Paid', alive: 'Alive' },
  phases: { queued: 'Queued', sent: 'Awaiting answer', pending: 'Pending at NP', lost: 'No answer' },
};
