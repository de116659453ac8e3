import { problemAt, type OrderReading } from '@np-hub/kit';

/** Clocks may differ by so much: a time further ahead says nothing. */
const clockSkewMs = 10 * 60_000;

/**
 * The one rule about times that carts, files and their senders tell: one that lies far ahead is as if nothing had been
 * told, or what comes next would be older for as long as that clock is ahead. A little ahead it counts as it is told,
 * because only so the later of two changes of a cart whose clock is ahead is known.
 */
export const believedTime = (told: Date | null, now: Date): Date | null =>
  told && told.getTime() <= now.getTime() + clockSkewMs ? told : null;

/** The same for a text, in the form of the facts; null where it is no time. */
export const believedMoment = (told: string | null, now: Date): string | null =>
  believedTime(new Date(told ?? ''), now)?.toISOString() ?? null;

/** More than time zones and clocks together can explain. */
const orderAheadMs = 24 * 60 * 60_000;
const ahead = { ja: '24時間以上先の日時になっています', en: 'more than 24 hours from now' };

/**
 * A reading as it counts now. An order that is said to be placed far ahead is not understood: its day decides whose it is
 * at a take-over, when it is looked at again, and what NP is told. `place`: what its sender calls the time.
 */
export function readingNow(reading: OrderReading, now: Date, place = '注文日時'): OrderReading {
  if (reading.kind !== 'order') return reading;
  const { orderNumber, orderedAt } = reading.order;
  const isAhead = Date.parse(orderedAt) > now.getTime() + orderAheadMs;
  return isAhead ? { kind: 'unreadable', orderNumber, problems: [problemAt(place, ahead)] } : reading;
}
