import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Facts, Role, ShopView, State, TransactionView } from '@np-hub/model';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import { DataSource } from 'typeorm';
import { Accounts } from '../../src/accounts/accounts.js';
import { adapters } from '../../src/adapters.js';
import { AppModule } from '../../src/app.module.js';
import { readEnvironment } from '../../src/env.js';
import { createApplication } from '../../src/http/app.js';
import { createKeyring, type MasterKey } from '../../src/security/keyring.js';
import type { Timing } from '../../src/timing.js';
import { request, type ApiAnswer, type ApiClient } from './client.js';
import { createTestDatabase } from './database.js';
import { keepPromises } from './promises.js';

type SandboxInput = NonNullable<Parameters<typeof startSandbox>[0]['config']>;

/** Looks so often that a test need not wait for it. */
const testTiming: Timing = {
  pullMs: 200,
  pullQuietMs: 200,
  shopsAtOnce: 4,
  recentWindowMs: 48 * 3_600_000,
  sweepMs: 300,
  read: {
    soon: { firstMs: 50, longestMs: 150 },
    slow: { firstMs: 100, longestMs: 200 },
    idle: { firstMs: 150, longestMs: 250 },
  },
  retryMs: 200,
  tickMs: 50,
  settingsKeptMs: 3_000,
};

const testSettings = {
  reviewDelayMs: 200,
  lapseDelayMs: 100,
  payDelayMs: 100,
  webhookCycleMs: 50,
  sbpsNoticeDelayMs: 100,
  sbpsNoticeRetryMs: 200,
  // Orders have prices by chance: one in a thousand would ask for an outcome of its own.
  amountMagic: false,
};

/** The time of the hub and of the sandbox together: the machine's own, moved forward by the test. */
export class TestClock implements Clock {
  private aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
  forward(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }
}

export interface TestHubOptions {
  /** Another hub's sandbox, to be shared; it is stopped by the hub that started it. */
  readonly sandbox?: Sandbox;
  readonly sandboxConfig?: SandboxInput;
  readonly timing?: Partial<Timing>;
  readonly clock?: TestClock;
  /** Another hub's database, to be shared. */
  readonly databaseUrl?: string;
  readonly gatewaySettings?: Readonly<Record<string, unknown>>;
  readonly shopSettings?: Readonly<Record<string, unknown>>;
  readonly policies?: Readonly<Record<string, unknown>>;
  /** False: no shop and no connection are made. */
  readonly shop?: false;
  readonly takeoverAt?: Date;
  readonly logLevel?: string;
  /** Other keys than those that every test hub has. */
  readonly masterKeys?: readonly MasterKey[];
  /** Environment variables beside those that every test hub has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the built dashboard is; left out, there is none. */
  readonly dashboardFolder?: string;
}

export interface StoredTransaction {
  readonly id: string;
  readonly shopId: string;
  readonly state: State;
  readonly gate: string;
  readonly facts: Facts;
}

/** How long a test waits for what has to come: a machine that is busy with other things may need a while. */
const patienceMs = 120_000;

export const password = 'correct horse battery';

interface HubParts extends Pick<TestHub, 'app' | 'url' | 'databaseUrl' | 'sandbox' | 'clock'> {
  readonly end: () => Promise<void>;
}

/** A whole hub, listening on a free port, beside a sandbox; by default with one makeshop shop that is live. */
export class TestHub {
  private readonly clients = new Map<string, Promise<ApiClient>>();
  shopId = '';
  connectionId = '';

  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly clock: TestClock;

  constructor(private readonly parts: HubParts) {
    this.app = parts.app;
    this.url = parts.url;
    this.databaseUrl = parts.databaseUrl;
    this.sandbox = parts.sandbox;
    this.clock = parts.clock;
  }

  get database(): DataSource {
    return this.app.get(DataSource, { strict: false });
  }

  /** The client of one of the users `operator`, `support` and `viewer`, or of any other login. */
  as(login: Role | (string & {}), secret = password): Promise<ApiClient> {
    const known = this.clients.get(login) ?? this.signIn(login, secret);
    this.clients.set(login, known);
    return known;
  }

