import { Inject, Injectable, Logger } from '@nestjs/common';
import type { NotificationReading, NotificationReply } from '@np-hub/kit';
import type { Clock, IdSource } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { recordCall } from '../dispatch/calls.js';
import { problemOf } from '../http/problem.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { FormResults } from '../link-type/form-results.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';
import { Transactions } from '../transactions/transactions.js';
import { meaningOf } from './events.js';

type Notice = Extract<NotificationReading, { kind: 'notice' }>;

/** `waiting`: nothing is known of the transaction, or a call about it is under way. */
type Fate = 'taken' | 'waiting';

interface Named {
  readonly shopId: string;
  readonly transactionId: string;
  readonly attempt: number;
}

interface Waiting {
  readonly id: string;
  readonly connection_id: string;
  readonly sealed: Buffer;
}

/** Looked at again after as long as it has waited already, within these bounds (PostgreSQL intervals). */
const firstPause = '1 second';
const longestPause = '60 seconds';
/** A notice of a transaction that nobody ever names is given up after this; so is the memory of those taken. */
const keptMs = 90 * 86_400_000;
const batch = 100;

/**
 * Takes what gateways tell by themselves. Only what proves itself and names a transaction of the merchant is answered
 * OK. What names none is answered NG, and kept until the transaction is known: the answer to a registration may be
 * slower than the notice about it, or may have been lost.
 */
@Injectable()
export class NoticeInbox {
  private readonly logger = new Logger('gateway-notices');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(FormResults) private readonly forms: FormResults,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Reads and takes one call. Throws 404 where the connection does not exist or its gateway makes no calls. */
  async receive(connectionId: string, body: Buffer): Promise<NotificationReply> {
    const connection = await this.connections.open(connectionId);
    const { gateway, settings } = connection;
    if (!gateway.readNotification) throw problemOf(404);
    const reading = gateway.readNotification({ body }, settings);
    if (reading.kind === 'rejected') {
      this.logger.warn(`A notice to connection ${connectionId} was refused: ${reading.reason}`);
      return reading.reply;
    }
    const fate = await this.database.transaction(async (manager) => {
      const known = await this.isTaken(manager, connectionId, reading.fingerprint);
      const outcome = known ? 'taken' : await this.take(manager, connection, reading);
      await this.note(manager, { connectionId, reading, body, outcome });
      return outcome;
    });
    return reading.reply(fate === 'taken' ? 'taken' : 'refused');
  }

