import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Facts, IdSource, PayloadRef, Screen } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { atOnce } from '../database/at-once.js';
import { unnestRows } from '../database/bulk.js';
import { persistently } from '../database/persistently.js';
import type { Writes } from '../database/together.js';
import { finishEach } from '../dispatch/claims.js';
import { eventsOfWrite } from '../dispatch/events-of.js';
import { failureOfEnd, type CallEnd } from '../dispatch/gateway-call.js';
import { countCall } from '../metrics/calls.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';
import { storePayloads } from '../transactions/payloads.js';
import type { TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { keyOf } from '../transactions/working.js';
import type { Former, ShopAsk } from './begin.js';
import type { AskedCall } from './intents.js';
import { actionOn } from './screens.js';
import { asAsked, verdictOf } from './verdict.js';
import { withdrawalOf } from './withdrawal.js';

/** A question with its end: how the call went, or that none was made. */
export interface Ended extends TransactionKey {
  readonly screen: Screen;
  readonly former: Former | null;
  readonly asked: ShopAsk;
  /** The cart has stopped waiting, and was told that nothing is known. */
  readonly isLate: boolean;
  readonly called: {
    readonly call: AskedCall;
    readonly started: Date;
    readonly finished: Date;
    readonly end: CallEnd;
  } | null;
}

/** Turns answers into events, and what a cart will not make or change into the end of it at NP; many in one database transaction. */
@Injectable()
export class Completions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** The facts by which each question is answered, in their order. */
  complete(ended: readonly Ended[]): Promise<readonly Facts[]> {
    return persistently(() => this.database.transaction((manager) => this.completeIn(manager, ended)));
  }

  private async completeIn(manager: EntityManager, ended: readonly Ended[]): Promise<readonly Facts[]> {
    const called = ended.flatMap((each) => (each.called ? [each.called] : []));
    const [locked, held] = await atOnce([
      this.transactions.lock(manager, ended),
      finishEach(
        manager,
        'write',
        called.map(({ call: { shopId, transactionId, lease } }) => ({
          shopId,
          transactionId,
          token: lease.token,
        })),
      ),
    ]);
    const payloads = ended.map((each) => answeredFor(each, locked.get(keyOf(each))?.facts));
    const callIds = new Map(called.map(({ call }) => [call.transactionId, this.ids.next()]));
    const items = called.flatMap((one) =>
      itemsOf(one, held.has(one.call.transactionId), callIds.get(one.call.transactionId)),
    );
    await this.transactions.applyIn(manager, items, {
      locked,
      also: (writes) => recordCalls(writes, called, callIds),
    });
    if (items.length === 0) await recordCalls(manager, called, callIds);
    const settled = ended.map((each, index) => {
      const row = locked.get(keyOf(each));
      if (!row?.facts) throw new Error(`The transaction ${each.transactionId} has gone`);
      const asked = asAsked(row.facts, payloads[index] ?? null);
      return { ended: each, facts: row.facts, asked, stands: stands(each, asked) };
    });
    const at = this.clock.now().toISOString();
    const refused = settled.filter((each) => !each.stands);
    await this.withdraw(
      manager,
      refused.map((each) => each.ended),
      at,
    );
    await this.transactions.applyIn(
      manager,
      refused.flatMap((each) => abandonment(each.ended, each.facts, at)),
    );
    return settled.map(({ asked }) => asked);
  }

  /** Edits that do not stand: the orders are as before, but for what has been said of them meanwhile. */
  private async withdraw(manager: EntityManager, refused: readonly Ended[], at: string): Promise<void> {
    const edits = refused.flatMap(({ former, ...each }) => (former ? [{ ...each, former }] : []));
    if (edits.length === 0) return;
    const rows = await manager.query<{ id: string; sealed_order: Buffer }[]>(
      'select id, sealed_order from transactions where id = any($1) and sealed_order is not null',
      [edits.map(({ transactionId }) => transactionId)],
    );
    const present = new Map(rows.map(({ id, sealed_order: sealed }) => [id, sealed]));
    const withdrawals = edits.flatMap((edit) => {
      const sealed = present.get(edit.transactionId);
      return (sealed && withdrawalOf(this.keyring, { ...edit, present: sealed }, at)) ?? [];
    });
    await storePayloads(
      manager,
      this.keyring,
      withdrawals.flatMap(({ item: { shopId, transactionId }, payload }) =>
        payload ? [{ shopId, transactionId, ...payload }] : [],
      ),
      at,
    );
    await this.transactions.applyIn(
      manager,
      withdrawals.map(({ item }) => item),
    );
  }
}