  private async signIn(login: string, secret: string): Promise<ApiClient> {
    const signedIn = await request(this.url, 'POST', '/api/v1/session', {
      body: { login, password: secret },
    });
    if (signedIn.status !== 200) throw new Error(`Signing in answered ${signedIn.status}`);
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const send = async (method: string, path: string, body?: unknown, key?: string) =>
      (await request(this.url, method, `/api/v1${path}`, { body, cookie, key })) as ApiAnswer;
    const client: ApiClient = {
      get: (path) => send('GET', path),
      post: (path, body = {}, key = randomUUID()) => send('POST', path, body, key),
      patch: (path, body) => send('PATCH', path, body, randomUUID()),
      put: (path, body) => send('PUT', path, body, randomUUID()),
      delete: (path, body) => send('DELETE', path, body, randomUUID()),
    };
    return client;
  }

  /** Another day: everybody's session has ended, and signs in anew with the next call. */
  nextDay(): void {
    this.clock.forward(24 * 3_600_000);
    this.clients.clear();
  }

  /** What the sandbox's own control API answers. Throws where it refuses. */
  async control<Body = unknown>(method: string, path: string, body?: object): Promise<Body> {
    const { status, body: answer } = await request(this.sandbox.url, method, `/control${path}`, { body });
    if (status >= 300) throw new Error(`The sandbox answered ${status} to ${method} ${path}`);
    return answer as Body;
  }

  /** A transaction as it is stored; undefined while the order is not known. */
  async stored(orderNumber: string, shopId = this.shopId): Promise<StoredTransaction | undefined> {
    const [row] = await this.database.query<StoredTransaction[]>(
      `select id, shop_id as "shopId", state, gate, facts from transactions where order_number = $1 and shop_id = $2`,
      [orderNumber, shopId],
    );
    return row;
  }

  /** Waits until a transaction is in one of these states, or fits. Throws with what it is instead. */
  async until(
    orderNumber: string,
    wanted: State | readonly State[] | ((row: StoredTransaction) => boolean),
    { timeoutMs = patienceMs, shopId = this.shopId } = {},
  ): Promise<StoredTransaction> {
    const fits =
      typeof wanted === 'function' ? wanted : (row: StoredTransaction) => [wanted].flat().includes(row.state);
    const deadlineMs = Date.now() + timeoutMs;
    for (;;) {
      const row = await this.stored(orderNumber, shopId);
      if (row && fits(row)) return row;
      if (Date.now() > deadlineMs) {
        const seen = row ? `${row.state}: ${JSON.stringify(row.facts)}` : 'unknown to the hub';
        const awaited = typeof wanted === 'function' ? wanted.toString() : [wanted].flat().join(' or ');
        throw new Error(`${orderNumber} did not become ${awaited}; it is ${seen}`);
      }
      await sleep(15);
    }
  }

  /** The page of one transaction as a person sees it. */
  async page(orderNumber: string, login: Role = 'support', shopId = this.shopId): Promise<TransactionView> {
    const row = await this.stored(orderNumber, shopId);
    if (!row) throw new Error(`${orderNumber} is not known to the hub`);
    return (await (await this.as(login)).get<TransactionView>(`/transactions/${shopId}/${row.id}`)).body;
  }

  /** What a person does to one transaction. */
  async act(
    orderNumber: string,
    action: string,
    body: object = {},
    key?: string,
  ): Promise<ApiAnswer<TransactionView & { error?: string; fields?: { field: string }[] }>> {
    const row = await this.stored(orderNumber);
    if (!row) throw new Error(`${orderNumber} is not known to the hub`);
    const client = await this.as('support');
    return client.post(`/transactions/${row.shopId}/${row.id}/actions/${action}`, body, key);
  }

