import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeTable } from '@np-hub/kit';
import type { ImportView, ShopView } from '@np-hub/model';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import pg from 'pg';
import { Person } from '../kills/support/api.js';
import { type HubProcess, killAll, startHub } from '../kills/support/hub-process.js';
import { createTestDatabase } from '../support/database.js';

const orderCount = 2_000;
const itemCount = 100_000;
const mostMemoryMb = 512;
const admin = { login: 'kei', password: 'a password that is long' };
const folder = mkdtempSync(join(tmpdir(), 'np-hub-large-'));

let sandbox: Sandbox;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let hub: HubProcess;
let operator: Person;
let shopId = '';

const start = (): Promise<HubProcess> =>
  startHub({
    DATABASE_URL: database.url,
    NP_HUB_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 9).toString('base64')}`,
    NP_HUB_ADMIN_LOGIN: admin.login,
    NP_HUB_ADMIN_PASSWORD: admin.password,
    NP_HUB_GATEWAY_HOSTS: new URL(sandbox.url).host,
    NP_HUB_PORT: '0',
    NP_HUB_LOG_LEVEL: 'warn',
  });

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dataDir: folder });
  database = await createTestDatabase();
  hub = await start();
  operator = await Person.signIn(() => hub.url, admin.login, admin.password);
  const [merchant] = sandbox.config.merchants;
  const { merchantCode, spCode, terminalId } = merchant ?? {};
  const connection = await operator.ask<{ id: string }>('POST', '/connections', {
    name: 'NP',
    gateway: 'np-connect-pro',
    settings: { baseUrl: sandbox.npBaseUrl, merchantCode, spCode, terminalId },
  });
  const shop = { name: 'カゴラボ', adapter: 'cagolab', connectionId: connection.id, settings: {} };
  const policies = { creditTiming: 'by-hand' };
  shopId = (await operator.ask<ShopView>('POST', '/shops', { ...shop, policies })).id;
  const takeoverAt = new Date(Date.now() - 3_600_000).toISOString();
  await operator.ask('POST', `/shops/${shopId}/go-live`, { takeoverAt, ownLinkIsOff: true });
});

afterAll(async () => {
  killAll();
  await sandbox.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function upload(name: string, bytes: Uint8Array): Promise<ImportView> {
  const response = await fetch(`${hub.url}/api/v1/shops/${shopId}/imports?name=${name}&start=1`, {
    method: 'POST',
    headers: { cookie: operator.cookie, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  const view = (await response.json()) as ImportView;
  if (response.status !== 201)
    throw new Error(`The upload answered ${response.status}: ${JSON.stringify(view)}`);
  return view;
}

/** What a hub waits for before it takes up the import of one that is gone has passed. */
async function letTimePass(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const earlier = (column: string): string => `${column} = ${column} - interval '1 minute'`;
  await client.query(`update jobs.job set ${earlier('heartbeat_on')} where state = 'active'`);
  await client.query(`update jobs.queue set ${earlier('monitor_claim_on')}, ${earlier('monitor_on')}`);
  await client.end();
}

const view = (id: string): Promise<ImportView> => operator.ask('GET', `/shops/${shopId}/imports/${id}`);

async function ended(id: string): Promise<ImportView> {
  for (;;) {
    const seen = await view(id);
    if (seen.state !== 'running') return seen;
    await sleep(250);
  }
}

/** The most memory that the process has held, in MB; null where the system does not say. */
function peakMemoryMb(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  const peak = existsSync(file) ? /VmHWM:\s+(\d+) kB/u.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return peak === undefined ? null : Number(peak) / 1024;
}

const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

function ordersFile(): Buffer {
  const header =
    '注文番号,お名前(姓),お名前(名),メールアドレス,電話番号1,電話番号2,電話番号3,郵便番号1,郵便番号2,都道府県,住所1,値引き,お支払い合計,支払い方法,対応状況,注文日時,更新日時,NP後払いステータス,請求書区分,配送業者,配送伝票番号';
  const rows = Array.from({ length: orderCount }, (_, index) =>
    `${index + 1},開発,花子,hanako@example.jp,097,555,0123,870,0026,大分県,大分市金池町2-1-10,0,50000,NP後払い,新規受付,${day},${day},,別送,佐川急便,`.split(
      ',',
    ),
  );
  return writeTable('cp932', header.split(','), rows).bytes;
}

/** Ten orders at a time, their rows mixed. */
function itemsFile(): Buffer {
  const header =
    '注文番号,お名前(姓),お名前(名),電話番号1,電話番号2,電話番号3,郵便番号1,郵便番号2,都道府県,住所1,商品名,販売価格(税込),数量';
  const rows = Array.from({ length: itemCount }, (_, index) =>
    `${Math.floor(index / 500) * 10 + (index % 10) + 1},開発,花子,097,555,0123,870,0026,大分県,大分市金池町2-1-10,今治タオル ${index % 500},1000,1`.split(
      ',',
    ),
  );
  return writeTable('cp932', header.split(','), rows).bytes;
}

test('100,000 rows are taken in within 512 MB, and a hub killed half-way loses and doubles nothing', async () => {
  const orders = await upload('orders.csv', ordersFile());
  expect(await ended(orders.id)).toMatchObject({ state: 'done', counts: { waiting: orderCount } });
  const items = await upload('items.csv', itemsFile());
  while ((await view(items.id)).counts.taken < itemCount / 4) await sleep(100);
  const before = peakMemoryMb(hub.pid);
  await hub.kill();
  await letTimePass();
  hub = await start();
  const done = await ended(items.id);
  const after = peakMemoryMb(hub.pid);
  expect(done).toMatchObject({
    state: 'done',
    counts: { taken: itemCount, unchanged: 0, refused: 0, waiting: 0 },
    progress: { rows: itemCount, rowsTotal: itemCount },
  });
  for (const peak of [before, after]) if (peak !== null) expect(peak).toBeLessThan(mostMemoryMb);
  const { rows } = await operator.ask<{ rows: unknown[] }>('GET', '/transactions?q=1234');
  expect(rows).toHaveLength(1);
  const counts = await operator.ask<{ total: number }>('GET', '/transactions/counts');
  expect(counts.total).toBe(orderCount);
}, 400_000);
