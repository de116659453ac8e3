import { Inject, Injectable } from '@nestjs/common';
import { IoError } from '@np-hub/kit';
import {
  factsSchema,
  findingKindSchema,
  finalStates,
  isLive,
  shopTransactionIdOf,
  type Attempt,
  type Clock,
  type Facts,
  type IdSource,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { failureFrom, Recovery } from '../backpressure/recovery.js';
import { recordCall } from '../dispatch/calls.js';
import { noteAnswers } from '../payments/billings.js';
import { Connections } from '../shops/connections.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK, IDS } from '../tokens.js';
import { lockTransactions } from '../transactions/locks.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { attemptKey, endGone, noteFindings, revivedBefore, type Finding } from './findings.js';
import {
  compareWithNp,
  endedWithinMs,
  hasJustEnded,
  type NpAnswers,
  type NpComparison,
} from './np-comparison.js';
import { askNp, type NpCall } from './np-questions.js';
import { Runs, type Run } from './runs.js';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly connection_id: string;
  readonly np_number: string;
  /** Another transaction of the merchant has this order at NP: it may not come alive here as well. */
  readonly elsewhere: boolean;
  readonly facts: Facts;
}

/** One attempt to ask NP about. */
interface Subject {
  readonly row: Row;
  readonly attempt: Attempt;
  readonly npTransactionId: string;
  readonly live: boolean;
}

interface Outcome {
  readonly subject: Subject;
  readonly callId: string;
  readonly askedAt: string;
  readonly payment: NpAnswers['payment'];
  readonly comparison: NpComparison;
}

interface Said {
  readonly answers: NpAnswers;
  readonly askedAt: string;
  /** Attempts that were made live again before: once is enough. */
  readonly revived: ReadonlySet<string>;
}

const batch = 1_000;
const firstId = '00000000-0000-0000-0000-000000000000';
const npKinds = findingKindSchema.options.filter((kind) => kind.startsWith('np-'));
/** States in which nothing at NP is expected to live: old ones are not asked for again and again. */
const restingStates = [...Object.keys(finalStates), 'received', 'blocked', 'rejected', 'lapsed'];

/** Those of a shop that have something at NP to compare: everything under way, and what came to rest lately. */
const comparable = `t.shop_id = $1 and (t.state <> all($2) or t.state_since >= $3)
  and exists (select 1 from attempts a where a.shop_id = t.shop_id and a.transaction_id = t.id and a.np_transaction_id is not null)`;