  /**
   * Waits until nothing moves any more: nothing to write or to show is due within two seconds, no row is in a worker's
   * hands, and ledger, cart and hub stay the same while the carts are read once more and NP is asked once more.
   */
  async settle({ timeoutMs = patienceMs, quietMs = 350 } = {}): Promise<void> {
    const deadlineMs = Date.now() + timeoutMs;
    let last = '';
    let since = this.clock.now();
    for (;;) {
      const busy = (await this.busyEffects()) > 0;
      const print = busy ? '' : await this.fingerprint();
      if (busy || print !== last) since = this.clock.now();
      last = print;
      const quiet = this.clock.now().getTime() - since.getTime() >= quietMs;
      if (quiet && (await this.unasked(since)) === 0 && (await this.unreadShops(since)) === 0) return;
      if (Date.now() > deadlineMs) throw new Error(`Not quiet in time: ${await this.unrest()}`);
      await sleep(quietMs / 8);
    }
  }

  /** Every answer of `work` until it is true. */
  async eventually(work: () => Promise<boolean>, timeoutMs = patienceMs): Promise<void> {
    for (const deadlineMs = Date.now() + timeoutMs; !(await work()); await sleep(20)) {
      if (Date.now() > deadlineMs) throw new Error(`Not in time: ${work.toString()}`);
    }
  }

  stop(): Promise<void> {
    return this.parts.end();
  }

  private async fingerprint(): Promise<string> {
    const [row] = await this.database.query<{ latest: string; count: number }[]>(
      `select coalesce(max(updated_at)::text, '') as latest, count(*)::int, coalesce(sum(version), 0)::int as moves from transactions`,
    );
    const np = this.sandbox.transactions().map(({ state, edits }) => `${state}${edits}`);
    const cart = this.sandbox
      .orders()
      .map(({ paymentStatus, deliveries }) => paymentStatus + deliveries[0]?.status);
    return JSON.stringify([row, np, cart]);
  }

  private async busyEffects(): Promise<number> {
    const soon = new Date(this.clock.now().getTime() + 2_000);
    const [row] = await this.database.query<{ count: number }[]>(
      `select count(*)::int from effects where (lane in ('write', 'word') and due_at <= $1)
         or (token is not null and lane in ('write', 'word'))`,
      [soon],
    );
    return row?.count ?? 0;
  }

  /** Results that NP has not been asked for since then, however busy the machine is. */
  private async unasked(since: Date): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      `select count(*)::int from effects where lane = 'credit' and pace = 'soon' and due_at <= $1`,
      [new Date(since.getTime() + testTiming.read.soon.longestMs)],
    );
    return row?.count ?? 0;
  }

  private async unreadShops(since: Date): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      `select count(*)::int from shops s where s.mode = 'live' and s.adapter = any($2) and not exists (
         select 1 from runs r where r.shop_id = s.id and r.started_at >= $1 and r.finished_at is not null)`,
      [since, adapters.filter(({ pull }) => pull !== undefined).map(({ id }) => id)],
    );
    return row?.count ?? 0;
  }

  private async unrest(): Promise<string> {
    const effects: unknown = await this.database.query(
      `select lane, operation, count(*)::int, min(due_at) as due, count(token)::int as held from effects group by 1, 2`,
    );
    const states: unknown = await this.database.query(
      `select state, count(*)::int from transactions group by 1`,
    );
    return JSON.stringify({ effects, states });
  }
}

