import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import pg from 'pg';
import { createTestDatabase } from '../../support/database.js';
import { Person, request } from './api.js';
import { freePort, type HubProcess, killAll, startHub } from './hub-process.js';

/** NP refuses duplicates of the first merchant, as the hub is told; of the second one it takes everything twice. */
const merchants = ['GUARDED001', 'UNKNOWN001'].map((merchantCode, index) => ({
  merchantCode,
  spCode: `SP0000000${index}`,
  terminalId: `200000000${index}`,
  mode: 'asynchronous' as const,
  duplicateGuard: index === 0,
}));
const carts = ['guarded', 'unknown'].map((shopId) => ({
  shopId,
  token: `PAT.${shopId}`,
  apiKey: `key-${shopId}`,
  webhookUrl: null,
  webhookSecret: `secret-${shopId}`,
}));
const settings = { reviewDelayMs: 400, lapseDelayMs: 1_500, payDelayMs: 500, webhookCycleMs: 150 };
const admin = { login: 'kei', password: 'a password that is long' };

/** One transaction as the hub's database has it. */
export interface HubRow {
  readonly id: string;
  readonly shop_id: string;
  readonly order_number: string;
  readonly state: string;
  readonly actor: string;
  readonly attentions: readonly string[];
}

/** The outside world, a database, and a hub that can be killed. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly operator: Person;
  /** The hub that people speak to; started by `start`. */
  readonly hub: () => HubProcess;
  start(): Promise<void>;
  /** One more hub on the same database, on a port of its own. */
  startAnother(): Promise<HubProcess>;
  /** As at a restart of the server: every session ends, and for this long nobody gets a new one. */
  restartDatabase(awayMs: number): Promise<void>;
  control<Body>(method: string, path: string, body?: object): Promise<Body>;
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  rows(): Promise<HubRow[]>;
  /** Waits until nothing moves any more, at the hub, in the carts and at NP. Brings forward what is due later. */
  settle(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Sets the stage as an operator would: two connections, two shops, both live. `more`: of the hub's environment. */
export async function setScene(more: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-kills-'));
  const sandbox = await startSandbox({
    port: 0,
    dataDir: folder,
    config: { merchants, shops: carts, settings },
  });
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 3 });
  pool.on('error', () => undefined);
  const variables = {
    DATABASE_URL: database.url,
    NP_HUB_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 9).toString('base64')}`,
    NP_HUB_ADMIN_LOGIN: admin.login,
    NP_HUB_ADMIN_PASSWORD: admin.password,
    NP_HUB_GATEWAY_HOSTS: new URL(sandbox.url).host,
    NP_HUB_PACE: 'brisk',
    NP_HUB_LOG_LEVEL: 'warn',
    ...more,
  };
  const port = String(await freePort());
  let hub = await startHub({ ...variables, NP_HUB_PORT: port });
  const operator = await Person.signIn(() => hub.url, admin.login, admin.password);

  const control = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const answer = await request(method, `${sandbox.url}/control${path}`, body ? { body } : {});
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const query = async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []) =>
    (await pool.query<Row>(sql, parameters)).rows;

  const shopIds = await Promise.all([0, 1].map((index) => addShop(operator, sandbox, index)));
  for (const [index, cart] of carts.entries()) {
    const webhookUrl = `${hub.url}/webhooks/${shopIds[index] ?? ''}`;
    await control('PATCH', `/shops/${cart.shopId}`, { webhookUrl });
  }

  /** All that can be seen of the three of them: as long as it changes, something moves. */
  const sight = async (): Promise<string> => {
    const [row] = await query<{ busy: number; moves: string }>(
      `select (select count(*) from effects where lane in ('write', 'word'))::int as busy,
         (select count(*) from history)::text as moves`,
    );
    const np = sandbox.transactions().map(({ state, edits }) => `${state}${edits}`);
    const words = sandbox.orders().map(({ paymentStatus }) => paymentStatus);
    return row && row.busy > 0 ? `busy ${Math.random()}` : [row?.moves, np, words].join();
  };

  /** Shops that no hub has read from beginning to end since then. */
  const unread = async (since: number): Promise<number> => {
    const [row] = await query<{ n: number }>(
      `select count(*)::int as n from shops s where not exists (select 1 from runs r where r.shop_id = s.id
         and r.finished_at is not null and r.started_at >= $1)`,
      [new Date(performance.timeOrigin + since)],
    );
    return row?.n ?? 0;
  };

  const settle = async (limitMs: number): Promise<void> => {
    const limit = performance.now() + limitMs;
    let [last, since] = ['', performance.now()];
    while (performance.now() - since < quietMs || (await unread(since)) > 0) {
      if (performance.now() > limit) {
        const left = await query(
          'select lane, operation, count(*)::int, min(due_at) from effects group by 1, 2',
        );
        throw new Error(`Still moving: ${JSON.stringify(left)}\n${hub.output()}`);
      }
      // What a worker has in its hands at this moment is left alone: the two would wait for each other.
      await query(
        `update effects e set due_at = now() from (
           select shop_id, transaction_id, lane from effects where token is null and due_at > now()
           for update skip locked) later
         where (e.shop_id, e.transaction_id, e.lane) = (later.shop_id, later.transaction_id, later.lane)`,
      );
      await query(
        `update shops s set next_run_at = now() from (
           select id from shops where lease_owner is null and next_run_at > now() for update skip locked) later
         where s.id = later.id`,
      );
      await sleep(250);
      const now = await sight();
      if (now !== last) [last, since] = [now, performance.now()];
    }
  };

  return {
    sandbox,
    operator,
    hub: () => hub,
    start: async () => {
      hub = await startHub({ ...variables, NP_HUB_PORT: port });
    },
    startAnother: () => startHub({ ...variables, NP_HUB_PORT: '0' }),
    restartDatabase: (awayMs) => restartDatabase(database.url, awayMs),
    control,
    query,
    rows: () => query<HubRow>('select id, shop_id, order_number, state, actor, attentions from transactions'),
    settle,
    close: async () => {
      killAll();
      await pool.end();
      await sandbox.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function restartDatabase(url: string, awayMs: number): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = new pg.Client({
    connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href,
  });
  await client.connect();
  await client.query(`alter database ${name} with allow_connections false`);
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await sleep(awayMs);
  await client.query(`alter database ${name} with allow_connections true`);
  await client.end();
}

/** Longer than people take over a step, than the carts take to send a notice, and than NP takes over anything. */
const quietMs = 2_000;

async function addShop(operator: Person, sandbox: Sandbox, index: number): Promise<string> {
  const [merchant, cart] = [merchants[index], carts[index]];
  if (!merchant || !cart) throw new Error(`There is no shop ${index}`);
  const { merchantCode, spCode, terminalId } = merchant;
  const credentials = { merchantCode, spCode, terminalId };
  const guard = { duplicateGuardConfirmed: index === 0, duplicateGuardCode: index === 0 ? 'E0100999' : '' };
  const connection = await operator.ask<{ id: string }>('POST', '/connections', {
    name: merchant.merchantCode,
    gateway: 'np-connect-pro',
    settings: { ...credentials, ...guard, baseUrl: sandbox.npBaseUrl, registerBatchSize: 10 },
  });
  const { shopId, token, apiKey, webhookSecret } = cart;
  const shop = await operator.ask<{ id: string }>('POST', '/shops', {
    name: shopId,
    adapter: 'makeshop',
    connectionId: connection.id,
    settings: { endpoint: sandbox.makeshopUrl, shopId, token, apiKey, webhookSecret, writeBack: true },
  });
  const takeoverAt = new Date(Date.now() - 3_600_000).toISOString();
  await operator.ask('POST', `/shops/${shop.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  return shop.id;
}