function itemsOf(
  { call, started, finished, end }: NonNullable<Ended['called']>,
  isHeld: boolean,
  callId: string | undefined,
): ApplyItem[] {
  const { shopId, transactionId, operation, attempt, lease } = call;
  const at = finished.toISOString();
  const answered = { attempt, at, askedAt: started.toISOString(), callSentAt: lease.now };
  const events =
    end.kind === 'answered'
      ? eventsOfWrite(operation, end.results[0] ?? { kind: 'lost', cause: 'no answer' }, answered)
      : [
          {
            type: 'operation-returned' as const,
            operation,
            attempt,
            at,
            callSentAt: lease.now,
            notBefore: null,
          },
        ];
  // Somebody else has called this answer lost meanwhile: only an id that NP named still counts.
  const counted = isHeld ? events : events.filter(({ type }) => type === 'registration-accepted');
  return counted.map((event) => ({ shopId, transactionId, event, ...(callId ? { callId } : {}) }));
}

/** The payload that NP has given its answer for; null where it was not asked, or has not answered. */
const answeredFor = ({ called }: Ended, facts: Facts | null | undefined): PayloadRef | null =>
  called?.end.kind === 'answered' && facts?.inFlight?.phase === 'sent' ? facts.inFlight.payload : null;

/** Whether the cart makes the order, or changes it, as it asked. */
function stands({ screen, isLate }: Ended, facts: Facts): boolean {
  const verdict = isLate ? 'in-doubt' : verdictOf(facts);
  return verdict !== 'unavailable' && verdict !== 'not-possible' && actionOn(screen, verdict) !== 'refuse';
}

/**
 * What the cart does not make is not to be at NP. An order that was plainly rejected is left as it is until its time is
 * over, so that people can see why; one that another question has NP asked about ends, or not, with the answer to that.
 */
function abandonment(ended: Ended, facts: Facts, at: string): ApplyItem[] {
  const { shopId, transactionId, former, isLate, called } = ended;
  const verdict = verdictOf(facts);
  const isLeft = (!isLate && verdict === 'rejected') || (!called && verdict === 'in-doubt');
  if (former || isLeft || !facts.wanted.provisional) return [];
  return [{ shopId, transactionId, event: { type: 'checkout-abandoned', at } }];
}

/** The calls in the log, as one statement. */
async function recordCalls(
  writes: Writes,
  called: readonly NonNullable<Ended['called']>[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  if (called.length === 0) return;
  const rows = called.map(({ call, started, finished, end }) => ({
    id: ids.get(call.transactionId) ?? '',
    at: started.toISOString(),
    connection_id: call.connectionId,
    shop_id: null,
    operation: call.operation,
    lines: 1,
    outcome: failureOfEnd(end)?.kind ?? 'done',
    duration_ms: Math.round(finished.getTime() - started.getTime()),
    error: failureOfEnd(end)?.message ?? null,
  }));
  for (const { operation, outcome, duration_ms: durationMs } of rows)
    countCall({ operation, outcome, durationMs });
  const columns = {
    id: 'uuid',
    at: 'timestamptz',
    connection_id: 'uuid',
    shop_id: 'uuid',
    operation: 'text',
    lines: 'int',
    outcome: 'text',
    duration_ms: 'int',
    error: 'text',
  } as const;
  const names = Object.keys(columns).join(', ');
  const { sql, parameters } = unnestRows(columns, rows);
  await writes.query(`insert into calls (${names}) select ${names} from ${sql} n`, parameters);
}
