import { Inject, Injectable } from '@nestjs/common';
import type { Clock, NoticeKind, State } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Numbering } from '../changes/numbering.js';
import { unknownOf } from '../code-cards/known.js';
import { unnestRows } from '../database/bulk.js';
import { CLOCK } from '../tokens.js';
import { topicOfNotice, type NewAlert } from './alerts.js';

interface Change {
  readonly position: string;
  readonly at: Date;
  readonly shop_id: string;
  readonly transaction_id: string;
  readonly order_number: string;
  readonly state: State;
  readonly reasons: string[];
  readonly notice: NoticeKind | null;
}

const changesPerRun = 2_000;
const findingsPerRun = 1_000;
/** Findings are written in transactions of their own: one that began earlier may show later. */
const findingsLookBackMs = 15 * 60_000;
const keptMs = 30 * 24 * 3_600_000;

const columns = {
  key: 'text',
  at: 'timestamptz',
  topic: 'text',
  shop_id: 'uuid',
  connection_id: 'uuid',
  body: 'json',
} as const;

/**
 * Turns what happened into alerts, in one database transaction with the place up to which it has read: a crash loses
 * nothing and tells nothing twice. One hub at a time; the others go past.
 */
@Injectable()
export class AlertCollector {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Numbering) private readonly numbering: Numbering,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { last } = await this.numbering.run();
    while (await this.database.transaction((manager) => this.collect(manager, last)));
  }

  /** True where there is more of the feed to read. */
  private async collect(manager: EntityManager, last: bigint): Promise<boolean> {
    const [reader] = await manager.query<{ position: string; read_at: Date | null }[]>(
      `select position, read_at from feed_readers where name = 'alerts' for update skip locked`,
    );
    if (!reader) return false;
    const now = this.clock.now();
    const from = BigInt(reader.position);
    const changes = await manager.query<Change[]>(
      `select position, at, shop_id, transaction_id, order_number, state, reasons, notice from changes
       where position > $1 and position <= $2 order by position limit ${changesPerRun}`,
      [reader.position, last.toString()],
    );
    const lastRead = changes.at(-1);
    const goesOn = changes.length === changesPerRun;
    const to = goesOn && lastRead ? BigInt(lastRead.position) : last > from ? last : from;
    const since = new Date((reader.read_at ?? now).getTime() - findingsLookBackMs);
    const alerts = [
      ...changes.flatMap(alertOfChange),
      ...(await this.newCodes(manager, changes)),
      ...(await findings(manager, since)),
      ...(await outages(manager)),
    ];
    await addAlerts(manager, alerts);
    // Nobody waits for what is a month old.
    await manager.query('delete from alerts where at < $1', [new Date(now.getTime() - keptMs)]);
    await manager.query(`update feed_readers set position = $1, read_at = $2 where name = 'alerts'`, [
      to.toString(),
      now,
    ]);
    return goesOn;
  }

  /** Codes that no dictionary explains, each at its first sight. */
  private async newCodes(manager: EntityManager, changes: readonly Change[]): Promise<readonly NewAlert[]> {
    const first = new Map<string, Change>();
    for (const change of changes)
      for (const code of unknownOf(change.reasons)) if (!first.has(code)) first.set(code, change);
    if (first.size === 0) return [];
    const { sql, parameters } = unnestRows(
      { code: 'text', at: 'timestamptz', shop_id: 'uuid', transaction_id: 'uuid', order_number: 'text' },
      [...first].map(([code, change]) => ({ ...change, code })),
    );
    const fresh = await manager.query<{ code: string }[]>(
      `insert into seen_codes (code, first_seen_at, shop_id, transaction_id, order_number)
       select code, at, shop_id, transaction_id, order_number from ${sql} n on conflict do nothing returning code`,
      parameters,
    );
    return fresh.flatMap(({ code }): NewAlert[] => {
      const change = first.get(code);
      if (!change) return [];
      const { order_number: orderNumber, transaction_id: transactionId } = change;
      return [
        {
          key: `code:${code}`,
          at: change.at.toISOString(),
          topic: 'first-seen',
          shopId: change.shop_id,
          connectionId: null,
          body: { kind: 'code', code, orderNumber, transactionId },
        },
      ];
    });
  }
}

function alertOfChange(change: Change): NewAlert[] {
  const { notice, state, reasons, order_number: orderNumber, transaction_id: transactionId } = change;
  if (!notice) return [];
  return [
    {
      key: `change:${change.position}`,
      at: change.at.toISOString(),
      topic: topicOfNotice[notice],
      shopId: change.shop_id,
      connectionId: null,
      body: { kind: 'order', notice, state, reasons, orderNumber, transactionId },
    },
  ];
}

/** What a comparison with NP or the cart has found and nobody has put right. */
async function findings(manager: EntityManager, since: Date): Promise<NewAlert[]> {
  const rows = await manager.query<
    {
      id: string;
      kind: string;
      found_at: Date;
      shop_id: string;
      transaction_id: string;
      order_number: string;
    }[]
  >(
    `select f.id, f.kind, f.found_at, f.shop_id, f.transaction_id, t.order_number
     from findings f join transactions t on t.shop_id = f.shop_id and t.id = f.transaction_id
     where f.found_at > $1 and f.state = 'open'
       and not exists (select from alerts a where a.key = 'finding:' || f.id)
     order by f.found_at limit ${findingsPerRun}`,
    [since],
  );
  return rows.map((row) => ({
    key: `finding:${row.id}`,
    at: row.found_at.toISOString(),
    topic: 'drift',
    shopId: row.shop_id,
    connectionId: null,
    body: {
      kind: 'finding',
      finding: row.kind,
      orderNumber: row.order_number,
      transactionId: row.transaction_id,
    },
  }));
}

/** Connections and carts that do not answer, or refuse the credentials: each once, from when it began. */
async function outages(manager: EntityManager): Promise<NewAlert[]> {
  const rows = await manager.query<
    { side: 'connection' | 'cart'; id: string; name: string; failure: string; since: Date }[]
  >(
    `select 'connection' as side, id, name, split_part(trouble, ':', 1) as failure, trouble_since as since
     from connections where trouble is not null and trouble_since is not null
     union all
     select 'cart', id, name, split_part(cart_trouble, ':', 1), cart_trouble_since
     from shops where cart_trouble is not null and cart_trouble_since is not null and mode = 'live'`,
  );
  return rows.map(({ side, id, name, failure, since }) => ({
    key: `outage:${side}:${id}:${since.getTime()}`,
    at: since.toISOString(),
    topic: 'outage',
    shopId: side === 'cart' ? id : null,
    connectionId: side === 'connection' ? id : null,
    body: { kind: 'outage', side, name, failure },
  }));
}

async function addAlerts(manager: EntityManager, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const { sql, parameters } = unnestRows(
    columns,
    alerts.map(({ shopId, connectionId, ...alert }) => ({
      ...alert,
      shop_id: shopId,
      connection_id: connectionId,
    })),
  );
  // Those that are known are left out before a number is drawn for them.
  await manager.query(
    `insert into alerts (key, at, topic, shop_id, connection_id, body)
     select n.key, n.at, n.topic, n.shop_id, n.connection_id, n.body from ${sql} n
     where not exists (select from alerts a where a.key = n.key) on conflict (key) do nothing`,
    parameters,
  );
}
