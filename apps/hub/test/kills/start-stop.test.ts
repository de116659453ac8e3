import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalText } from '@np-hub/kit';
import type { ShopView, TransactionPage, TransactionView } from '@np-hub/model';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import pg from 'pg';
import { createTestDatabase } from '../support/database.js';
import { Person, request } from './support/api.js';
import { freePort, type HubProcess, killAll, runHub, startHub } from './support/hub-process.js';

const keys = `test:${Buffer.alloc(32, 5).toString('base64')}`;
const admin = { login: 'kei', password: 'a password that is long' };
const demoPassword = 'np-hub-demo-2026';

afterAll(killAll);

/** Waits until `work` gives something. */
async function eventually<Result>(
  what: string,
  limitMs: number,
  work: () => Promise<Result | null>,
): Promise<Result> {
  for (const limit = performance.now() + limitMs; performance.now() < limit; await sleep(50)) {
    const result = await work();
    if (result !== null) return result;
  }
  throw new Error(`Not in time: ${what}`);
}

describe('with DATABASE_URL', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let client: pg.Client;
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-start-'));

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  const sandboxes: Sandbox[] = [];
  const openSandbox = async (name: string): Promise<Sandbox> => {
    const sandbox = await startSandbox({ port: 0, dataDir: join(folder, name) });
    sandboxes.push(sandbox);
    return sandbox;
  };

  afterAll(async () => {
    killAll();
    for (const sandbox of sandboxes) await sandbox.close();
    await client.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const variables = (more: Readonly<Record<string, string>> = {}) => ({
    DATABASE_URL: database.url,
    NP_HUB_ENCRYPTION_KEYS: keys,
    NP_HUB_PORT: '0',
    NP_HUB_DATA_DIR: join(folder, 'data'),
    ...more,
  });

  test('it does not start without an encryption key, and says which variable is missing', async () => {
    const { code, output } = await runHub({ DATABASE_URL: database.url, NP_HUB_PORT: '0' });
    expect(code).toBe(1);
    expect(output).toMatch(
      /NP_HUB_ENCRYPTION_KEYS: DATABASE_URL を指定するときは必須です。 \/ Required together/,
    );
    expect(output).not.toContain(database.url);
  });

  test('there is no demo, no sandbox and no login that nobody has asked for', async () => {
    const hub = await startHub(variables());
    for (const login of ['operator', 'support', 'viewer', 'admin']) {
      const answer = await request('POST', `${hub.url}/api/v1/session`, {
        body: { login, password: demoPassword },
      });
      expect(answer.status).toBe(401);
    }
    const { rows } = await client.query(
      'select (select count(*) from users)::int as users, (select count(*) from shops)::int as shops',
    );
    expect(rows).toEqual([{ users: 0, shops: 0 }]);
    expect(childrenOf(hub.pid)).toEqual([]);
    expect(hub.output()).not.toMatch(/sandbox|サンドボックス|demo/iu);
    expect(await hub.stop('SIGTERM')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('a host that is not on the list is refused in plain words, before anything leaves', async () => {
    const sandbox = await openSandbox('closed');
    const hub = await startHub(
      variables({ NP_HUB_ADMIN_LOGIN: admin.login, NP_HUB_ADMIN_PASSWORD: admin.password }),
    );
    const operator = await Person.signIn(() => hub.url, admin.login, admin.password);
    const [merchant] = sandbox.config.merchants;
    const { merchantCode, spCode, terminalId } = merchant ?? {};
    const settings = { baseUrl: sandbox.npBaseUrl, merchantCode, spCode, terminalId };
    const { shopId, token, apiKey } = sandbox.config.shops[0] ?? {};
    const cart = { endpoint: sandbox.makeshopUrl, shopId, token, apiKey };
    for (const [path, body] of [
      ['/connections/check', { gateway: 'np-connect-pro', settings }],
      ['/shops/check', { adapter: 'makeshop', settings: cart }],
    ] as const) {
      const answer = await operator.ask<{ ok: boolean; message: LocalText }>('POST', path, body);
      expect(answer.ok).toBe(false);
      for (const text of [answer.message.ja, answer.message.en]) {
        expect(text).toContain(`${new URL(sandbox.url).host} is not in NP_HUB_GATEWAY_HOSTS`);
      }
    }
    const { calls } = (await request('GET', `${sandbox.url}/control/info`)).body;
    expect(calls).toEqual({});
    await hub.stop('SIGTERM');
  });

  test('SIGTERM waits for the calls under way, and leaves no doubt behind', async () => {
    const sandbox = await openSandbox('open');
    const hub = await startHub(
      variables({
        NP_HUB_ADMIN_LOGIN: admin.login,
        NP_HUB_ADMIN_PASSWORD: admin.password,
        NP_HUB_GATEWAY_HOSTS: new URL(sandbox.url).host,
        NP_HUB_PACE: 'brisk',
      }),
    );
    await openShop(hub, sandbox);
    const control = (path: string, body: object) =>
      request('POST', `${sandbox.url}/control${path}`, { body });
    await control('/faults', { fault: 'latency', target: 'np', delayMs: 1_000 });
    await control('/makeshop/orders/bulk', { count: 20 });
    await eventually('a registration under way', 120_000, async () => {
      const { rows } = await client.query(`select 1 from effects where lane = 'write' and token is not null`);
      return rows.length > 0 ? rows : null;
    });
    const { code, tookMs } = await hub.stop('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(20_000);
    const { rows: states } = await client.query(
      `select distinct state from transactions where state = 'in-doubt'`,
    );
    const { rows: held } = await client.query('select lane, operation from effects where token is not null');
    const { rows: shops } = await client.query('select 1 from shops where lease_until is not null');
    expect({ states, held, shops }).toEqual({ states: [], held: [], shops: [] });
    expect(sandbox.transactions().length).toBeGreaterThan(0);
    const { rows: known } = await client.query('select 1 from attempts where np_transaction_id is not null');
    expect(known).toHaveLength(sandbox.transactions().length);
  });
});

async function openShop(hub: HubProcess, sandbox: Sandbox): Promise<void> {
  const operator = await Person.signIn(() => hub.url, admin.login, admin.password);
  const [merchant] = sandbox.config.merchants;
  const [cart] = sandbox.config.shops;
  const { merchantCode, spCode, terminalId } = merchant ?? {};
  const { shopId, token, apiKey, webhookSecret } = cart ?? {};
  const connection = await operator.ask<{ id: string }>('POST', '/connections', {
    name: 'NP',
    gateway: 'np-connect-pro',
    settings: { baseUrl: sandbox.npBaseUrl, merchantCode, spCode, terminalId },
  });
  const shop = await operator.ask<ShopView>('POST', '/shops', {
    name: 'shop',
    adapter: 'makeshop',
    connectionId: connection.id,
    settings: { endpoint: sandbox.makeshopUrl, shopId, token, apiKey, webhookSecret, writeBack: true },
  });
  const takeoverAt = new Date(Date.now() - 3_600_000).toISOString();
  await operator.ask('POST', `/shops/${shop.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
}

/** Numbers of the processes that this one has started. */
function childrenOf(pid: number): number[] {
  return processes().flatMap((other) => (other.parent === pid ? [other.pid] : []));
}

function processes(): { pid: number; parent: number; command: string }[] {
  const read = (pid: string, name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid: Number(pid),
      parent: Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0),
      command: read(pid, 'cmdline').replaceAll('\0', ' '),
    }));
}

// Who runs on a machine is read from /proc.
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the demo goes on after kill -9 where it was, and Ctrl-C leaves nothing running', async () => {
  // Under the run's own folder: whatever a failure leaves running there is ended with the run.
  const dataDir = mkdtempSync(join(process.env.NP_HUB_TEST_FOLDER ?? tmpdir(), 'demo-'));
  // As root, PostgreSQL runs as another account that has to pass through here.
  chmodSync(dataDir, 0o711);
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const variables = {
    NP_HUB_DATA_DIR: dataDir,
    NP_HUB_PORT: String(port),
    NP_HUB_SANDBOX_PORT: String(sandboxPort),
  };
  const startedAt = performance.now();
  let hub = await startHub(variables);
  const page = await request('GET', hub.url);
  const figures = {
    pageMs: Math.round(performance.now() - startedAt),
    firstMoveMs: 0,
    secondStartMs: 0,
    stopMs: 0,
  };
  expect(page.status).toBe(200);
  const operator = await Person.signIn(() => hub.url, 'operator', demoPassword);
  const list = () => operator.ask<TransactionPage>('GET', '/transactions?limit=200');
  const atNp = async () => (await list()).rows.filter(({ npTransactionId }) => npTransactionId !== null);
  const before = await eventually('orders at NP', 120_000, async () => {
    const rows = await atNp();
    if (rows.length > 0 && figures.firstMoveMs === 0)
      figures.firstMoveMs = Math.round(performance.now() - startedAt);
    return rows.length >= 3 ? rows : null;
  });

  await hub.kill();
  await eventually('the sandbox to end with its hub', 60_000, () => closedOrNull(sandboxPort));
  const secondAt = performance.now();
  hub = await startHub(variables);
  figures.secondStartMs = Math.round(performance.now() - secondAt);
  // Signed in still, and every order has the id that NP gave it: another one only where that is proven to have ended.
  for (const { shopId, id, npTransactionId } of before) {
    const { attempts } = await operator.ask<TransactionView>('GET', `/transactions/${shopId}/${id}`);
    const first = attempts.find((attempt) => attempt.npTransactionId === npTransactionId);
    const hasEnded = first?.live === false && (first.lapsedAt ?? first.cancelledAt) !== null;
    expect(hasEnded ? npTransactionId : attempts.at(-1)?.npTransactionId).toBe(npTransactionId);
  }
  await eventually('more orders at NP', 120_000, async () =>
    (await atNp()).length > before.length ? true : null,
  );
  expect(processes().filter(({ command }) => command.includes(dataDir)).length).toBeGreaterThan(1);

  const { code, tookMs } = await hub.stop('SIGINT');
  figures.stopMs = Math.round(tookMs);
  expect(code).toBe(0);
  expect(processes().filter(({ command }) => command.includes(dataDir))).toEqual([]);
  expect(await closedOrNull(sandboxPort)).toBe(true);
  expect(await closedOrNull(port)).toBe(true);
  process.stdout.write(`start and stop: ${JSON.stringify(figures)}\n`);
});

/** True where nobody answers on the port. */
const closedOrNull = (port: number): Promise<true | null> =>
  request('GET', `http://127.0.0.1:${port}/`).then(
    () => null,
    () => true,
  );