/** Starts a hub with everything real but time. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const clock = options.clock ?? new TestClock();
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-path-'));
  const ownSandbox = options.sandbox
    ? null
    : await startSandbox({
        port: 0,
        dataDir: folder,
        now: () => clock.now(),
        config: {
          ...options.sandboxConfig,
          settings: { ...testSettings, ...options.sandboxConfig?.settings },
        },
      });
  const sandbox = options.sandbox ?? (ownSandbox as Sandbox);
  const ownDatabase = options.databaseUrl ? null : await createTestDatabase();
  const databaseUrl = options.databaseUrl ?? ownDatabase?.url ?? '';
  const environment = readEnvironment({
    NP_HUB_DEMO: 'off',
    NP_HUB_LOG_LEVEL: options.logLevel ?? 'silent',
    NP_HUB_GATEWAY_HOSTS: new URL(sandbox.url).host,
    ...options.variables,
  });
  const module = AppModule.forRoot({
    environment,
    keyring: createKeyring(options.masterKeys ?? [{ id: 'test', secret: Buffer.alloc(32, 7) }]),
    databaseUrl,
    clock,
    timing: { ...testTiming, ...options.timing },
  });
  const app = await createApplication(module, environment, options.dashboardFolder ?? folder);
  app.useGlobalInterceptors(keepPromises);
  await app.listen(0, '127.0.0.1');
  const accounts = app.get(Accounts, { strict: false });
  for (const role of ['owner', 'operator', 'support', 'viewer'] as const) {
    await accounts.ensureUser({ login: role, name: role, role, password });
  }
  const end = async (): Promise<void> => {
    await app.close();
    await ownSandbox?.close();
    await ownDatabase?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const hub = new TestHub({ app, url: await app.getUrl(), databaseUrl, sandbox, clock, end });
  if (options.shop !== false) await addShop(hub, options);
  return hub;
}

/** A connection to the sandbox's NP, made through the API as an operator does it. */
export async function addConnection(
  hub: TestHub,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const [merchant] = hub.sandbox.config.merchants;
  const { merchantCode, spCode, terminalId } = merchant ?? {};
  const base = { baseUrl: hub.sandbox.npBaseUrl, merchantCode, spCode, terminalId };
  const guard = { duplicateGuardConfirmed: true, duplicateGuardCode: 'E0100999' };
  const operator = await hub.as('operator');
  const made = await operator.post<{ id: string }>('/connections', {
    name: 'NP',
    gateway: 'np-connect-pro',
    settings: { ...base, ...guard, ...settings },
  });
  if (made.status !== 201) throw new Error(`The connection was refused: ${JSON.stringify(made.body)}`);
  return made.body.id;
}

/** A makeshop shop of the sandbox, live from an hour ago unless told otherwise; the first one is the hub's own. */
export async function addShop(
  hub: TestHub,
  options: Pick<TestHubOptions, 'gatewaySettings' | 'shopSettings' | 'policies' | 'takeoverAt'> & {
    readonly connectionId?: string;
    readonly name?: string;
  } = {},
): Promise<string> {
  const connectionId = options.connectionId ?? (await addConnection(hub, options.gatewaySettings));
  const [cart] = hub.sandbox.config.shops;
  const { shopId, token, apiKey, webhookSecret } = cart ?? {};
  const access = { endpoint: hub.sandbox.makeshopUrl, shopId, token, apiKey, webhookSecret, writeBack: true };
  const operator = await hub.as('operator');
  const made = await operator.post<ShopView>('/shops', {
    name: options.name ?? 'テストショップ',
    adapter: 'makeshop',
    connectionId,
    settings: { ...access, ...options.shopSettings },
    policies: options.policies ?? {},
  });
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  const takeoverAt = options.takeoverAt ?? new Date(hub.clock.now().getTime() - 3_600_000);
  const live = await operator.post<ShopView>(`/shops/${made.body.id}/go-live`, {
    takeoverAt: takeoverAt.toISOString(),
    ownLinkIsOff: true,
  });
  if (live.status !== 200) throw new Error(`Going live was refused: ${JSON.stringify(live.body)}`);
  if (hub.shopId === '') Object.assign(hub, { shopId: made.body.id, connectionId });
  return made.body.id;
}

/** Lets the sandbox's shop send its notices to a shop of the hub; null stops them. */
export async function sendNotices(hub: TestHub, shopId: string | null = hub.shopId): Promise<void> {
  const [cart] = hub.sandbox.config.shops;
  const webhookUrl = shopId === null ? null : `${hub.url}/webhooks/${shopId}`;
  await hub.control('PATCH', `/shops/${cart?.shopId ?? ''}`, { webhookUrl });
}