  /** Takes what has been waiting and is known by now; gives how many. Forgets what is too old to matter. */
  async retry(): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.query<Waiting[]>(
      `select id, connection_id, sealed from gateway_notices where sealed is not null and due_at <= $1
       order by due_at limit ${batch}`,
      [now],
    );
    let taken = 0;
    for (const row of due)
      try {
        taken += (await this.again(row)) === 'taken' ? 1 : 0;
      } catch (error) {
        // Those behind it do not wait for what is wrong with this one.
        this.logger.error(`Notice ${row.id}: ${error instanceof Error ? error.message : 'failed'}`);
        await this.later(row.id);
      }
    await this.database.query('delete from gateway_notices where seen_at < $1', [
      new Date(now.getTime() - keptMs),
    ]);
    return taken;
  }

  private async again({ id, connection_id: connectionId, sealed }: Waiting): Promise<Fate> {
    const connection = await this.connections.open(connectionId);
    const { body } = openJson(this.keyring, noticeRecordId(id), sealed) as { body: string };
    const bytes = Buffer.from(body, 'base64');
    const reading = connection.gateway.readNotification?.({ body: bytes }, connection.settings);
    if (reading?.kind !== 'notice') {
      await this.later(id);
      return 'waiting';
    }
    return this.database.transaction(async (manager) => {
      const fate = await this.take(manager, connection, reading);
      await this.note(manager, { connectionId, reading, body: bytes, outcome: fate, id });
      return fate;
    });
  }

  /** One that cannot be read as things are set now, or cannot be taken, makes room for the others. */
  private async later(id: string): Promise<void> {
    await this.database.query(
      'update gateway_notices set due_at = $2::timestamptz + $3::interval where id = $1',
      [id, this.clock.now(), longestPause],
    );
  }

  /** Turns the notice into its event. Whatever the event does, it stands in the history: that is all taking means. */
  private async take(manager: EntityManager, connection: OpenConnection, notice: Notice): Promise<Fate> {
    const at = this.clock.now().toISOString();
    const callId = this.ids.next();
    const { news } = notice;
    if (news.about === 'purchase') {
      const isTaken = await this.forms.take(
        manager,
        { merchant: connection.merchant, callId },
        news.purchase,
      );
      if (isTaken) await this.record(manager, connection, callId, at);
      return isTaken ? 'taken' : 'waiting';
    }
    const named = await this.named(manager, connection.merchant, notice.ids);
    if (!named) return 'waiting';
    const { attempt, ...key } = named;
    const { event, drift } = meaningOf(news, attempt, at);
    const [outcome] = await this.transactions.applyIn(manager, [{ ...key, event, callId }]);
    const refusal = outcome?.kind === 'refused' ? outcome.name : null;
    if (refusal === 'operation-under-way') return 'waiting';
    if (refusal === 'not-expected' && drift) {
      const [found] = await this.transactions.applyIn(manager, [{ ...key, event: drift, callId }]);
      if (found?.kind === 'refused' && found.name === 'operation-under-way') return 'waiting';
    }
    await this.record(manager, connection, callId, at);
    return 'taken';
  }

  private async record(
    manager: EntityManager,
    { id: connectionId }: OpenConnection,
    id: string,
    at: string,
  ): Promise<void> {
    await recordCall(manager, {
      id,
      at,
      connectionId,
      shopId: null,
      operation: 'notification',
      lines: 1,
      outcome: 'done',
      durationMs: 0,
      error: null,
    });
  }

  /** The one transaction of the merchant that these ids name; null where there is none, or more than one. */
  private async named(
    manager: EntityManager,
    merchant: string,
    ids: readonly string[],
  ): Promise<Named | null> {
    const rows = await manager.query<Named[]>(
      `select shop_id as "shopId", transaction_id as "transactionId", number as attempt from attempts
       where merchant = $1 and np_transaction_id is not null and split_part(np_transaction_id, '/', 1) = any($2)
       union
       select shop_id, transaction_id, number from attempts
       where merchant = $1 and np_transaction_id like '%/%' and split_part(np_transaction_id, '/', 2) = any($2)`,
      [merchant, ids],
    );
    const [row, ...others] = rows;
    return row && others.length === 0 ? row : null;
  }

  private async isTaken(manager: EntityManager, connectionId: string, fingerprint: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      'select 1 from gateway_notices where connection_id = $1 and fingerprint = $2 and sealed is null',
      [connectionId, fingerprint],
    );
    return rows.length > 0;
  }

  private async note(
    manager: EntityManager,
    notice: {
      readonly connectionId: string;
      readonly reading: Notice;
      readonly body: Buffer;
      readonly outcome: Fate;
      readonly id?: string;
    },
  ): Promise<void> {
    const { connectionId, reading, body, outcome } = notice;
    const id = notice.id ?? this.ids.next();
    const now = this.clock.now();
    const sealed = sealJson(this.keyring, noticeRecordId(id), { body: body.toString('base64') });
    // What a repetition brings is what waits already: its own seal stays.
    await manager.query(
      `insert into gateway_notices (id, connection_id, fingerprint, about, ids, received_at, seen_at, due_at, sealed)
       values ($1, $2, $3, $4, $5, $6, $6, $6, $7)
       on conflict (connection_id, fingerprint) do update set seen_at = excluded.seen_at,
         due_at = excluded.seen_at + least($9::interval, excluded.seen_at - gateway_notices.received_at + $10::interval),
         sealed = case when $8 then null else gateway_notices.sealed end`,
      [
        id,
        connectionId,
        reading.fingerprint,
        reading.news.about,
        reading.ids,
        now,
        outcome === 'taken' ? null : sealed,
        outcome === 'taken',
        longestPause,
        firstPause,
      ],
    );
  }
}

const noticeRecordId = (id: string): string => `gateway-notice:${id}`;
