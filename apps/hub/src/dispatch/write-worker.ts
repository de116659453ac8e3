import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IoError, LineResult } from '@np-hub/kit';
import type { Clock, IdSource, Operation, TransactionEvent } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Pace } from '../backpressure/pace.js';
import { atOnce } from '../database/at-once.js';
import { persistently } from '../database/persistently.js';
import { Connections } from '../shops/connections.js';
import type { Lease } from '../transactions/effects.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import type { TransactionKey } from '../transactions/rows.js';
import { CLOCK, IDS } from '../tokens.js';
import { recordCall } from './calls.js';
import { claimWrites, finish, postponeFirst, type Claimed, type DueGroup } from './claims.js';
import { eventsOfWrite } from './events-of.js';
import { Departures, movedOf } from './departures.js';
import { callGateway, failureOfEnd, heldUp, isRefusedWhole, type CallEnd } from './gateway-call.js';
import type { Lines } from './lines.js';
import { Presence } from './presence.js';

interface Prepared extends TransactionKey {
  readonly attempt: number;
  readonly line: Lines[Operation];
}

const leaseMarginMs = 10_000;
const spoiltRowPauseMs = 60_000;

/** Runs writing operations in batches: the intent before the call, the result after it, no transaction across it. */
@Injectable()
export class WriteWorker {
  private readonly logger = new Logger('dispatch');
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Runs one batch of one kind of work; gives how many lines were taken. */
  async run(group: DueGroup): Promise<number> {
    const operation = group.operation as Operation;
    const connection = await this.connections.open(group.connectionId);
    if (!connection.gateway[operation]) {
      throw new Error(`The gateway ${connection.gateway.id} has no operation ${operation}`);
    }
    const limit = this.pace.limitOf(group, connection);
    if (limit === 0) return 0;
    const now = this.clock.now();
    const lease: Lease = {
      token: this.ids.next(),
      owner: await this.presence.owner(),
      now: now.toISOString(),
      until: new Date(now.getTime() + connection.gateway.callDeadlineMs + leaseMarginMs).toISOString(),
    };
    const prepared = await this.prepareBatch(group, limit, lease);
    if (prepared.length === 0) return 0;
    const started = this.clock.now();
    const end = this.isHeldUp(lease, started)
      ? heldUp
      : await callGateway(connection, operation, linesOf(prepared));
    this.pace.noteBatch(group, end, prepared.length);
    await persistently(() => this.complete({ group, operation, lease, prepared, started, end }));
    return prepared.length;
  }

  /**
   * A batch that the database refuses is tried in halves, and a row that it refuses alone waits for a while, so
   * that one row never holds up the others.
   */
  private async prepareBatch(group: DueGroup, limit: number, lease: Lease): Promise<readonly Prepared[]> {
    try {
      return await this.database.transaction((manager) => this.prepare(manager, group, limit, lease));
    } catch (error) {
      if (limit > 1) this.pace.halve(group, limit);
      else await postponeFirst(this.database.manager, group, lease.now, spoiltRowPauseMs);
      throw error;
    }
  }

  /** A process that stood still after its intent may find its lines in other hands: then they must not leave. */
  private isHeldUp(lease: Lease, at: Date): boolean {
    return !this.presence.isHeld(lease.owner) || at.getTime() - Date.parse(lease.now) > leaseMarginMs / 2;
  }

  /** Claims rows and records the intent. What cannot be sent goes back before anything has left. */
  private async prepare(
    manager: EntityManager,
    group: DueGroup,
    limit: number,
    lease: Lease,
  ): Promise<readonly Prepared[]> {
    const operation = group.operation as Operation;
    const claimed = await claimWrites(manager, group, limit, lease);
    const free =
      group.operation === 'register' ? await this.departures.mayGo(manager, claimed, lease) : claimed;
    const outcomes = await this.transactions.applyIn(
      manager,
      free.map((item) => ({
        ...keyOf(item),
        event: callEvent('operation-sent', operation, item.attempt, lease.now),
      })),
    );
    const sent = movedOf(free, outcomes);
    const orphans = free.filter((_, index) => outcomes[index]?.kind !== 'moved');
    await finish(manager, 'write', lease.token, orphans);
    const built = await this.departures.linesOf(manager, operation, sent);
    const unbuilt = built.filter(({ line }) => line === null);
    if (unbuilt.length > 0) await this.giveBack(manager, operation, unbuilt, lease);
    return built.flatMap(({ item, line }) => (line ? [{ ...keyOf(item), attempt: item.attempt, line }] : []));
  }

