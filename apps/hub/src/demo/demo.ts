import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role, ShopPolicies } from '@np-hub/model';
import { Accounts } from '../accounts/accounts.js';
import { Connections } from '../shops/connections.js';
import { allowHost } from '../shops/outbound.js';
import { Shops } from '../shops/shops.js';
import { ENVIRONMENT } from '../tokens.js';
import type { Environment } from '../env.js';
import { ensureRealTimeShop } from './real-time.js';
import { ensureRelayShop } from './relay.js';
import { callSandbox, localUrl, type SandboxProcess } from './sandbox-process.js';

/** Shown to everybody who starts the demo: it guards made-up orders only. */
const password = 'np-hub-demo-2026';
const logins: readonly (readonly [login: Role, name: string])[] = [
  ['owner', '代表 一郎'],
  ['operator', '運用 花子'],
  ['support', '受付 太郎'],
  ['viewer', '閲覧 次郎'],
];
const life = { on: true, ordersPerMinute: 12, paceMs: [5_000, 20_000] };

/** What stands there at the first start: orders on their way, and some that wait for whoever tries the page. */
const firstOrders = [
  { count: 24, seed: 1, mix: 'demo', alive: true },
  {
    count: 12,
    seed: 7,
    mix: { 'hold-address': 3, 'hold-phone': 2, rejected: 2, 'short-phone': 2, 'refused-by-np': 2, stuck: 1 },
    alive: false,
  },
];
const firstOfficeOrders = { count: 12, mix: 'demo', alive: true };

const shopName = 'デモショップ（makeshop）';

/**
 * The carts that exchange files, by the sandbox's back offices of the same name. GoQSystem's credit check is started
 * by a person unless a shop says otherwise (seed 002): here it starts by itself, so that the demo goes on alone.
 */
const fileShops: readonly FileShop[] = [
  { name: 'デモショップ（カゴラボ）', adapter: 'cagolab', seed: 3, policies: {} },
  { name: 'デモショップ（GoQSystem）', adapter: 'goqsystem', seed: 4, policies: { creditTiming: 'at-once' } },
  { name: 'デモショップ（サブスクストア）', adapter: 'subscription-store', seed: 5, policies: {} },
];

interface FileShop {
  readonly name: string;
  readonly adapter: string;
  /** Of its first orders: with one seed for all, the shops would have the same buyers, and each order a likeness. */
  readonly seed: number;
  readonly policies: Partial<ShopPolicies>;
}

interface SandboxInfo {
  readonly merchants: readonly { merchantCode: string; spCode: string; terminalId: string; mode: string }[];
  readonly shops: readonly { shopId: string; token: string; apiKey: string; webhookSecret: string }[];
}

/** Where people find the demo, and how they sign in. */
export interface Demo {
  readonly logins: readonly string[];
  readonly password: string;
}

/**
 * Makes the demo's users, connection and shop where they are missing, points the sandbox's notices here, and lets
 * orders come. A second start goes on where the first one was.
 */
export async function startDemo(app: NestFastifyApplication, sandbox: SandboxProcess): Promise<Demo> {
  allowHost(new URL(sandbox.url).host);
  const accounts = app.get(Accounts);
  for (const [login, name] of logins) await accounts.ensureUser({ login, name, role: login, password });
  const info = (await callSandbox(sandbox, 'GET', '/control/info')) as SandboxInfo;
  const connectionId = await ensureConnection(app, sandbox, info);
  const realTime = info.merchants.find(({ mode }) => mode === 'real-time');
  if (realTime) await ensureRealTimeShop(app, sandbox, realTime);
  const shop = await ensureShop(app, sandbox, info, connectionId);
  const webhookUrl = `${await localUrl(app)}/webhooks/${shop.id}`;
  await callSandbox(sandbox, 'PATCH', `/control/shops/${shop.cartShopId}`, { webhookUrl });
  const { total } = (await callSandbox(sandbox, 'GET', '/control/makeshop/orders?limit=1')) as {
    total: number;
  };
  for (const orders of total === 0 ? firstOrders : []) {
    await callSandbox(sandbox, 'POST', '/control/makeshop/orders/bulk', orders);
  }
  for (const fileShop of fileShops) await ensureFileShop(app, sandbox, fileShop, connectionId);
  await ensureRelayShop(app, sandbox);
  await callSandbox(sandbox, 'POST', '/control/life', life);
  return { logins: logins.map(([login]) => login), password };
}

async function ensureConnection(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  info: SandboxInfo,
): Promise<string> {
  const connections = app.get(Connections);
  const merchant = info.merchants.find(({ mode }) => mode === 'asynchronous');
  if (!merchant) throw new Error('The sandbox has no asynchronous merchant');
  const settings = {
    baseUrl: `${sandbox.url}/np/v1`,
    merchantCode: merchant.merchantCode,
    spCode: merchant.spCode,
    terminalId: merchant.terminalId,
    // Both hold in the sandbox, and only there: no public source names the code.
    duplicateGuardConfirmed: true,
    duplicateGuardCode: 'E0100999',
  };
  const [existing] = await connections.list();
  if (!existing) {
    const made = await connections.create({
      name: 'NPコネクトプロ（サンドボックス）',
      gateway: 'np-connect-pro',
      settings,
    });
    return made.id;
  }
  await connections.update(existing.id, { settings });
  return existing.id;
}

async function ensureShop(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  info: SandboxInfo,
  connectionId: string,
): Promise<{ id: string; cartShopId: string }> {
  const shops = app.get(Shops);
  const [cart] = info.shops;
  if (!cart) throw new Error('The sandbox has no shop');
  const settings = {
    endpoint: `${sandbox.url}/makeshop/v1/graphql`,
    shopId: cart.shopId,
    token: cart.token,
    apiKey: cart.apiKey,
    webhookSecret: cart.webhookSecret,
    writeBack: true,
  };
  const existing = (await shops.list(null)).find(({ name }) => name === shopName);
  if (existing) {
    await shops.update(existing.id, { settings });
    return { id: existing.id, cartShopId: cart.shopId };
  }
  const made = await shops.create({ name: shopName, adapter: 'makeshop', connectionId, settings });
  await shops.goLive(made.id, new Date());
  return { id: made.id, cartShopId: cart.shopId };
}

/** A shop and the back office of its cart, which meet in a folder. */
async function ensureFileShop(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  { name, adapter, seed, policies }: FileShop,
  connectionId: string,
): Promise<void> {
  const shops = app.get(Shops);
  const existing = (await shops.list(null)).find((shop) => shop.name === name);
  const shop = existing ?? (await shops.create({ name, adapter, connectionId, settings: {}, policies }));
  if (!existing) await shops.goLive(shop.id, new Date());
  const { exchangeDir } = app.get<Environment>(ENVIRONMENT);
  if (exchangeDir === null) return;
  const office = `/control/offices/${adapter}`;
  const exchange = join(exchangeDir, shop.id);
  const state = (await callSandbox(sandbox, 'GET', office)) as { exchange: string | null; orders: number };
  if (state.exchange !== exchange) await callSandbox(sandbox, 'PATCH', office, { exchange });
  if (state.orders === 0)
    await callSandbox(sandbox, 'POST', `${office}/orders`, { ...firstOfficeOrders, seed });
}