/** Compares a shop's transactions with what NP says of them, a thousand at a time. */
@Injectable()
export class NpStep {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Recovery) private readonly recovery: Recovery,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** How many transactions there are to compare. */
  async count(shopId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      `select count(*)::int from transactions t where ${comparable}`,
      this.filter(shopId),
    );
    return row?.count ?? 0;
  }

  /** One batch after the run's position; gives the run as it goes on. Throws `IoError` where NP does not answer. */
  async step(run: Run, shop: OpenShop): Promise<Run | null> {
    const rows = await this.rows(shop.id, run.position ?? firstId);
    const idle = rows.filter(({ facts }) => facts.inFlight === null);
    const now = this.clock.now().toISOString();
    const subjects = idle.flatMap((row) => subjectsOf(row, now, shop.policies.endedAlive !== 'unasked'));
    const outcomes = await this.compare(shop, subjects);
    return this.database.transaction(async (manager) => {
      const moved = await this.take(manager, shop.id, { run, rows: idle, outcomes });
      const isLast = rows.length < batch;
      return this.runs.advance(manager, run, {
        phase: isLast ? 'cart' : 'np',
        position: isLast ? null : (rows.at(-1)?.id ?? null),
        checked: rows.length,
        skipped: rows.length - idle.length + moved,
      });
    });
  }

  private filter(shopId: string): readonly unknown[] {
    const since = new Date(this.clock.now().getTime() - endedWithinMs);
    return [shopId, restingStates, since];
  }

  private async rows(shopId: string, after: string): Promise<readonly Row[]> {
    const rows = await this.database.query<Row[]>(
      `select t.id, t.version, t.connection_id, t.np_number, t.facts,
         exists (select 1 from attempts a where a.merchant = t.merchant and a.order_number = t.np_number and a.live
           and (a.shop_id, a.transaction_id) <> (t.shop_id, t.id)) as elsewhere
       from transactions t where ${comparable} and t.id > $4 order by t.id limit ${batch}`,
      [...this.filter(shopId), after],
    );
    return rows.map((row) => ({ ...row, facts: factsSchema.parse(row.facts) }));
  }

  /** Asks NP, connection by connection. The calls are noted whether they are answered or not. */
  private async compare(shop: OpenShop, subjects: readonly Subject[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const ids = [...new Set(subjects.map(({ row }) => row.id))];
    const revived = await revivedBefore(this.database.manager, shop.id, ids);
    for (const connectionId of new Set(subjects.map(({ row }) => row.connection_id))) {
      const own = subjects.filter(({ row }) => row.connection_id === connectionId);
      const connection = await this.connections.open(connectionId);
      const note = (call: NpCall) => this.noteCall(connectionId, call);
      for (const { question, callId, askedAt, answers } of await askNp(connection, own, {
        clock: this.clock,
        ids: this.ids,
        note,
      })) {
        const comparison = this.compared(shop, question, { answers, askedAt, revived });
        outcomes.push({ subject: question, callId, askedAt, comparison, payment: answers.payment });
      }
    }
    return outcomes;
  }

  private compared(
    { policies }: OpenShop,
    { row, attempt }: Subject,
    { answers, askedAt, revived }: Said,
  ): NpComparison {
    const isElsewhere = row.elsewhere && attempt.number === row.facts.attempts.length;
    const mayRevive = !isElsewhere && !revived.has(attemptKey(row.id, attempt.number));
    const subject = {
      attempt,
      shopTransactionId: attempt.sent ? shopTransactionIdOf(row.np_number, attempt.number) : null,
      revive: policies.endedAlive === 'automatic' && mayRevive,
    };
    const at = this.clock.now().toISOString();
    return compareWithNp(subject, answers, { attempt: attempt.number, at, askedAt });
  }

  /**
   * Takes over what was found, but nothing about a transaction that has moved since it was read: the answer may be
   * older. Gives how many those were.
   */
  private async take(
    manager: EntityManager,
    shopId: string,
    { run, rows, outcomes }: { run: Run; rows: readonly Row[]; outcomes: readonly Outcome[] },
  ): Promise<number> {
    const still = await unmoved(manager, shopId, rows);
    const current = outcomes.filter(({ subject }) => still.has(subject.row.id));
    const at = this.clock.now().toISOString();
    const items = current.flatMap(({ subject, callId, comparison }): ApplyItem[] => {
      const key = { shopId, transactionId: subject.row.id, callId };
      const events = [comparison.news, comparison.difference?.event ?? null];
      return events.flatMap((event) => (event ? [{ ...key, event }] : []));
    });
    const results = await this.transactions.applyIn(manager, items);
    await noteAnswers(
      manager,
      current.map(({ subject: { row, attempt }, payment, askedAt }) => ({
        shopId,
        transactionId: row.id,
        attempt: attempt.number,
        result: payment ?? undefined,
        askedAt,
      })),
    );
    const applied = new Set(
      items.filter((_, index) => results[index]?.kind === 'moved').map(({ event }) => event),
    );
    const findings = current.flatMap(({ subject, comparison: { difference } }): Finding[] => {
      if (!difference || (difference.event && !applied.has(difference.event))) return [];
      const event = difference.event?.type ?? null;
      return [
        { shopId, transactionId: subject.row.id, ...difference, attempt: subject.attempt.number, event },
      ];
    });
    await noteFindings(manager, findings, { runId: run.id, at, ids: this.ids });
    const compared = current.map(({ subject }) => ({
      shopId,
      transactionId: subject.row.id,
      attempt: subject.attempt.number,
    }));
    await endGone(manager, compared, { kinds: npKinds, runId: run.id, at });
    return rows.length - still.size;
  }

  private async noteCall(connectionId: string, call: NpCall): Promise<void> {
    await recordCall(this.database.manager, {
      id: call.id,
      at: call.askedAt,
      connectionId,
      shopId: null,
      operation: call.operation,
      lines: call.lines,
      outcome: call.error?.kind ?? 'done',
      durationMs: call.durationMs,
      error: call.error?.message ?? null,
    });
    if (call.error instanceof IoError)
      await this.recovery.connectionFailed(connectionId, call.operation, failureFrom(call.error));
  }
}

/** What to ask about one transaction: the attempts that are live, and those that have just ended. */
function subjectsOf(row: Row, now: string, withEnded: boolean): readonly Subject[] {
  return row.facts.attempts.flatMap((attempt): Subject[] => {
    const { npTransactionId } = attempt;
    const live = isLive(attempt);
    if (npTransactionId === null || !(live || (withEnded && hasJustEnded(attempt, now)))) return [];
    return [{ row, attempt, npTransactionId, live }];
  });
}

/** Locks the transactions; gives those that are as they were read. */
async function unmoved(
  manager: EntityManager,
  shopId: string,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  await lockTransactions(
    manager,
    rows.map(({ id }) => ({ shopId, transactionId: id })),
  );
  const { sql, parameters } = unnestRows(
    { id: 'uuid', version: 'int' },
    rows.map(({ id, version }) => ({ id, version })),
    2,
  );
  const still = await manager.query<{ id: string }[]>(
    `select t.id from transactions t join ${sql} k on t.id = k.id and t.version = k.version where t.shop_id = $1`,
    [shopId, ...parameters],
  );
  return new Set(still.map(({ id }) => id));
}
