import { Inject, Injectable } from '@nestjs/common';
import type { AdapterIo, CartAdapter, ConnectionCheck } from '@np-hub/kit';
import {
  finalStates,
  type Clock,
  type Facts,
  type GatewayTerms,
  type IdSource,
  type OpenWork,
  type ShopView,
  type WordMaps,
} from '@np-hub/model';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import type { AuditAction } from '../audit/actions.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { adapters } from '../adapters.js';
import { ShopEntity } from '../database/entities.js';
import type { Environment } from '../env.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { loadWordMaps } from '../words/word-maps.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING } from '../tokens.js';
import { Connections, type OpenConnection } from './connections.js';
import { markOf, oweFollowing, takeShop } from './held.js';
import { Outbound } from './outbound.js';
import { policiesSchema, type PolicyChanges, type ShopPolicies } from '@np-hub/model';
import { lastRunsOf } from './runs.js';
import { capabilitiesOf } from './shop-views.js';
import { changedSecrets, mergedSettings, withoutSecrets } from './settings.js';

/** A shop ready for work. */
export interface OpenShop {
  readonly id: string;
  readonly name: string;
  readonly adapter: CartAdapter;
  readonly settings: unknown;
  readonly io: AdapterIo<unknown>;
  readonly policies: ShopPolicies;
  /** The meanings that operators have given to the cart's words. */
  readonly words: WordMaps;
  /** Connections by mall; empty where the shop has one for all. */
  readonly malls: Readonly<Record<string, string>>;
  /** What the gateway of each of its connections takes. */
  readonly terms: ReadonlyMap<string, GatewayTerms>;
  readonly takeoverAt: Date | null;
  /** Orders placed from then on are not taken over any more; null: the shop is in service. */
  readonly retiredAt: Date | null;
  readonly mode: ShopEntity['mode'];
  readonly connectionId: string;
  /** Names what its orders are read by (held.ts). */
  readonly mark: string;
}

export interface NewShop {
  readonly name: string;
  readonly adapter: string;
  readonly connectionId: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly policies?: PolicyChanges | undefined;
}

type Audited = Readonly<{ by: string; action: AuditAction }>;

const recordId = (id: string): string => `shop:${id}`;

