import { IoError, type CreditAnswer, type LineResult, type PaymentAnswer } from '@np-hub/kit';
import type { Clock, IdSource } from '@np-hub/model';
import type { OpenConnection } from '../shops/connections.js';
import type { NpAnswers } from './np-comparison.js';

export interface NpQuestion {
  readonly npTransactionId: string;
  /** Payments are asked for, too. */
  readonly live: boolean;
}

/** A call as it is noted in the log. */
export interface NpCall {
  readonly id: string;
  readonly operation: 'find-credit' | 'find-payment';
  readonly askedAt: string;
  readonly durationMs: number;
  readonly lines: number;
  readonly error: IoError | null;
}

export interface Answered<Question> {
  readonly question: Question;
  /** The call that brought the credit result. */
  readonly callId: string;
  readonly askedAt: string;
  readonly answers: NpAnswers;
}

interface Asking {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly note: (call: NpCall) => Promise<void>;
}

/**
 * Asks one connection about many ids, as many a call as it takes. A gateway that cannot be asked gives no answers;
 * two questions about one id are left out, as NP's answer could not tell them apart. Throws `IoError`.
 */
export async function askNp<Question extends NpQuestion>(
  connection: OpenConnection,
  questions: readonly Question[],
  asking: Asking,
): Promise<readonly Answered<Question>[]> {
  const { gateway, settings, io } = connection;
  const { findCredit, findPayment } = gateway;
  if (!findCredit) return [];
  const answered: Answered<Question>[] = [];
  const limit = gateway.batchLimit(settings, 'find-credit');
  for (const some of inBatches(askedOnce(questions), limit)) {
    const call = { lines: some.length, operation: 'find-credit' } as const;
    const { id, askedAt, value } = await timed(call, asking, () => findCredit(io, some));
    answered.push(
      ...some.flatMap((question, index): Answered<Question>[] => {
        const credit = value[index];
        return credit ? [{ question, callId: id, askedAt, answers: { credit, payment: null } }] : [];
      }),
    );
  }
  const payments = new Map<string, LineResult<PaymentAnswer>>();
  const payable = findPayment
    ? answered.filter(({ question, answers }) => mayBePaid(question, answers.credit))
    : [];
  for (const some of inBatches(payable, gateway.batchLimit(settings, 'find-payment'))) {
    const lines = some.map(({ question: { npTransactionId } }) => ({ npTransactionId }));
    const call = { lines: lines.length, operation: 'find-payment' } as const;
    const { value } = await timed(call, asking, async () => (await findPayment?.(io, lines)) ?? []);
    for (const [index, { npTransactionId }] of lines.entries()) {
      const answer = value[index];
      if (answer) payments.set(npTransactionId, answer);
    }
  }
  return answered.map((one) => ({
    ...one,
    answers: { ...one.answers, payment: payments.get(one.question.npTransactionId) ?? null },
  }));
}

/** Nobody pays for what NP has not approved. */
const mayBePaid = ({ live }: NpQuestion, credit: LineResult<CreditAnswer>): boolean =>
  live && credit.kind === 'done' && credit.value.result === 'approved';

function askedOnce<Question extends NpQuestion>(questions: readonly Question[]): readonly Question[] {
  const times = new Map<string, number>();
  for (const { npTransactionId: id } of questions) times.set(id, (times.get(id) ?? 0) + 1);
  return questions.filter(({ npTransactionId: id }) => times.get(id) === 1);
}

function inBatches<Item>(items: readonly Item[], limit: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / limit) }, (_, index) =>
    items.slice(index * limit, (index + 1) * limit),
  );
}

async function timed<Value>(
  call: Pick<NpCall, 'operation' | 'lines'>,
  { clock, ids, note }: Asking,
  work: () => Promise<Value>,
): Promise<{ id: string; askedAt: string; value: Value }> {
  const [id, started] = [ids.next(), clock.now()];
  const askedAt = started.toISOString();
  const noted = (error: IoError | null) =>
    note({ ...call, id, askedAt, durationMs: clock.now().getTime() - started.getTime(), error });
  try {
    const value = await work();
    await noted(null);
    return { id, askedAt, value };
  } catch (error) {
    if (error instanceof IoError) await noted(error);
    throw error;
  }
}
