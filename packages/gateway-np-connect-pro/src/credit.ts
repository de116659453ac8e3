import type { CreditAnswer, PaymentAnswer } from '@np-hub/kit';
import type { ResultItem } from './answers.js';
import { explain, explainRejection } from './codes/index.js';
import { isoDay, isoTime } from './time.js';
import { creditResults, paymentStatuses } from './wire.js';

/** A word of the answer as it came, to show and store; empty where there is none. */
function word(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One code or a list of them; empty texts and anything else are no codes. */
const codesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (code): code is string => typeof code === 'string' && code !== '',
  );

/** The meaning of a word by its table. What is neither a text nor absent (a number, say) has none. */
function meaning<Value>(table: Readonly<Record<string, Value>>, value: unknown): Value | 'unknown' {
  const text = value ?? '';
  return typeof text === 'string' && Object.hasOwn(table, text) ? (table[text] ?? 'unknown') : 'unknown';
}

/** The credit result of one entry. A result that is not in the table is `unknown`, never success. */
function readCredit(item: ResultItem): CreditAnswer {
  const raw = word(item.authori_result);
  const fixed = item.authori_required_date;
  return {
    result: meaning(creditResults, item.authori_result),
    raw,
    fixedAt: typeof fixed === 'string' ? isoTime(fixed) : null,
    reasons: [...codesIn(item.authori_ng).map(explainRejection), ...codesIn(item.authori_hold).map(explain)],
  };
}

/** The credit result of a question, with the order that it is about. */
export function readFoundCredit(item: ResultItem): CreditAnswer {
  const shopTransactionId = item.shop_transaction_id;
  return { ...readCredit(item), ...(shopTransactionId ? { shopTransactionId } : {}) };
}

/** The credit result that came with a registration; null where it comes later (asynchronous mode). */
export function readCreditIfGiven(item: ResultItem): CreditAnswer | null {
  const credit = readCredit(item);
  return credit.raw === '' ? null : credit;
}

/** The payment status of one entry. A status that is not in the table is `unknown`. */
export function readPayment(item: ResultItem): PaymentAnswer {
  const raw = word(item.payment_status);
  const paid = item.customer_payment_date;
  return {
    status: meaning(paymentStatuses, item.payment_status),
    raw,
    paidOn: typeof paid === 'string' ? isoDay(paid) : null,
  };
}
