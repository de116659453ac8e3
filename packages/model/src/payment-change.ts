import { currentAttempt, isLive, type Facts } from './facts.js';
import { bandOf } from './fees.js';
import type { Order } from './order.js';
import type { OtherMethod } from './policies.js';
import { stateOf } from './situation.js';

/**
 * What NP has of an order that could be paid otherwise. `none`: nothing to propose. `alive`: NP has to be told first.
 * `ending`: NP has been told, its answer is awaited. `unsure`: something may be alive, and a person has to look.
 * `ended`: proven to have ended, or never begun; only now the buyer may be asked for the money in another way.
 */
export type NpSide = 'none' | 'alive' | 'ending' | 'unsure' | 'ended';

/** Where an order stands for whom NP's way of paying has failed; only what is proven counts as ended. */
export function npSideOf(facts: Facts): NpSide {
  if (!isAskedFor(facts)) return 'none';
  const state = stateOf(facts);
  if (state === 'held') return 'alive';
  const goesOn = facts.inFlight !== null && facts.inFlight.phase !== 'lost';
  if (goesOn || state === 'cancelling') return 'ending';
  const open = facts.attempts.some(isLive) || facts.strayIds.length > 0 || facts.inFlight !== null;
  return open ? 'unsure' : 'ended';
}

/** The cart still sells it to be paid by NP, the buyer has not paid, and NP will not be the way. */
function isAskedFor(facts: Facts): boolean {
  const { cart, wanted, attempts } = facts;
  const sold = cart.status === 'open' || cart.status === 'shipped';
  if (!sold || cart.missing || cart.payment !== 'np' || wanted.provisional) return false;
  if (wanted.release || attempts.some(({ paidAt, cancelRefusedPaid }) => paidAt || cancelRefusedPaid))
    return false;
  if (wanted.cancel) return wanted.cancel.by === 'staff';
  const state = stateOf(facts);
  const lost = currentAttempt(facts)?.endUnexplained === true && facts.inFlight === null;
  return state === 'rejected' || state === 'held' || state === 'lapsed' || lost;
}

/** What an order costs now, and how much of it is NP's fee. */
export interface NpAmounts {
  readonly totalYen: number;
  readonly feeYen: number;
}

/**
 * NP's fee in the total that NP would bill: the cart's own, or what a person says where the cart does not, with what the
 * shop's rule of fees has put on top of it. The total without it is always the cart's.
 */
export function npAmountsOf(
  { billedYen, feeYen }: Pick<Order, 'billedYen' | 'feeYen'>,
  { totalYen, enteredYen }: { readonly totalYen: number; readonly enteredYen: number },
): NpAmounts {
  return { totalYen, feeYen: totalYen - (billedYen - (feeYen ?? enteredYen)) };
}

/** Why a method is not possible for an order. */
export type MethodObstacle = 'nothing-to-pay' | 'no-band' | 'over-limit';

export interface MethodOffer {
  readonly name: string;
  readonly note: string;
  readonly limitYen: number | null;
  /** Null: the shop has no fee for this amount. */
  readonly feeYen: number | null;
  readonly totalYen: number | null;
  readonly obstacle: MethodObstacle | null;
}

/**
 * The order under each of the shop's other methods: without NP's fee, with the method's. A band is chosen by the total
 * without a fee, and the limit holds for the new total, both ends included.
 */
export const offersOf = (methods: readonly OtherMethod[], now: NpAmounts): MethodOffer[] =>
  methods.map((method) => offerOf(method, now.totalYen - now.feeYen));

function offerOf({ name, note, limitYen, feeYen, feeBands }: OtherMethod, bareYen: number): MethodOffer {
  const own = { name, note, limitYen };
  if (bareYen <= 0) return { ...own, feeYen: null, totalYen: null, obstacle: 'nothing-to-pay' };
  const fee = feeBands.length === 0 ? feeYen : bandOf(feeBands, bareYen)?.feeYen;
  if (fee === undefined) return { ...own, feeYen: null, totalYen: null, obstacle: 'no-band' };
  const totalYen = bareYen + fee;
  const over = limitYen !== null && totalYen > limitYen;
  return { ...own, feeYen: fee, totalYen, obstacle: over ? 'over-limit' : null };
}