  private async giveBack(
    manager: EntityManager,
    operation: Operation,
    items: readonly { readonly item: Claimed }[],
    lease: Lease,
  ): Promise<void> {
    this.logger.error(
      `${items.length} ${operation} line(s) cannot be built: their payload is not kept any more`,
    );
    const notBefore = new Date(Date.parse(lease.now) + 3_600_000).toISOString();
    await finish(
      manager,
      'write',
      lease.token,
      items.map(({ item }) => item),
    );
    await this.transactions.applyIn(
      manager,
      items.map(({ item }) => ({
        ...keyOf(item),
        event: { ...callEvent('operation-returned', operation, item.attempt, lease.now), notBefore },
      })),
    );
  }

  /** Turns answers into events, in one database transaction with the end of the lease and the call's log row. */
  private async complete(call: {
    group: DueGroup;
    operation: Operation;
    lease: Lease;
    prepared: readonly Prepared[];
    started: Date;
    end: CallEnd;
  }): Promise<void> {
    const { group, operation, lease, prepared, started, end } = call;
    const finished = this.clock.now();
    const callId = this.ids.next();
    await this.database.transaction(async (manager) => {
      const [locked, held] = await atOnce([
        this.transactions.lock(manager, prepared),
        finish(manager, 'write', lease.token, prepared),
      ]);
      const items = prepared.flatMap((line, index): ApplyItem[] => {
        const events = this.eventsOf(call, line, index, finished);
        // Somebody else has called this answer lost meanwhile: only an id that NP named still counts.
        const counted = held.has(line.transactionId)
          ? events
          : events.filter(({ type }) => namesId.has(type));
        return counted.map((event) => ({ ...keyOf(line), event, callId }));
      });
      await this.transactions.applyIn(manager, items, { locked });
      await recordCall(manager, {
        id: callId,
        at: started.toISOString(),
        connectionId: group.connectionId,
        shopId: null,
        operation,
        lines: prepared.length,
        outcome: failureOfEnd(end)?.kind ?? 'done',
        durationMs: finished.getTime() - started.getTime(),
        error: failureOfEnd(end)?.message ?? null,
      });
    });
    await this.pace.noteCall(group, end, prepared.length);
  }

  private eventsOf(
    call: {
      operation: Operation;
      lease: Lease;
      started: Date;
      end: CallEnd;
      prepared: readonly Prepared[];
    },
    line: Prepared,
    index: number,
    finished: Date,
  ): readonly TransactionEvent[] {
    const { operation, end } = call;
    const answered = {
      attempt: line.attempt,
      at: finished.toISOString(),
      askedAt: call.started.toISOString(),
      callSentAt: call.lease.now,
    };
    if (end.kind === 'answered') {
      const result = end.results[index] ?? { kind: 'lost' as const, cause: 'no answer for this line' };
      return eventsOfWrite(operation, result, answered);
    }
    if (isRefusedWhole(end) && call.prepared.length === 1)
      return eventsOfWrite(operation, refusedAlone(end.error), answered);
    const pauseMs = isRefusedWhole(end) ? 0 : (end.error.details.retryAfterMs ?? this.pace.pauseMs);
    const notBefore = new Date(finished.getTime() + pauseMs).toISOString();
    return [{ ...callEvent('operation-returned', operation, line.attempt, answered.at), notBefore }];
  }
}

/** A line that the other side turned away by itself, without saying why: shown as it came. */
const refusedAlone = ({ details }: IoError): LineResult<never> => ({
  kind: 'refused',
  reasons: [{ code: `HTTP${details.httpStatus ?? ''}`, known: false, actor: 'shop', fields: [] }],
  proves: null,
});

const linesOf = (prepared: readonly Prepared[]): readonly Lines[Operation][] =>
  prepared.map(({ line }) => line);

const namesId: ReadonlySet<string> = new Set(['registration-accepted', 'reissue-step-done']);

const keyOf = (of: TransactionKey): TransactionKey => ({
  shopId: of.shopId,
  transactionId: of.transactionId,
});

const callEvent = (
  type: 'operation-sent' | 'operation-returned',
  operation: Operation,
  attempt: number,
  at: string,
) => ({ type, operation, attempt, at, notBefore: null }) as const;
