import type { Attempt } from './facts.js';

/** An attempt of which nothing is proven yet. */
export const newAttempt = (number: number, sent: Attempt['sent']): Attempt => ({
  number,
  registration: 'sent',
  npTransactionId: null,
  sent,
  payload: null,
  acceptedAt: null,
  amended: false,
  pendingSeen: false,
  creditAskedAt: null,
  earlierFixedAt: null,
  editSentAt: null,
  heldSince: null,
  credit: null,
  proofTries: 0,
  reported: null,
  lostReport: null,
  cancelledAt: null,
  lapsedAt: null,
  endUnexplained: false,
  restoredAt: null,
  paidAt: null,
  cancelRefusedAt: null,
  cancelRefusedPaid: false,
});
