import { Inject, Injectable } from '@nestjs/common';
import type { ConnectionCheck, GatewayIo, PaymentGateway } from '@np-hub/kit';
import { npTerms, type Clock, type ConnectionView, type GatewayTerms, type IdSource } from '@np-hub/model';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { ConnectionEntity } from '../database/entities.js';
import type { Environment } from '../env.js';
import { gateways } from '../gateways.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING } from '../tokens.js';
import { oweFollowingOn, type Following } from './held.js';
import { Outbound } from './outbound.js';
import { changedSecrets, mergedSettings, withoutSecrets } from './settings.js';

/** A connection ready for calls. */
export interface OpenConnection {
  readonly id: string;
  readonly merchant: string;
  readonly recovery: ConnectionEntity['recovery'];
  readonly gateway: PaymentGateway;
  readonly settings: unknown;
  readonly terms: GatewayTerms;
  readonly io: GatewayIo<unknown>;
}

const recordId = (id: string): string => `connection:${id}`;

/** Credentials at gateways: kept encrypted, opened for a call, checked before they are saved. */
@Injectable()
export class Connections {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Outbound) private readonly outbound: Outbound,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
  ) {}

  /** Opens the connection that a transaction began with. Throws 404 where there is no such transaction. */
  async openOf({
    shopId,
    transactionId,
  }: {
    readonly shopId: string;
    readonly transactionId: string;
  }): Promise<OpenConnection> {
    const [stored] = await this.database.query<{ connection_id: string }[]>(
      'select connection_id from transactions where shop_id = $1 and id = $2',
      [shopId, transactionId],
    );
    if (!stored) throw problemOf(404);
    return this.open(stored.connection_id);
  }

  /** Opens a connection for calls. Throws where it does not exist. */
  async open(id: string): Promise<OpenConnection> {
    const row = await this.row(id);
    const gateway = gatewayOf(row.gateway);
    const settings = gateway.settings.parse(openJson(this.keyring, recordId(id), row.settings));
    const { merchant, recovery } = row;
    const terms = gateway.termsOf?.(settings) ?? npTerms;
    return { id, merchant, recovery, gateway, settings, terms, io: this.ioOf(gateway, settings) };
  }

  /** What the gateways of these connections take. Unknown ones are left out. */
  async termsOf(ids: readonly string[]): Promise<ReadonlyMap<string, GatewayTerms>> {
    const rows = await this.database.getRepository(ConnectionEntity).findBy({ id: In([...new Set(ids)]) });
    return new Map(
      rows.map((row) => {
        const gateway = gatewayOf(row.gateway);
        const settings = (): unknown =>
          gateway.settings.parse(openJson(this.keyring, recordId(row.id), row.settings));
        return [row.id, gateway.termsOf?.(settings()) ?? npTerms];
      }),
    );
  }

  /** All of them, or those that the shops of a scope use, for their malls too. */
  async list(scope: readonly string[] | null = null): Promise<readonly ConnectionView[]> {
    const rows = await this.database.getRepository(ConnectionEntity).find({ order: { createdAt: 'asc' } });
    const used = scope && new Set(await this.usedBy(scope));
    return rows.filter(({ id }) => !used || used.has(id)).map((row) => this.viewOf(row));
  }

  /** Saves a new connection. `settings` are checked by the gateway's own schema; throws its error. */
  async create(
    input: { name: string; gateway: string; settings: Record<string, unknown> },
    by = 'system',
  ): Promise<ConnectionView> {
    const gateway = gatewayOf(input.gateway);
    const settings = gateway.settings.parse(mergedSettings(gateway.settings, {}, input.settings));
    const id = this.ids.next();
    const row = this.database.getRepository(ConnectionEntity).create({
      id,
      name: input.name,
      gateway: gateway.id,
      merchant: gateway.merchantOf(settings),
      settings: sealJson(this.keyring, recordId(id), settings),
      trouble: null,
      pausedUntil: null,
      recovery: null,
      failing: null,
      failures: 0,
      troubleSince: null,
      createdAt: this.clock.now(),
    });
    const view = this.viewOf(row);
    await this.database.transaction(async (manager) => {
      await manager.getRepository(ConnectionEntity).insert(row);
      const details = differences({}, auditedOf(view));
      await this.audit.record(manager, { by, action: 'connection-made', object: recordId(id), details });
    });
    return view;
  }

  /**
   * Changes name or settings; secrets left blank stay as they are. `following`: the shops for whose transactions other
   * rules hold now (`SettingsChange.afterConnection`).
   */
  async update(
    id: string,
    input: { name?: string; settings?: Record<string, unknown> },
    by = 'system',
  ): Promise<{ readonly view: ConnectionView; readonly following: readonly Following[] }> {
    return this.database.transaction(async (manager) => {
      const row = await this.locked(manager, id);
      const gateway = gatewayOf(row.gateway);
      const old = openJson(this.keyring, recordId(id), row.settings);
      const settings = gateway.settings.parse(mergedSettings(gateway.settings, old, input.settings ?? {}));
      const fields = {
        name: input.name ?? row.name,
        merchant: gateway.merchantOf(settings),
        settings: sealJson(this.keyring, recordId(id), settings),
        // Whatever was wrong may be right now: single lines show it.
        pausedUntil: null,
        recovery: row.recovery && ('trying' as const),
      };
      await manager.getRepository(ConnectionEntity).update({ id }, fields);
      const isOther = bearingOf(gateway, old) !== bearingOf(gateway, settings);
      const following = isOther ? await oweFollowingOn(manager, id, this.clock.now()) : [];
      const view = this.viewOf({ ...row, ...fields });
      const details = {
        ...differences(auditedOf(this.viewOf(row)), auditedOf(view)),
        secrets: changedSecrets(gateway.settings, old, settings),
      };
      await this.audit.record(manager, { by, action: 'connection-changed', object: recordId(id), details });
      return { view, following };
    });
  }

  /**
   * Credentials and mode are pinned per transaction: a connection that has any stays with its merchant, because the
   * ids of one merchant mean nothing to another, and with its mode. Throws 409.
   */
  async refuseOtherMerchant(id: string, fresh: Record<string, unknown>): Promise<void> {
    const row = await this.row(id);
    const gateway = gatewayOf(row.gateway);
    const old = openJson(this.keyring, recordId(id), row.settings);
    const settings = gateway.settings.parse(mergedSettings(gateway.settings, old, fresh));
    const isRealTime = (of: unknown): boolean => gateway.termsOf?.(of).realTime ?? false;
    const sameMode = isRealTime(settings) === isRealTime(gateway.settings.parse(old));
    if (gateway.merchantOf(settings) === row.merchant && sameMode) return;
    const [used] = await this.database.query<unknown[]>(
      'select 1 from transactions where connection_id = $1 limit 1',
      [id],
    );
    if (!used) return;
    throw new ApiProblem(409, 'merchant-in-use', {
      ja: 'この接続には取引があるため、接続先・加盟店コード・与信方式は変えられません。新しい接続を作成してください。',
      en: 'This connection has transactions, so its address, merchant code and mode cannot change. Make a new connection.',
    });
  }

  /** Asks the gateway whether these credentials hold, before anything is saved; over those of a saved connection, if one is named. */
  async check(input: {
    gateway: string;
    settings: Record<string, unknown>;
    id?: string | undefined;
  }): Promise<ConnectionCheck> {
    const { gateway, settings } = await this.read(input);
    return gateway.checkConnection(this.ioOf(gateway, settings));
  }

  /** Settings as they would be saved; over those of a saved connection, if one is named. Throws the schema's error. */
  async read(input: {
    gateway: string;
    settings: Record<string, unknown>;
    id?: string | undefined;
  }): Promise<{ gateway: PaymentGateway; settings: unknown }> {
    const gateway = gatewayOf(input.gateway);
    const row = input.id === undefined ? null : await this.row(input.id);
    const old = row?.gateway === gateway.id ? openJson(this.keyring, recordId(row.id), row.settings) : {};
    return {
      gateway,
      settings: gateway.settings.parse(mergedSettings(gateway.settings, old, input.settings)),
    };
  }

  private async usedBy(shopIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `select connection_id::text as id from shops where id = any($1)
       union select mall.value from shops, jsonb_each_text(coalesce(policies->'malls', '{}')) mall where id = any($1)
       union select value from word_maps where axis = 'mall' and shop_id = any($1)`,
      [shopIds],
    );
    return rows.map(({ id }) => id);
  }

  private async locked(manager: EntityManager, id: string): Promise<ConnectionEntity> {
    const row = await manager
      .getRepository(ConnectionEntity)
      .findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!row) throw problemOf(404);
    return row;
  }

  private async row(id: string): Promise<ConnectionEntity> {
    const row = await this.database.getRepository(ConnectionEntity).findOneBy({ id });
    if (!row) throw problemOf(404);
    return row;
  }

  private ioOf(gateway: PaymentGateway, settings: unknown): GatewayIo<unknown> {
    const key = `${gateway.id}/${gateway.merchantOf(settings)}`;
    const http = this.outbound.client(key, gateway.requestsPerSecondOf?.(settings) ?? null);
    return { settings, http, clock: this.clock };
  }

  private viewOf(row: ConnectionEntity): ConnectionView {
    const gateway = gatewayOf(row.gateway);
    const settings = openJson(this.keyring, recordId(row.id), row.settings);
    const { publicUrl } = this.environment;
    return {
      id: row.id,
      name: row.name,
      gateway: row.gateway,
      gatewayLabel: gateway.label,
      settings: withoutSecrets(gateway.settings, settings),
      trouble: row.trouble,
      notifies: gateway.readNotification !== undefined,
      notificationUrl:
        gateway.readNotification && publicUrl ? `${publicUrl}/gateways/${row.id}/notifications` : null,
    };
  }
}

const auditedOf = ({ name, settings }: ConnectionView) => ({ name, ...settings });

/** What of a connection's settings is pinned in transactions (`Shops.rulesOf`), as text; null where they cannot be read. */
function bearingOf(gateway: PaymentGateway, stored: unknown): string | null {
  const { data: settings, success } = gateway.settings.safeParse(stored);
  if (!success) return null;
  return JSON.stringify([gateway.termsOf?.(settings) ?? npTerms, gateway.duplicateGuardConfirmed(settings)]);
}

/** The gateway with this id. Throws where none is installed. */
export function gatewayOf(id: string): PaymentGateway {
  const gateway = gateways.find((candidate) => candidate.id === id);
  if (!gateway) throw problemOf(404);
  return gateway;
}
