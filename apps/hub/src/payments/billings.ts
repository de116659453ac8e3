import type { LineResult, PaymentAnswer } from '@np-hub/kit';
import {
  paymentStatusSchema,
  shopTransactionIdOf,
  type Attempt,
  type Facts,
  type TransactionView,
} from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';

const columns = {
  shop_id: 'uuid',
  transaction_id: 'uuid',
  attempt: 'int',
  connection_id: 'uuid',
  merchant: 'text',
  order_number: 'text',
  shop_transaction_id: 'text',
  np_transaction_id: 'text',
  billed_yen: 'bigint',
  reported_at: 'timestamptz',
  cancelled_at: 'timestamptz',
  paid_seen_at: 'timestamptz',
  refund_due: 'boolean',
} as const;

interface Changed {
  readonly key: { readonly shopId: string; readonly transactionId: string };
  readonly orderNumber: string;
  readonly npNumber: string;
  readonly connectionId: string;
  readonly merchant: string;
  readonly before: Facts | null;
  readonly facts: Facts | null;
}

/** What of an attempt is money: derived from the facts, so that the two never disagree. */
const moneyOf = (attempt: Attempt | undefined) =>
  attempt && {
    np_transaction_id: attempt.npTransactionId,
    billed_yen: attempt.payload?.billedYen ?? null,
    // Nobody pays without an invoice: a payment proves a report that the hub has not seen.
    reported_at: attempt.reported?.at ?? attempt.paidAt,
    cancelled_at: attempt.cancelledAt ?? attempt.lapsedAt,
    paid_seen_at: attempt.paidAt,
    refund_due: attempt.cancelRefusedPaid,
  };

/** The billings of a transaction that its change has made or moved: mostly none. */
export function billingRows(row: Changed) {
  return (row.facts?.attempts ?? []).flatMap((attempt, index) => {
    const [before, after] = [moneyOf(row.before?.attempts[index]), moneyOf(attempt)];
    const counts = before?.reported_at ?? after?.reported_at;
    if (!counts || !after || JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      {
        shop_id: row.key.shopId,
        transaction_id: row.key.transactionId,
        attempt: attempt.number,
        connection_id: row.connectionId,
        merchant: row.merchant,
        order_number: row.orderNumber,
        shop_transaction_id: shopTransactionIdOf(row.npNumber, attempt.number),
        ...after,
      },
    ];
  });
}

/** Writes billings with the facts they follow from. */
export async function recordBillings(
  writes: Writes,
  rows: readonly ReturnType<typeof billingRows>[number][],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const { sql, parameters } = unnestRows(columns, rows);
  await writes.query(
    `insert into billings (${names.join(', ')}) select ${names.join(', ')} from ${sql} n
     on conflict (shop_id, transaction_id, attempt) do update set
       ${names
         .slice(3)
         .map((name) => `${name} = excluded.${name}`)
         .join(', ')}`,
    parameters,
  );
}

/** NP's answer about one attempt's payment. */
interface PaymentSaid {
  readonly shopId: string;
  readonly transactionId: string;
  readonly attempt: number;
  readonly result: LineResult<PaymentAnswer> | undefined;
  readonly askedAt: string;
}

const longestRaw = 40;

/** Keeps what NP said of payments, in its own word; the first date that it named stays. */
export async function noteAnswers(manager: EntityManager, said: readonly PaymentSaid[]): Promise<void> {
  const rows = said.flatMap(({ shopId, transactionId, attempt, result, askedAt }) => {
    if (result?.kind !== 'done' && result?.kind !== 'refused') return [];
    const answer =
      result.kind === 'done'
        ? result.value
        : { status: 'unknown', raw: result.reasons[0]?.code ?? '', paidOn: null };
    return [
      {
        shop_id: shopId,
        id: transactionId,
        attempt,
        status: answer.status,
        raw: answer.raw.slice(0, longestRaw),
        paid_on: answer.paidOn,
        asked_at: askedAt,
      },
    ];
  });
  if (rows.length === 0) return;
  const { sql, parameters } = unnestRows(
    {
      shop_id: 'uuid',
      id: 'uuid',
      attempt: 'int',
      status: 'text',
      raw: 'text',
      paid_on: 'date',
      asked_at: 'timestamptz',
    },
    rows,
  );
  await manager.query(
    `update billings b set payment_status = n.status, payment_raw = n.raw,
       paid_on = coalesce(b.paid_on, n.paid_on), asked_at = n.asked_at
     from ${sql} n where b.shop_id = n.shop_id and b.transaction_id = n.id and b.attempt = n.attempt`,
    parameters,
  );
}

type Payment = NonNullable<TransactionView['attempts'][number]['payment']>;

/** What NP said last of the payments of one transaction, by attempt. */
export async function paymentsOf(
  manager: EntityManager,
  shopId: string,
  transactionId: string,
): Promise<ReadonlyMap<number, Payment>> {
  const rows = await manager.query<
    { attempt: number; status: string; raw: string; paid_on: string | null; asked_at: Date }[]
  >(
    `select attempt, payment_status as status, payment_raw as raw, paid_on::text, asked_at from billings
     where shop_id = $1 and transaction_id = $2 and payment_status is not null and asked_at is not null`,
    [shopId, transactionId],
  );
  return new Map(
    rows.map(({ attempt, status, raw, paid_on: paidOn, asked_at: askedAt }) => [
      attempt,
      { status: paymentStatusSchema.parse(status), raw, paidOn, askedAt: askedAt.toISOString() },
    ]),
  );
}
