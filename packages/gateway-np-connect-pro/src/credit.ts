import type { CreditAnswer, PaymentAnswer } from '@np-hub/kit';
import { z } from 'zod';
import type { ResultItem } from './answers.js';
import { explain, explainRejection } from './codes/index.js';
import { isoDay, isoTime } from './time.js';
import { creditResults, paymentStatuses } from './wire.js';

/** A word of the answer as it came; what is not a text is shown as JSON and is in no table. */
const word = z.unknown().transform((value) => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
});

/** One code or a list of them; empty texts and anything else are no codes. */
const codes = z
  .union([z.array(z.unknown()), z.unknown().transform((value) => [value])])
  .transform((values) =>
    values.filter((value): value is string => typeof value === 'string' && value !== ''),
  );

const creditSchema = z.looseObject({
  authori_result: word,
  authori_required_date: z.unknown(),
  authori_ng: codes,
  authori_hold: codes,
});

const paymentSchema = z.looseObject({ payment_status: word, customer_payment_date: z.unknown() });

const known = <Value>(table: Readonly<Record<string, Value>>, raw: string): Value | 'unknown' =>
  (Object.hasOwn(table, raw) ? table[raw] : undefined) ?? 'unknown';

/** The credit result of one entry. A result that is not in the table is `unknown`, never success. */
export function readCredit(item: ResultItem): CreditAnswer {
  const reading = creditSchema.parse(item);
  const fixed = reading.authori_required_date;
  return {
    result: known(creditResults, reading.authori_result),
    raw: reading.authori_result,
    fixedAt: typeof fixed === 'string' ? isoTime(fixed) : null,
    reasons: [...reading.authori_ng.map(explainRejection), ...reading.authori_hold.map(explain)],
  };
}

/** The credit result that came with a registration; null where it comes later (asynchronous mode). */
export function readCreditIfGiven(item: ResultItem): CreditAnswer | null {
  const credit = readCredit(item);
  return credit.raw === '' ? null : credit;
}

/** The payment status of one entry. A status that is not in the table is `unknown`. */
export function readPayment(item: ResultItem): PaymentAnswer {
  const reading = paymentSchema.parse(item);
  const paid = reading.customer_payment_date;
  return {
    status: known(paymentStatuses, reading.payment_status),
    raw: reading.payment_status,
    paidOn: typeof paid === 'string' ? isoDay(paid) : null,
  };
}
