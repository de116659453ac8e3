import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IoError, LineResult } from '@np-hub/kit';
import type { Clock, Facts, IdSource, NpPayload, Operation, TransactionEvent } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Recovery } from '../backpressure/recovery.js';
import { unnestRows } from '../database/bulk.js';
import { persistently } from '../database/persistently.js';
import type { Keyring } from '../security/keyring.js';
import { Connections } from '../shops/connections.js';
import { lockTransactions } from '../transactions/locks.js';
import { loadPayloads } from '../transactions/payloads.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import type { TransactionKey } from '../transactions/rows.js';
import type { Timing } from '../timing.js';
import { CLOCK, IDS, KEYRING, TIMING } from '../tokens.js';
import { recordCall } from './calls.js';
import { claimWrites, finish, postponeFirst, type Claimed, type DueGroup, type Lease } from './claims.js';
import { eventsOfWrite } from './events-of.js';
import { Registrations } from './registrations.js';
import { callGateway, failureOfEnd, heldUp, isRefusedWhole, type CallEnd } from './gateway-call.js';
import { lineOf, payloadNeeded, type Lines } from './lines.js';
import { Presence } from './presence.js';

interface Prepared extends TransactionKey {
  readonly attempt: number;
  readonly line: Lines[Operation];
}

const leaseMarginMs = 10_000;
const spoiltRowPauseMs = 60_000;
/** So many single lines in a row that came back whole are no chance: the other side is to blame. */
const mostSpoiltAlone = 3;