/** Shops: their cart, their settings (encrypted), and the moment from which the hub is responsible. */
@Injectable()
export class Shops {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Outbound) private readonly outbound: Outbound,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Opens a shop for work. Throws where it does not exist. */
  async open(id: string): Promise<OpenShop> {
    const row = await this.row(id);
    const adapter = adapterOf(row.adapter);
    const settings = adapter.settings.parse(openJson(this.keyring, recordId(id), row.settings));
    const policies = policiesSchema.parse(row.policies);
    const words = await loadWordMaps(this.database.manager, id);
    const malls = { ...policies.malls, ...words.mall };
    const terms = await this.connections.termsOf([row.connectionId, ...Object.values(malls)]);
    return {
      id,
      name: row.name,
      adapter,
      settings,
      io: this.ioOf(id, settings),
      policies,
      words,
      malls,
      terms,
      takeoverAt: row.takeoverAt,
      retiredAt: row.retiredAt,
      mode: row.mode,
      connectionId: row.connectionId,
      mark: markOf(row, words),
    };
  }

  /** The carts of many shops with their settings, by one query, for what needs no more of them. */
  async settingsOf(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<OpenShop, 'adapter' | 'settings'>>> {
    const rows = await this.database.getRepository(ShopEntity).findBy({ id: In([...ids]) });
    return new Map(
      rows.map((row) => {
        const adapter = adapterOf(row.adapter);
        const settings = adapter.settings.parse(openJson(this.keyring, recordId(row.id), row.settings));
        return [row.id, { adapter, settings }];
      }),
    );
  }

  /** What the gateway and the shop allow; pinned in each transaction when it is received. */
  rulesOf(
    shop: Pick<OpenShop, 'policies'>,
    connection: Pick<OpenConnection, 'gateway' | 'settings' | 'terms'>,
  ): Facts['rules'] {
    const { gateway, settings, terms } = connection;
    return {
      canAmend: gateway.amend !== undefined,
      duplicateGuardConfirmed: gateway.duplicateGuardConfirmed(settings),
      // What nobody has shipped for so long that its time is over is a matter for people.
      reregisterAfterLapse: shop.policies.reregisterAfterLapse && terms.settleWithinDays === null,
      autoReport: shop.policies.reportTrigger === 'shipped',
      canFindCredit: gateway.findCredit !== undefined,
      canFindPayment: gateway.findPayment !== undefined,
      canReissue: gateway.reissue !== undefined,
      settleWithinDays: terms.settleWithinDays,
      idForm: terms.idForm,
      realTime: terms.realTime ?? false,
    };
  }

  async list(scope: readonly string[] | null): Promise<readonly ShopView[]> {
    const rows = await this.database.getRepository(ShopEntity).find({ order: { createdAt: 'asc' } });
    const visible = rows.filter(({ id }) => scope === null || scope.includes(id));
    return this.viewsOf(visible);
  }

  /** Saves a new shop as a draft: nothing is pulled before it goes live. */
  async create(input: NewShop, by = 'system'): Promise<ShopView> {
    const adapter = adapterOf(input.adapter);
    const settings = adapter.settings.parse(mergedSettings(adapter.settings, {}, input.settings));
    await this.connections.open(input.connectionId);
    await this.checkMalls(input.policies);
    const id = this.ids.next();
    const row = this.database.getRepository(ShopEntity).create({
      id,
      name: input.name,
      adapter: adapter.id,
      connectionId: input.connectionId,
      settings: sealJson(this.keyring, recordId(id), settings),
      policies: policiesSchema.parse({ ...adapter.defaultPolicies, ...input.policies }),
      mode: 'draft',
      takeoverAt: null,
      retiredAt: null,
      nextRunAt: null,
      hintedAt: null,
      sweptAt: null,
      reconcileAt: null,
      quietRuns: 0,
      createdAt: this.clock.now(),
    });
    await this.database.transaction(async (manager) => {
      await manager.getRepository(ShopEntity).insert(row);
      const [object, details] = [recordId(id), differences({}, this.auditedOf(row))];
      await this.audit.record(manager, { by, action: 'shop-made', object, shopId: id, details });
    });
    return this.viewOf(row);
  }

  /** Changes name, settings or policies; secrets left blank stay as they are. */
  async update(
    id: string,
    input: { name?: string; settings?: Record<string, unknown>; policies?: PolicyChanges | undefined },
    by = 'system',
  ): Promise<ShopView> {
    await this.checkMalls(input.policies);
    const row = await this.database.transaction(async (manager) => {
      await takeShop(manager, id);
      const before = await this.row(id, manager);
      const adapter = adapterOf(before.adapter);
      const old = openJson(this.keyring, recordId(id), before.settings);
      const settings = adapter.settings.parse(mergedSettings(adapter.settings, old, input.settings ?? {}));
      const fields = {
        name: input.name ?? before.name,
        settings: sealJson(this.keyring, recordId(id), settings),
        policies: policiesSchema.parse({ ...before.policies, ...input.policies }),
        ...(input.policies ? { reconcileAt: null } : {}),
      };
      await manager.getRepository(ShopEntity).update({ id }, fields);
      await oweFollowing(manager, id, this.clock.now());
      const after = { ...before, ...fields };
      const secrets = changedSecrets(adapter.settings, old, settings);
      const details = { ...differences(this.auditedOf(before), this.auditedOf(after)), secrets };
      const object = recordId(id);
      await this.audit.record(manager, { by, action: 'shop-changed', object, shopId: id, details });
      return after;
    });
    return this.viewOf(row);
  }

  /** The hub becomes responsible from `takeoverAt` on: older orders stay released until a person adopts them. */
  async goLive(id: string, takeoverAt: Date, by = 'system'): Promise<ShopView> {
    await this.database.transaction((manager) => this.goLiveIn(manager, id, { takeoverAt, by }));
    return this.viewOf(await this.row(id));
  }

  /** The same inside a database transaction of the caller's. */
  async goLiveIn(manager: EntityManager, id: string, of: { takeoverAt: Date; by: string }): Promise<void> {
    const row = await this.row(id, manager);
    // Carts give whole seconds: an order of the same second is not older than the take-over.
    const takeoverAt = row.takeoverAt ?? new Date(Math.floor(of.takeoverAt.getTime() / 1_000) * 1_000);
    const fields = { mode: 'live', takeoverAt, retiredAt: null, nextRunAt: this.clock.now() } as const;
    await this.changeIn(manager, row, fields, { by: of.by, action: 'shop-live' });
  }

  /** Stops pulling and showing words; what NP still has to be told goes on. */
  async pause(id: string, by = 'system'): Promise<ShopView> {
    return this.change(id, { mode: 'paused' }, { by, action: 'shop-paused' });
  }

  async resume(id: string, by = 'system'): Promise<ShopView> {
    const row = await this.row(id);
    const mode = row.takeoverAt ? 'live' : 'draft';
    const fields = { mode, retiredAt: null, nextRunAt: this.clock.now(), sweptAt: null } as const;
    return this.change(id, fields, { by, action: 'shop-resumed' });
  }

  /**
   * Takes a shop out of service without losing work: orders placed from now on are left alone, and those that the hub
   * has go on to their end, so that the cart is still read and NP still told. Throws 409 where it never was live.
   */
  async retire(id: string, by = 'system'): Promise<ShopView> {
    const row = await this.row(id);
    if (!row.takeoverAt) throw problemOf(409);
    const now = this.clock.now();
    const fields = { mode: 'live', retiredAt: row.retiredAt ?? now, nextRunAt: now } as const;
    return this.change(id, fields, { by, action: 'shop-retired' });
  }

  /** What is not at its end yet. */
  async openWork(id: string): Promise<OpenWork> {
    const rows = await this.database.query<{ state: string; count: number }[]>(
      'select state, count(*)::int as count from transactions where shop_id = $1 and state <> all($2) group by 1 order by 1',
      [id, Object.keys(finalStates)],
    );
    const [effects] = await this.database.query<{ count: number }[]>(
      `select count(*)::int as count from effects where shop_id = $1 and lane = 'write'`,
      [id],
    );
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const states = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    return { states, total, waiting: effects?.count ?? 0 };
  }

  /** Pulls as soon as a worker is free, and sweeps as well. */
  async runNow(id: string): Promise<ShopView> {
    return this.change(id, { nextRunAt: this.clock.now(), sweptAt: null });
  }

  /** Asks the cart whether these settings work, before anything is saved; over those of a saved shop, if one is named. */
  async check(input: {
    adapter: string;
    settings: Record<string, unknown>;
    id?: string | undefined;
  }): Promise<ConnectionCheck> {
    const { adapter, settings } = await this.read(input);
    if (adapter.pull && adapter.pull.enabled?.(settings) !== false)
      return adapter.pull.checkConnection(this.ioOf('check', settings));
    return {
      kind: 'ok',
      message: { ja: '確認する接続はありません。', en: 'There is no connection to check.' },
    };
  }

  /** Settings as they would be saved; over those of a saved shop, if one is named. Throws the schema's error. */
  async read(input: {
    adapter: string;
    settings: Record<string, unknown>;
    id?: string | undefined;
  }): Promise<{ adapter: CartAdapter; settings: unknown }> {
    const adapter = adapterOf(input.adapter);
    const row = input.id === undefined ? null : await this.row(input.id);
    const old = row?.adapter === adapter.id ? openJson(this.keyring, recordId(row.id), row.settings) : {};
    return {
      adapter,
      settings: adapter.settings.parse(mergedSettings(adapter.settings, old, input.settings)),
    };
  }

  /** A mall's connection has to exist. Throws 400, which names the mall. */
  private async checkMalls({ malls = {} }: PolicyChanges = {}): Promise<void> {
    const known = new Set((await this.connections.list()).map(({ id }) => id));
    const message = { ja: 'この接続は見つかりません。', en: 'There is no such connection.' };
    const fields = Object.entries(malls)
      .filter(([, id]) => !known.has(id))
      .map(([mall]) => ({ field: `policies.malls.${mall}`, message }));
    if (fields.length > 0) throw new ApiProblem(400, 'invalid-input', message, fields);
  }

  private async change(id: string, fields: Partial<ShopEntity>, audited?: Audited): Promise<ShopView> {
    const row = await this.row(id);
    await this.database.transaction((manager) => this.changeIn(manager, row, fields, audited));
    return this.viewOf({ ...row, ...fields });
  }

  private async changeIn(
    manager: EntityManager,
    row: ShopEntity,
    fields: Partial<ShopEntity>,
    audited?: Audited,
  ): Promise<void> {
    const { id } = row;
    if (audited) await takeShop(manager, id);
    await manager.getRepository(ShopEntity).update({ id }, fields);
    if (!audited) return;
    const details = differences(modeOf(row), modeOf({ ...row, ...fields }));
    await this.audit.record(manager, { ...audited, object: recordId(id), shopId: id, details });
  }

  private async row(id: string, manager = this.database.manager): Promise<ShopEntity> {
    const row = await manager.getRepository(ShopEntity).findOneBy({ id });
    if (!row) throw problemOf(404);
    return row;
  }

  private ioOf(id: string, settings: unknown): AdapterIo<unknown> {
    return { settings, http: this.outbound.client(`shop/${id}`, null), clock: this.clock };
  }

  /** What the audit trail tells of a shop: no secret is in it. */
  private auditedOf(row: ShopEntity): Readonly<Record<string, unknown>> {
    const { settings } = this.plainView(row);
    return { name: row.name, connectionId: row.connectionId, ...settings, policies: row.policies };
  }

  private async viewOf(row: ShopEntity): Promise<ShopView> {
    const [view] = await this.viewsOf([row]);
    if (!view) throw problemOf(404);
    return view;
  }

  private async viewsOf(rows: readonly ShopEntity[]): Promise<readonly ShopView[]> {
    const connections = new Map(
      (await this.connections.list()).map((connection) => [connection.id, connection]),
    );
    const ids = rows.map(({ id }) => id);
    const lastRuns = await lastRunsOf(this.database, ids, this.clock.now());
    return rows.map((row) => {
      const connection = connections.get(row.connectionId);
      return {
        ...this.plainView(row),
        connectionName: connection?.name ?? '',
        connectionTrouble: connection?.trouble ?? null,
        lastRun: lastRuns.get(row.id) ?? null,
      };
    });
  }

  private plainView(row: ShopEntity) {
    const adapter = adapterOf(row.adapter);
    const settings = adapter.settings.parse(openJson(this.keyring, recordId(row.id), row.settings));
    const { publicUrl } = this.environment;
    return {
      id: row.id,
      name: row.name,
      adapter: row.adapter,
      adapterLabel: adapter.label,
      capabilities: capabilitiesOf(adapter),
      connectionId: row.connectionId,
      mode: row.mode,
      takeoverAt: row.takeoverAt?.toISOString() ?? null,
      retiredAt: row.retiredAt?.toISOString() ?? null,
      writeBack: adapter.push?.enabled(settings) ?? false,
      settings: withoutSecrets(adapter.settings, settings),
      policies: policiesSchema.parse(row.policies),
      webhookUrl: adapter.webhook && publicUrl ? `${publicUrl}/webhooks/${row.id}` : null,
      nextRunAt: row.mode === 'live' ? (row.nextRunAt?.toISOString() ?? null) : null,
    };
  }
}

const modeOf = ({ mode, takeoverAt, retiredAt }: ShopEntity) => ({ mode, takeoverAt, retiredAt });

/** The adapter with this id. Throws where none is installed. */
export function adapterOf(id: string): CartAdapter {
  const adapter = adapters.find((candidate) => candidate.id === id);
  if (!adapter) throw problemOf(404);
  return adapter;
}
