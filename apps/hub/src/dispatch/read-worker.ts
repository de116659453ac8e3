import { Inject, Injectable } from '@nestjs/common';
import { IoError, type LineResult, type PaymentAnswer } from '@np-hub/kit';
import {
  nextPaymentQuestion,
  paymentBands,
  type Clock,
  type Facts,
  type IdSource,
  type PaymentBand,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { failureFrom, Recovery } from '../backpressure/recovery.js';
import { unnestRows } from '../database/bulk.js';
import { noteAnswers } from '../payments/billings.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import type { Lease } from '../transactions/effects.js';
import { lockTransactions } from '../transactions/locks.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import type { Timing } from '../timing.js';
import { CLOCK, IDS, TIMING } from '../tokens.js';
import { recordCall } from './calls.js';
import { claimReads, finish, postpone, type Claimed, type DueGroup } from './claims.js';
import { eventOfCredit, eventOfPayment } from './events-of.js';
import { Presence } from './presence.js';

interface Question extends Claimed {
  readonly npTransactionId: string;
  readonly reportedAt: string | null;
  readonly bands: readonly PaymentBand[];
}

const leaseMarginMs = 10_000;

/** Asks NP for credit results and payments, in batches. A question whose answer is lost is asked again. */
@Injectable()
export class ReadWorker {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Recovery) private readonly recovery: Recovery,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Runs one batch of one kind of question; gives how many rows were taken. */
  async run(group: DueGroup): Promise<number> {
    const connection = await this.connections.open(group.connectionId);
    const operation = group.lane === 'credit' ? 'find-credit' : 'find-payment';
    const now = this.clock.now();
    const lease: Lease = {
      token: this.ids.next(),
      owner: await this.presence.owner(),
      now: now.toISOString(),
      until: new Date(now.getTime() + connection.gateway.callDeadlineMs + leaseMarginMs).toISOString(),
    };
    const limit = connection.gateway.batchLimit(connection.settings, operation);
    const claimed = await claimReads(this.database.manager, group, limit, lease);
    const questions = await this.questions(claimed);
    const asked = new Set(questions.map(({ transactionId }) => transactionId));
    const gone = claimed.filter(({ transactionId }) => !asked.has(transactionId));
    if (gone.length > 0)
      await this.database.transaction(async (manager) => {
        await lockTransactions(manager, gone);
        await finish(manager, group.lane, lease.token, gone);
      });
    if (questions.length > 0) await this.ask(group, connection, lease, questions);
    return claimed.length;
  }

  /** The ids to ask for; a row whose attempt is no longer the current one has nothing to ask. */
  private async questions(claimed: readonly Claimed[]): Promise<readonly Question[]> {
    if (claimed.length === 0) return [];
    const keys = claimed.map((item) => ({ shop_id: item.shopId, id: item.transactionId }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys);
    const rows = await this.database.query<{ id: string; facts: Facts; bands: PaymentBand[] | null }[]>(
      `select t.id, t.facts, s.policies->'paymentPlan' as bands from transactions t
       join ${sql} k on t.shop_id = k.shop_id and t.id = k.id join shops s on s.id = t.shop_id`,
      parameters,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return claimed.flatMap((item) => {
      const row = byId.get(item.transactionId);
      const attempts = row?.facts.attempts ?? [];
      const attempt = attempts[item.attempt - 1];
      const current = attempts.length === item.attempt;
      return current && attempt?.npTransactionId
        ? [
            {
              ...item,
              npTransactionId: attempt.npTransactionId,
              reportedAt: attempt.reported?.at ?? null,
              bands: row?.bands ?? paymentBands,
            },
          ]
        : [];
    });
  }

  private async ask(
    group: DueGroup,
    connection: OpenConnection,
    lease: Lease,
    questions: readonly Question[],
  ): Promise<void> {
    const { operation } = group;
    const started = this.clock.now();
    const { events, payments, error } = await answers(connection, group.lane, questions, {
      started,
      clock: this.clock,
    });
    const finished = this.clock.now();
    const callId = this.ids.next();
    await this.database.transaction(async (manager) => {
      await lockTransactions(manager, questions);
      const items = questions.flatMap((question, index): ApplyItem[] => {
        const event = events[index];
        return event
          ? [{ shopId: question.shopId, transactionId: question.transactionId, event, callId }]
          : [];
      });
      await this.transactions.applyIn(manager, items);
      const askedAt = started.toISOString();
      await noteAnswers(
        manager,
        questions.map((question, index) => ({ ...question, result: payments[index], askedAt })),
      );
      // Rows that the events have replaced or ended are no longer held under this token.
      await postpone(
        manager,
        group.lane,
        lease.token,
        questions.map((question, index) => this.later(group.lane, question, finished, payments[index])),
      );
      await recordCall(manager, {
        id: callId,
        at: started.toISOString(),
        connectionId: group.connectionId,
        shopId: null,
        operation,
        lines: questions.length,
        outcome: error?.kind ?? 'done',
        durationMs: finished.getTime() - started.getTime(),
        error: error?.message ?? null,
      });
    });
    if (error) await this.recovery.connectionFailed(group.connectionId, operation, failureFrom(error));
    else await this.recovery.connectionAnswered(group.connectionId, operation);
  }

  private later(
    lane: DueGroup['lane'],
    question: Question,
    from: Date,
    payment: LineResult<PaymentAnswer> | undefined,
  ) {
    if (lane === 'payment' && this.timing.paymentsByAge && payment) {
      const { bands, reportedAt } = question;
      const askedAt = from.toISOString();
      const undisclosed = payment.kind === 'done' && payment.value.status === 'undisclosed';
      const of = { bands, reportedAt: reportedAt ?? askedAt, askedAt, undisclosed };
      return { ...question, dueAt: nextPaymentQuestion(of) };
    }
    const { firstMs, longestMs } = this.timing.read[question.pace ?? 'slow'];
    const pauseMs = Math.min(firstMs * 2 ** Math.min(question.tries + 1, 20), longestMs);
    return { ...question, dueAt: new Date(from.getTime() + pauseMs).toISOString() };
  }
}

interface Answers {
  readonly events: readonly (TransactionEvent | null)[];
  /** What NP said of payments, in the order of the questions. */
  readonly payments: readonly LineResult<PaymentAnswer>[];
  readonly error: IoError | null;
}

async function answers(
  { gateway, io }: OpenConnection,
  lane: DueGroup['lane'],
  questions: readonly Question[],
  time: { readonly started: Date; readonly clock: Clock },
): Promise<Answers> {
  try {
    const credit = lane === 'credit' ? ((await gateway.findCredit?.(io, questions)) ?? []) : [];
    const payment = lane === 'payment' ? ((await gateway.findPayment?.(io, questions)) ?? []) : [];
    const at = time.clock.now().toISOString();
    const answered = (index: number) => ({
      attempt: questions[index]?.attempt ?? 0,
      at,
      askedAt: time.started.toISOString(),
    });
    const events = [
      ...credit.map((result, index) => eventOfCredit(result, answered(index))),
      ...payment.map((result, index) => eventOfPayment(result, answered(index))),
    ];
    return { events, payments: payment, error: null };
  } catch (error) {
    if (error instanceof IoError) return { events: [], payments: [], error };
    throw error;
  }
}