/** Runs writing operations in batches: the intent before the call, the result after it, no transaction across it. */
@Injectable()
export class WriteWorker {
  private readonly logger = new Logger('dispatch');
  /** Smaller batches after one was refused whole, until the line that spoils it stands alone. */
  private readonly caps = new Map<string, number>();
  /** Single lines in a row that came back whole, by connection. */
  private readonly spoiltAlone = new Map<string, number>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Registrations) private readonly registrations: Registrations,
    @Inject(Recovery) private readonly recovery: Recovery,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Runs one batch of one kind of work; gives how many lines were taken. */
  async run(group: DueGroup): Promise<number> {
    const operation = group.operation as Operation;
    const connection = await this.connections.open(group.connectionId);
    if (!connection.gateway[operation]) {
      throw new Error(`The gateway ${connection.gateway.id} has no operation ${operation}`);
    }
    if (connection.recovery === 'down') return 0;
    const most = connection.gateway.batchLimit(connection.settings, operation);
    const limit = connection.recovery === 'trying' ? 1 : Math.min(this.caps.get(capKey(group)) ?? most, most);
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
    this.noteCap(group, end, prepared.length);
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
      if (limit > 1) this.caps.set(capKey(group), Math.ceil(limit / 2));
      else await postponeFirst(this.database.manager, group, lease.now, spoiltRowPauseMs);
      throw error;
    }
  }

  /** A process that stood still after its intent may find its lines in other hands: then they must not leave. */
  private isHeldUp(lease: Lease, at: Date): boolean {
    return !this.presence.isHeld(lease.owner) || at.getTime() - Date.parse(lease.now) > leaseMarginMs / 2;
  }

  /** Half as many lines after a batch that came back whole, until what spoils it stands alone; then more again. */
  private noteCap(group: DueGroup, end: CallEnd, lines: number): void {
    const key = capKey(group);
    const spoilt = isRefusedWhole(end) || (end.kind === 'answered' && end.error !== null);
    if (spoilt && lines > 1) this.caps.set(key, Math.floor(lines / 2));
    else if (!spoilt && end.kind === 'answered')
      this.caps.set(key, Math.max(this.caps.get(key) ?? 0, lines) * 4);
  }

  /**
   * What does not answer rests. A single line that is refused without a word about it, or answered by nonsense, is
   * taken to be the cause itself; several in a row are not.
   */
  private async noteCall(group: DueGroup, end: CallEnd, lines: number): Promise<void> {
    const { connectionId, operation } = group;
    const failure = failureOfEnd(end);
    if (!failure) {
      this.spoiltAlone.delete(connectionId);
      return this.recovery.connectionAnswered(connectionId, operation);
    }
    const suspect = failure.kind === 'rejected' || failure.kind === 'malformed';
    if (isRefusedWhole(end) && lines > 1) return;
    const alone = (this.spoiltAlone.get(connectionId) ?? 0) + 1;
    if (suspect && lines === 1) this.spoiltAlone.set(connectionId, alone);
    if (suspect && lines === 1 && alone < mostSpoiltAlone) return;
    await this.recovery.connectionFailed(connectionId, operation, failure);
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
      group.operation === 'register' ? await this.registrations.mayGo(manager, claimed, lease) : claimed;
    const outcomes = await this.transactions.applyIn(
      manager,
      free.map((item) => ({
        ...keyOf(item),
        event: callEvent('operation-sent', operation, item.attempt, lease.now),
      })),
    );
    const sent = free.flatMap((item, index) => {
      const outcome = outcomes[index];
      return outcome?.kind === 'moved' ? [{ item, facts: outcome.facts }] : [];
    });
    const orphans = free.filter((_, index) => outcomes[index]?.kind !== 'moved');
    await finish(manager, 'write', lease.token, orphans);
    const built = await this.build(manager, operation, sent);
    const unbuilt = built.filter(({ line }) => line === null);
    if (unbuilt.length > 0) await this.giveBack(manager, operation, unbuilt, lease);
    return built.flatMap(({ item, line }) => (line ? [{ ...keyOf(item), attempt: item.attempt, line }] : []));
  }

  private async build(
    manager: EntityManager,
    operation: Operation,
    sent: readonly { readonly item: Claimed; readonly facts: Facts }[],
  ): Promise<readonly { readonly item: Claimed; readonly line: Lines[Operation] | null }[]> {
    const wanted = sent.flatMap(({ item, facts }) => {
      const payload = payloadNeeded(facts, operation);
      return payload ? [{ ...keyOf(item), hash: payload.hash }] : [];
    });
    const payloads = await loadPayloads(manager, this.keyring, wanted);
    const byId = new Map<string, NpPayload | undefined>(
      wanted.map((key, index) => [key.transactionId, payloads[index]]),
    );
    const numbers = await orderNumbers(
      manager,
      sent.map(({ item }) => item),
    );
    const now = this.clock.now();
    return sent.map(({ item, facts }) => {
      const orderNumber = numbers.get(item.transactionId) ?? '';
      return { item, line: lineOf(operation, { orderNumber, facts, now }, byId.get(item.transactionId)) };
    });
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
      await lockTransactions(manager, prepared);
      const held = await finish(manager, 'write', lease.token, prepared);
      const items = prepared.flatMap((line, index): ApplyItem[] => {
        const events = this.eventsOf(call, line, index, finished);
        // Somebody else has called this answer lost meanwhile: only an id that NP named still counts.
        const counted = held.has(line.transactionId)
          ? events
          : events.filter(({ type }) => namesId.has(type));
        return counted.map((event) => ({ ...keyOf(line), event, callId }));
      });
      await this.transactions.applyIn(manager, items);
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
    await this.noteCall(group, end, prepared.length);
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
    const pauseMs = isRefusedWhole(end) ? 0 : (end.error.details.retryAfterMs ?? this.timing.retryMs);
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

const capKey = (group: DueGroup): string => `${group.connectionId}/${group.operation}`;

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

/** The numbers that NP knows these orders by. */
async function orderNumbers(
  manager: EntityManager,
  keys: readonly TransactionKey[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = keys.map((key) => ({ shop_id: key.shopId, id: key.transactionId }));
  const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows);
  const found = await manager.query<{ id: string; np_number: string }[]>(
    `select t.id, t.np_number from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id`,
    parameters,
  );
  return new Map(found.map((row) => [row.id, row.np_number]));
}
