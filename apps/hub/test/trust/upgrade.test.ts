import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransactionPage } from '@np-hub/model';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import { DataSource } from 'typeorm';
import { verifyChain } from '../../src/audit/verify.js';
import { migrations } from '../../src/database/migrations/index.js';
import { createKeyring } from '../../src/security/keyring.js';
import { Connections } from '../../src/shops/connections.js';
import { Shops } from '../../src/shops/shops.js';
import { cartOf } from '../path/cart.js';
import { emptyTestDatabase } from '../support/database.js';
import { startTestHub, TestClock, type TestHub } from '../support/hub.js';

/**
 * A hub of November 2026 with the first three migrations, killed while two registrations were on their way, with the
 * cart and the NP of that moment: written out by that very version, not made for the test.
 */
const fixture = (name: string): string => join(__dirname, 'upgrade', name);
/** A minute after it was killed. */
const startedAt = new Date('2026-11-28T20:43:40Z');
const oldest = 3;
const keys = [{ id: 'test', secret: Buffer.alloc(32, 7) }];
const underWay = ['P179589855113900020', 'P179589855116800021'];

let folder: string;
let sandbox: Sandbox;
let target: Awaited<ReturnType<typeof emptyTestDatabase>>;
let before: ReadonlyMap<string, string>;
let hub: TestHub;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'np-hub-upgrade-'));
  copyFileSync(fixture('np-and-cart.jsonl'), join(folder, 'ledger.jsonl'));
  const clock = new TestClock();
  clock.forward(startedAt.getTime() - Date.now());
  sandbox = await startSandbox({ port: 0, dataDir: folder, now: () => clock.now() });
  target = await emptyTestDatabase();
  before = await oldDatabase(target.url);
  await pointAtSandbox(clock);
  hub = await startTestHub({ sandbox, clock, databaseUrl: target.url, shop: false, masterKeys: keys });
  const [shop] = (await (await hub.as('owner')).get<{ id: string }[]>('/shops')).body;
  Object.assign(hub, { shopId: shop?.id });
});
afterAll(async () => {
  await hub?.stop();
  await sandbox?.close();
  await target?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The old schema with its rows; gives the states of its orders. */
async function oldDatabase(url: string): Promise<ReadonlyMap<string, string>> {
  const database = await new DataSource({
    type: 'postgres',
    url,
    migrations: migrations.slice(0, oldest),
  }).initialize();
  try {
    await database.runMigrations({ transaction: 'each' });
    for (const table of ['history', 'calls'])
      await database.query(
        `create table ${table}_2026_11 partition of ${table} for values from ('2026-11-01Z') to ('2026-12-01Z')`,
      );
    await database.query(readFileSync(fixture('schema-0003.sql'), 'utf8'));
    const rows = await database.query<{ order_number: string; state: string }[]>(
      'select order_number, state from transactions',
    );
    return new Map(rows.map((row) => [row.order_number, row.state]));
  } finally {
    await database.destroy();
  }
}

/** A hub that does nothing by itself: what stands for NP and the cart has another address now. */
async function pointAtSandbox(clock: TestClock): Promise<void> {
  const hourMs = 3_600_000;
  const calm = await startTestHub({
    sandbox,
    clock,
    databaseUrl: target.url,
    shop: false,
    masterKeys: keys,
    timing: { tickMs: hourMs, pullMs: hourMs },
  });
  try {
    const [connections, shops] = [
      calm.app.get(Connections, { strict: false }),
      calm.app.get(Shops, { strict: false }),
    ];
    const [connection] = await connections.list();
    const [shop] = await shops.list(null);
    const [merchant] = sandbox.config.merchants;
    const [cart] = sandbox.config.shops;
    const { merchantCode, spCode, terminalId } = merchant ?? {};
    const { shopId, token, apiKey, webhookSecret } = cart ?? {};
    const guard = { duplicateGuardConfirmed: true, duplicateGuardCode: 'E0100999' };
    await connections.update(connection?.id ?? '', {
      settings: { baseUrl: sandbox.npBaseUrl, merchantCode, spCode, terminalId, ...guard },
    });
    await shops.update(shop?.id ?? '', {
      settings: { endpoint: sandbox.makeshopUrl, shopId, token, apiKey, webhookSecret, writeBack: true },
    });
  } finally {
    await calm.stop();
  }
}

test('every order of the old hub is there, can be read and found, and none has a second life at NP', async () => {
  expect(before.size).toBe(21);
  for (const number of underWay) await hub.until(number, ['approved', 'held', 'rejected']);
  const owner = await hub.as('owner');
  const { rows } = (await owner.get<TransactionPage>('/transactions?limit=100')).body;
  expect(new Set(rows.map(({ orderNumber }) => orderNumber))).toEqual(new Set(before.keys()));
  for (const { orderNumber, state } of rows) {
    const page = await hub.page(orderNumber);
    expect([orderNumber, page.buyer?.name ?? page.payload]).not.toEqual([orderNumber, null]);
    expect(page.timeline.length).toBeGreaterThan(0);
    if (['reported', 'cancelled', 'rejected', 'released', 'paid'].includes(before.get(orderNumber) ?? ''))
      expect([orderNumber, state]).toEqual([
        orderNumber,
        state === 'paid' ? 'paid' : before.get(orderNumber),
      ]);
  }
  const [someone] = hub.sandbox.orders();
  const found = await owner.get<TransactionPage>(`/transactions?q=${someone?.sender.tel}`);
  expect(found.body.rows.map(({ orderNumber }) => orderNumber)).toContain(someone?.displayOrderNumber);
  const alive = hub.sandbox
    .transactions()
    .filter(({ state }) => !['cancelled', 'rejected', 'lapsed'].includes(state))
    .map(({ shopTransactionId }) => shopTransactionId.replace(/-\d+$/u, ''));
  expect([...alive].sort()).toEqual([...new Set(alive)].sort());
});

test('the old hub’s orders go on: one is cancelled, and a new one is taken in', async () => {
  const approved = [...before].find(([, state]) => state === 'approved')?.[0] ?? '';
  await hub.act(approved, 'cancel');
  await hub.until(approved, 'cancelled');
  await hub.until(await cartOf(hub).place(), 'approved');
  expect(await verifyChain(hub.database, createKeyring(keys).auditKey)).toMatchObject({ brokenAt: null });
});
