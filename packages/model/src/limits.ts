const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Figures of the state machine, each beside its source. */
export const limits = {
  /** NP's duplicate guard looks back one month (np-connect-pro.md 4g, S7); a probe stays well inside it. */
  probeWithinMs: 25 * dayMs,
  /** A registration whose answer was lost may still be on its way; a call lasts 30 s at most. Assumed: ample. */
  absenceAfterMs: 10 * minuteMs,
  /** How long a result may stay unproven before the same edit is sent once more. Assumed. */
  proofAfterMs: 10 * minuteMs,
  proofTries: 3,
  /** A hold keeps the buyer's limit reserved (S4); remind after a week. Assumed. */
  holdAgeingMs: 7 * dayMs,
  /** A review usually ends within a day. Assumed. */
  reviewLateMs: dayMs,
  /** An approval can lapse at NP (S4) after a time nobody has published. Assumed. */
  creditAgeingMs: 60 * dayMs,
  /** Staff are told this long before a deadline. */
  nearMs: dayMs,
  /** And this long before the last day for a report, after which everything is lost. Assumed: time to ship. */
  settleNearMs: 7 * dayMs,
  /** The result of an accepted cancel or report usually comes within hours (a batch, seed 000). Assumed. */
  answerLateMs: dayMs,
  /** A call may reach NP this long after it left (S2, S5: a call lasts 30 s at most): no repeat before. */
  callAtMostMs: 30_000,
  /** The first repeat after a lost answer, then four times as long each time, up to the longest. */
  resolveFirstMs: 5_000,
  /** A doubt that this many answers have not resolved is no longer the hub's alone. Assumed. */
  quietLosses: 4,
  resolveLongestMs: 60 * minuteMs,
  /** Characters of `shop_transaction_id` (S3). */
  shopTransactionId: 40,
} as const;

/** `at` moved by a number of milliseconds. */
export const later = (at: string, milliseconds: number): string =>
  new Date(Date.parse(at) + milliseconds).toISOString();
