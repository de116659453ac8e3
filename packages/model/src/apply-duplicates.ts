import type { Applied, DuplicatesFound } from './events.js';
import { endWanted, type Facts, type OtherOrder } from './facts.js';

/**
 * Orders like this one. They only keep it from being registered, and only by the shop's rule: what NP has heard of
 * already is left alone. Those that a person has looked at are not asked about again.
 */
export function applyDuplicates(facts: Facts, { others, hold, at }: DuplicatesFound): Applied {
  const { duplicate } = facts;
  if (others.length === 0)
    return duplicate && !duplicate.genuine ? { ...facts, duplicate: null } : 'repeated';
  if (facts.attempts.length > 0 || endWanted(facts)) return 'not-allowed';
  const answered = duplicate?.genuine === true && others.every((other) => isAmong(duplicate.others, other));
  const same = duplicate !== null && duplicate.hold === hold && sameOrders(duplicate.others, others);
  if (answered || (same && !duplicate.genuine)) return 'repeated';
  return { ...facts, duplicate: { others: [...others], at, hold, genuine: false } };
}

/** The buyer wants this order as well as the others. */
export function confirmRepeat(facts: Facts): Applied {
  const { duplicate } = facts;
  if (!duplicate || endWanted(facts)) return 'not-allowed';
  return duplicate.genuine ? 'repeated' : { ...facts, duplicate: { ...duplicate, genuine: true } };
}

const isAmong = (orders: readonly OtherOrder[], { shopId, transactionId }: OtherOrder): boolean =>
  orders.some((known) => known.shopId === shopId && known.transactionId === transactionId);

const sameOrders = (one: readonly OtherOrder[], other: readonly OtherOrder[]): boolean =>
  one.length === other.length && one.every((order) => isAmong(other, order));
