import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Claimed } from '../dispatch/claims.js';
import { Departures, movedOf, type Sent } from '../dispatch/departures.js';
import type { Lines } from '../dispatch/lines.js';
import { CLOCK, IDS } from '../tokens.js';
import type { Lease } from '../transactions/effects.js';
import type { TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { keyOf, type Unwritten } from '../transactions/working.js';

/** The operations that NP decides on inside the call. */
export type AskedOperation = 'register' | 'amend';
export const isAsked = (operation: string): operation is AskedOperation =>
  operation === 'register' || operation === 'amend';

/** A call that is about to leave, its intent stored. */
export interface AskedCall extends TransactionKey {
  readonly connectionId: string;
  readonly operation: AskedOperation;
  readonly attempt: number;
  readonly line: Lines[AskedOperation];
  readonly lease: Lease;
}

interface Due extends Claimed {
  readonly operation: AskedOperation;
  readonly connectionId: string;
}

const leaseMarginMs = 10_000;

/** Leases calls that a cart waits for before anybody else can see them, looks at them once more, and stores their intents. */
@Injectable()
export class Intents {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The calls of these orders that are due, by transaction; what is still unwritten is written. */
  async store(
    manager: EntityManager,
    keys: readonly TransactionKey[],
    {
      owner,
      callDeadlineMs,
      unwritten,
    }: { readonly owner: string; readonly callDeadlineMs: number; readonly unwritten: Unwritten },
  ): Promise<ReadonlyMap<string, AskedCall>> {
    const now = this.clock.now();
    const lease: Lease = {
      token: this.ids.next(),
      owner,
      now: now.toISOString(),
      until: new Date(now.getTime() + callDeadlineMs + leaseMarginMs).toISOString(),
    };
    const calls = [
      ...(await this.ofUnwritten(manager, unwritten, lease)),
      ...(await this.ofWritten(
        manager,
        keys.filter((key) => !unwritten.rows.has(keyOf(key))),
        lease,
      )),
    ];
    return new Map(calls.map((call) => [call.transactionId, call]));
  }

  /** New orders, written here with their intents: their rows come into the world in these hands. */
  private async ofUnwritten(
    manager: EntityManager,
    unwritten: Unwritten,
    lease: Lease,
  ): Promise<readonly AskedCall[]> {
    await this.departures.pointOut(manager, unwritten, lease.now);
    const due = [...unwritten.rows.values()].flatMap(({ key, connectionId, effects }): Due[] => {
      const effect = effects.get('write');
      const run = effect?.lane === 'write' ? effect.run : null;
      if (run?.operation !== 'register' || (run.notBefore ?? '') > lease.now) return [];
      const { operation, attempt } = run;
      return [{ ...key, connectionId, operation, attempt, tries: 0, pace: null }];
    });
    const outcomes = this.transactions.applyUnwritten(unwritten, sentItems('register', due, lease));
    const sent = movedOf(due, outcomes);
    for (const { item } of sent) {
      const row = unwritten.rows.get(keyOf(item));
      if (row) row.lease = lease;
    }
    await this.transactions.write(manager, unwritten);
    return this.callsOf(manager, 'register', { sent, lease, atHand: unwritten.payloads });
  }

  private async ofWritten(
    manager: EntityManager,
    keys: readonly TransactionKey[],
    lease: Lease,
  ): Promise<readonly AskedCall[]> {
    if (keys.length === 0) return [];
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid' },
      keys.map(({ shopId, transactionId }) => ({ shop_id: shopId, id: transactionId })),
      5,
    );
    // By the key alone: the index of what is due is full of rows that have just gone (hence the coalesce).
    const [due] = await manager.query<[Due[], number]>(
      `update effects e set token = $1, lease_until = $2, lease_owner = $3 from ${sql} k
       where e.shop_id = k.shop_id and e.transaction_id = k.id and e.lane = 'write'
         and e.operation in ('register', 'amend') and coalesce(e.token is null and e.due_at <= $4, false)
       returning e.shop_id as "shopId", e.transaction_id as "transactionId", e.attempt, e.tries, e.pace, e.operation,
         e.connection_id as "connectionId"`,
      [lease.token, lease.until, lease.owner, lease.now, ...parameters],
    );
    const calls: AskedCall[] = [];
    for (const operation of ['register', 'amend'] as const) {
      const own = due.filter((each) => each.operation === operation);
      // Nobody can be asked about an order like another one while the buyer waits: it is pointed out.
      const free =
        operation === 'register' ? await this.departures.mayGo(manager, own, lease, { ask: false }) : own;
      const outcomes = await this.transactions.applyIn(manager, sentItems(operation, free, lease));
      const sent = movedOf(free, outcomes);
      calls.push(...(await this.callsOf(manager, operation, { sent, lease })));
    }
    return calls;
  }

  private async callsOf(
    manager: EntityManager,
    operation: AskedOperation,
    {
      sent,
      lease,
      atHand,
    }: {
      readonly sent: readonly Sent<Due>[];
      readonly lease: Lease;
      readonly atHand?: Unwritten['payloads'];
    },
  ): Promise<readonly AskedCall[]> {
    const built = await this.departures.linesOf(manager, operation, sent, atHand);
    return built.map(({ item: { shopId, transactionId, attempt, connectionId }, line }): AskedCall => {
      if (!line) throw new Error(`The line of ${transactionId} cannot be built`);
      return {
        shopId,
        transactionId,
        attempt,
        operation,
        connectionId,
        line: line as Lines[AskedOperation],
        lease,
      };
    });
  }
}

const sentItems = (
  operation: AskedOperation,
  due: readonly Claimed[],
  { now }: Lease,
): readonly ApplyItem[] =>
  due.map(({ shopId, transactionId, attempt }) => ({
    shopId,
    transactionId,
    event: { type: 'operation-sent', operation, attempt, at: now, notBefore: null },
  }));
