import { isCalendarDay } from './checks/characters.js';
import type { CreditStart } from './events.js';
import type { Order } from './order.js';
import type { ShopPolicies } from './policies.js';

type TimingPolicies = Pick<ShopPolicies, 'creditTiming' | 'creditDaysBefore' | 'realTime'>;

const dayMs = 86_400_000;

/**
 * When the credit check of an order starts: at once, some days before 発送予定日 (from the beginning of that day in
 * Japan, seed 001), or once a person asks. Null: the date is needed and the cart has none, which is not guessed.
 */
export function creditStartOf(
  { plannedShipOn = '' }: Pick<Order, 'plannedShipOn'>,
  { creditTiming, creditDaysBefore, realTime }: TimingPolicies,
): CreditStart | null {
  if (creditTiming === 'by-hand') return 'by-hand';
  if (creditTiming === 'at-once' || realTime) return 'at-once';
  if (!isCalendarDay(plannedShipOn)) return null;
  const shipMs = Date.parse(`${plannedShipOn}T00:00:00+09:00`);
  return { at: new Date(shipMs - creditDaysBefore * dayMs).toISOString() };
}
