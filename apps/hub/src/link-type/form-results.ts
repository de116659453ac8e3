import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FormResult } from '@np-hub/kit';
import {
  endWanted,
  factsSchema,
  type Clock,
  type Facts,
  type Reason,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK } from '../tokens.js';
import { lockTransactions } from '../transactions/locks.js';
import type { TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';

interface FormRow extends TransactionKey {
  readonly merchant: string;
  readonly shopTransactionId: string;
  readonly attempt: number;
  readonly billedYen: number;
}

const columns = `f.merchant, f.shop_transaction_id as "shopTransactionId", f.shop_id as "shopId",
  f.transaction_id as "transactionId", f.attempt, f.billed_yen::int as "billedYen"`;
const batch = 100;

/** The hub's own code: the gateway has told no result in time (packages/gateway-sbps/src/codes.ts explains it). */
const noResult: Reason = { code: 'LINK-NO-RESULT', known: true, actor: 'nobody', fields: [] };

/** Turns what became of a form into events: its result as the gateway tells it, or that its time is over without one. */
@Injectable()
export class FormResults {
  private readonly logger = new Logger('link-type');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes a result within the notice's database transaction. False where no form of this merchant has that number or that
   * amount: then it waits, visibly, and the gateway is not told that it was taken.
   */
  async take(
    manager: EntityManager,
    of: { readonly merchant: string; readonly callId: string },
    result: FormResult,
  ): Promise<boolean> {
    const [form] = await manager.query<FormRow[]>(
      `select ${columns} from payment_forms f where f.merchant = $1 and f.shop_transaction_id = $2`,
      [of.merchant, result.shopTransactionId],
    );
    if (!form) return false;
    if (form.billedYen !== result.billedYen) {
      this.logger.error(`The result of ${form.transactionId} names another amount than its form`);
      return false;
    }
    await lockTransactions(manager, [form]);
    const facts = await this.factsOf(manager, form);
    const at = this.clock.now().toISOString();
    await this.apply(manager, form, eventsOf(result, { form, facts, at }), of.callId);
    await this.close(manager, form, result.result);
    return true;
  }

  /** Ends every form whose time is over; gives how many. */
  async expire(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (manager) => {
      const due = await manager.query<FormRow[]>(
        `select ${columns} from payment_forms f where f.outcome is null and f.ends_at <= $1
         order by f.ends_at limit ${batch}`,
        [now],
      );
      await lockTransactions(manager, due);
      let ended = 0;
      for (const form of due) {
        // Its result may have come while this one waited for the lock.
        if (!(await this.close(manager, form, 'no-result'))) continue;
        const facts = await this.factsOf(manager, form);
        await this.apply(manager, form, eventsOfSilence(form, facts, now.toISOString()));
        ended += 1;
      }
      return ended;
    });
  }

  private async apply(
    manager: EntityManager,
    { shopId, transactionId }: FormRow,
    events: readonly TransactionEvent[],
    callId?: string,
  ): Promise<void> {
    await this.transactions.applyIn(
      manager,
      events.map((event): ApplyItem => ({ shopId, transactionId, event, ...(callId ? { callId } : {}) })),
    );
  }

  private async factsOf(manager: EntityManager, { shopId, transactionId }: TransactionKey): Promise<Facts> {
    const [row] = await manager.query<{ facts: unknown }[]>(
      'select facts from transactions where shop_id = $1 and id = $2',
      [shopId, transactionId],
    );
    return factsSchema.parse(row?.facts);
  }

  /** True where it was open. A result that comes after the time still replaces the silence. */
  private async close(
    manager: EntityManager,
    form: FormRow,
    outcome: FormResult['result'] | 'no-result',
  ): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `update payment_forms set outcome = $3 where merchant = $1 and shop_transaction_id = $2
         and (outcome is null or (outcome = 'no-result' and $3 <> 'no-result')) returning 1`,
      [form.merchant, form.shopTransactionId, outcome],
    );
    return rows.length > 0;
  }
}

/**
 * What a told result means. A purchase that was completed makes a provisional order real; one of an order that has ended
 * meanwhile is cancelled at the gateway, because its id is known from here on. Nothing is ever registered anew for it.
 */
function eventsOf(
  { result, npTransactionId, credit, reasons }: FormResult,
  { form, facts, at }: { readonly form: FormRow; readonly facts: Facts; readonly at: string },
): readonly TransactionEvent[] {
  const { attempt } = form;
  if (result === 'done' && npTransactionId !== null) {
    const decided =
      credit?.result === 'approved'
        ? [
            {
              type: 'credit-approved' as const,
              at,
              attempt,
              askedAt: at,
              fixedAt: credit.fixedAt,
              reasons: credit.reasons,
              answerDueAt: null,
            },
          ]
        : [];
    const confirmed = facts.wanted.provisional ? [{ type: 'order-confirmed' as const, at }] : [];
    return [{ type: 'registration-accepted', at, attempt, npTransactionId }, ...decided, ...confirmed];
  }
  const isKnown = facts.attempts[attempt - 1]?.npTransactionId !== null;
  // It was completed before: given up afterwards is dropped by the gateway, and a refusal says nothing any more.
  if (isKnown) return result === 'ended' ? [{ type: 'credit-lapsed', at, attempt }] : [];
  return [...abandoned(facts, at), { type: 'registration-refused', at, attempt, reasons, proves: null }];
}

/**
 * No result in time. What the cart has not made, or has cancelled, ends; what it has made all the same is a doubt, as any
 * answer that was lost: a person looks at the gateway's own console.
 */
function eventsOfSilence({ attempt }: FormRow, facts: Facts, at: string): readonly TransactionEvent[] {
  if (facts.attempts[attempt - 1]?.npTransactionId !== null) return [];
  if (!facts.wanted.provisional && !endWanted(facts))
    return [{ type: 'answer-lost', operation: 'register', at, attempt, byBuyer: true }];
  return [
    ...abandoned(facts, at),
    { type: 'registration-refused', at, attempt, reasons: [noResult], proves: null },
  ];
}

const abandoned = ({ wanted }: Facts, at: string): readonly TransactionEvent[] =>
  wanted.provisional ? [{ type: 'checkout-abandoned', at }] : [];
