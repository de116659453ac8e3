import { Inject, Injectable } from '@nestjs/common';
import type { Clock, DeliveryPage, DeliveryView, IdSource, NewWebhookView, WebhookView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { cursorOf, expiredCursor, positionOf, unreadableCursor } from '../changes/cursor.js';
import { Numbering } from '../changes/numbering.js';
import { ChangePages } from '../changes/pages.js';
import type { Environment } from '../env.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Audit, type AuditEntry } from '../audit/audit.js';
import { sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING } from '../tokens.js';
import { deliveryPage, deliveryView } from './deliveries.js';
import { secretRecordId, WebhookSender, type Target } from './sender.js';
import { refusePrivateUrl } from './url-rule.js';
import { newSecret } from './signature.js';

/** Names one endpoint of one shop. */
export interface WebhookKey {
  readonly shopId: string;
  readonly id: string;
}

export interface WebhookChange {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly paused?: boolean | undefined;
}

interface WebhookRow extends Target {
  readonly name: string;
  readonly paused: boolean;
  readonly position: string;
  readonly failures: number;
  readonly trouble: string | null;
  readonly next_at: Date;
  readonly created_at: Date;
  readonly waiting: number;
}

const mostPerShop = 20;
const columns = `w.id, w.shop_id, w.name, w.url, w.secret, w.paused, w.position, w.failures, w.trouble, w.next_at,
  w.created_at, (select count(*)::int from (select 1 from changes c
    where c.shop_id = w.shop_id and (c.position > w.position or c.position is null) limit 1000) n) as waiting`;

const viewOf = (row: WebhookRow): WebhookView => ({
  id: row.id,
  shopId: row.shop_id,
  name: row.name,
  url: row.url,
  paused: row.paused,
  cursor: cursorOf(BigInt(row.position)),
  waiting: row.waiting,
  failures: row.failures,
  trouble: row.trouble,
  nextTryAt: row.failures > 0 && !row.paused ? row.next_at.toISOString() : null,
  createdAt: row.created_at.toISOString(),
});

/** The endpoints of shops: made, changed, paused, sent back to an earlier place, tried. */
@Injectable()
export class Webhooks {
  @Inject(Audit) private readonly audit!: Audit;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Numbering) private readonly numbering: Numbering,
    @Inject(ChangePages) private readonly pages: ChangePages,
    @Inject(WebhookSender) private readonly sender: WebhookSender,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'webhookPrivate'>,
  ) {}

  async list(shopId: string): Promise<readonly WebhookView[]> {
    const rows = await this.database.query<WebhookRow[]>(
      `select ${columns} from webhook_endpoints w where w.shop_id = $1 order by w.created_at, w.id`,
      [shopId],
    );
    return rows.map(viewOf);
  }

  /** From now on it gets every change of the shop. Throws 404, 400 for an address that it may not call, and 409. */
  async create(
    shopId: string,
    given: { readonly name: string; readonly url: string },
    by: string,
  ): Promise<NewWebhookView> {
    refusePrivateUrl(given.url, this.environment.webhookPrivate);
    const [shop] = await this.database.query<{ count: number }[]>(
      `select (select count(*)::int from webhook_endpoints w where w.shop_id = s.id) as count from shops s where s.id = $1`,
      [shopId],
    );
    if (!shop) throw problemOf(404);
    if (shop.count >= mostPerShop) throw new ApiProblem(409, 'too-many-webhooks', tooMany);
    const { last } = await this.numbering.run();
    const [id, secret, now] = [this.ids.next(), newSecret(), this.clock.now()];
    const entry = {
      by,
      action: 'webhook-made',
      details: { name: given.name, host: new URL(given.url).host },
    } as const;
    await this.audited({ shopId, id }, entry, (manager) =>
      manager.query(
        `insert into webhook_endpoints (id, shop_id, name, url, secret, position, next_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [
          id,
          shopId,
          given.name,
          given.url,
          sealJson(this.keyring, secretRecordId(id), secret),
          last.toString(),
          now,
        ],
      ),
    );
    return { ...viewOf(await this.row({ shopId, id })), secret };
  }

  /** A new address, or the end of a pause, is tried at once. */
  async change(key: WebhookKey, change: WebhookChange, by: string): Promise<WebhookView> {
    if (change.url !== undefined) refusePrivateUrl(change.url, this.environment.webhookPrivate);
    const isFresh = change.url !== undefined || change.paused === false;
    const { name, url, paused } = change;
    const details = { name, paused, ...(url === undefined ? {} : { host: new URL(url).host }) };
    await this.audited(key, { by, action: 'webhook-changed', details }, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `update webhook_endpoints set name = coalesce($3, name), url = coalesce($4, url), paused = coalesce($5, paused),
           next_at = case when $6 then $7 else next_at end, failures = case when $6 then 0 else failures end,
           trouble = case when $6 then null else trouble end
         where shop_id = $1 and id = $2`,
        [key.shopId, key.id, name ?? null, url ?? null, paused ?? null, isFresh, this.clock.now()],
      );
      if (changed === 0) throw problemOf(404);
    });
    return viewOf(await this.row(key));
  }

  async remove(key: WebhookKey, by: string): Promise<void> {
    await this.audited(key, { by, action: 'webhook-removed' }, async (manager) => {
      const [, removed] = await manager.query<[unknown, number]>(
        'delete from webhook_endpoints where shop_id = $1 and id = $2',
        [key.shopId, key.id],
      );
      if (removed === 0) throw problemOf(404);
    });
  }

  /** Sends everything from a cursor or a time once more. Throws 400 and 410 for a cursor, naming `from`. */
  async replay(key: WebhookKey, from: string, by: string): Promise<WebhookView> {
    await this.row(key);
    const position = await this.placeOf(from);
    await this.audited(key, { by, action: 'webhook-replayed', details: { from } }, (manager) =>
      manager.query(
        // A call that is under way keeps its lease, finds the place changed, and leaves it alone.
        `update webhook_endpoints set position = $3, next_at = $4, failures = 0, trouble = null
       where shop_id = $1 and id = $2`,
        [key.shopId, key.id, position.toString(), this.clock.now()],
      ),
    );
    return viewOf(await this.row(key));
  }

  async test(key: WebhookKey): Promise<DeliveryView> {
    return deliveryView(await this.sender.test(await this.row(key)));
  }

  async deliveries(
    key: WebhookKey,
    query: { readonly after: string | undefined; readonly limit: number },
  ): Promise<DeliveryPage> {
    await this.row(key);
    return deliveryPage(this.database.manager, key.id, query);
  }

  private async audited(
    { shopId, id }: WebhookKey,
    entry: Pick<AuditEntry, 'by' | 'action' | 'details'>,
    work: (manager: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      await work(manager);
      await this.audit.record(manager, { ...entry, object: `webhook:${id}`, shopId });
    });
  }

  private async placeOf(from: string): Promise<bigint> {
    const ends = await this.numbering.run();
    const time = /^\d{4}-\d\d-\d\dT/u.test(from) ? new Date(from) : null;
    if (time && Number.isNaN(time.getTime())) throw unreadableCursor('from');
    const position = time ? await this.pages.positionAt(time) : positionOf(from);
    if (position === null) throw unreadableCursor('from');
    if (position < ends.dropped || position > ends.last) throw expiredCursor('from');
    return position;
  }

  private async row({ shopId, id }: WebhookKey): Promise<WebhookRow> {
    const [row] = await this.database.query<WebhookRow[]>(
      `select ${columns} from webhook_endpoints w where w.shop_id = $1 and w.id = $2`,
      [shopId, id],
    );
    if (!row) throw problemOf(404);
    return row;
  }
}

const tooMany = {
  ja: `Webhookは1ショップにつき${mostPerShop}件までです。`,
  en: `A shop has ${mostPerShop} webhooks at most.`,
};
