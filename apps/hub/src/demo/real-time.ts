import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeys } from '../api-keys/api-keys.js';
import type { Environment } from '../env.js';
import { Connections } from '../shops/connections.js';
import { Shops } from '../shops/shops.js';
import { ENVIRONMENT } from '../tokens.js';
import { callSandbox, localUrl, type SandboxProcess } from './sandbox-process.js';

const shopName = 'デモショップ（リアルタイム）';
const connectionName = 'NPリアルタイム与信（サンドボックス）';
const office = '/control/offices/subscription-store-real-time';

/** What its first buyers meet: one order of each kind, the last one with an answer that gets lost. */
const firstOrders = ['ok', 'ok', 'held', 'over-limit', 'information', 'other', 'lost'];

interface Merchant {
  readonly merchantCode: string;
  readonly spCode: string;
  readonly terminalId: string;
}

/**
 * A shop whose cart asks before it makes an order: a connection of its own, and a key for the cart. Before the other
 * shops' orders come, so that the lost answer is the one that is meant.
 */
export async function ensureRealTimeShop(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  merchant: Merchant,
): Promise<void> {
  const connectionId = await ensureConnection(app, sandbox, merchant);
  const shops = app.get(Shops);
  const existing = (await shops.list(null)).find(({ name }) => name === shopName);
  const policies = { realTime: true, stopCourseOnRejected: true };
  const shop =
    existing ??
    (await shops.create({
      name: shopName,
      adapter: 'subscription-store',
      connectionId,
      settings: {},
      policies,
    }));
  if (!existing) await shops.goLive(shop.id, new Date());
  const { exchangeDir } = app.get<Environment>(ENVIRONMENT);
  if (exchangeDir !== null)
    await callSandbox(sandbox, 'PATCH', office, { exchange: join(exchangeDir, shop.id) });
  const known = (await callSandbox(sandbox, 'GET', `${office}/settings`)) as {
    readonly hub: { readonly url: string; readonly shopId: string } | null;
  };
  const url = await localUrl(app);
  if (known.hub?.shopId === shop.id && known.hub.url === url) return;
  await openStore(app, sandbox, { shopId: shop.id, url, merchant });
  if (existing) return;
  for (const decision of firstOrders)
    await callSandbox(sandbox, 'POST', `${office}/checkout`, { screen: 'checkout', decision });
}

async function ensureConnection(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  { merchantCode, spCode, terminalId }: Merchant,
): Promise<string> {
  const connections = app.get(Connections);
  const settings = {
    baseUrl: `${sandbox.url}/np/v1`,
    merchantCode,
    spCode,
    terminalId,
    mode: 'real-time',
    duplicateGuardConfirmed: true,
    duplicateGuardCode: 'E0100999',
  };
  const existing = (await connections.list()).find(({ name }) => name === connectionName);
  if (!existing)
    return (await connections.create({ name: connectionName, gateway: 'np-connect-pro', settings })).id;
  await connections.update(existing.id, { settings });
  return existing.id;
}

/** The cart's side: リアルタイム is chosen, shown to buyers and set at the goods, and the cart has a key of the hub. */
async function openStore(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  of: { readonly shopId: string; readonly url: string; readonly merchant: Merchant },
): Promise<void> {
  const { shopId, url, merchant } = of;
  const keys = app.get(ApiKeys);
  const maker = { id: 'system', login: 'system', name: 'system', role: 'owner', shopIds: null } as const;
  const name = `${shopName} カート`;
  const old = (await keys.list(maker)).find((key) => key.name === name);
  if (old) await keys.revoke(maker, old.id);
  const { key: apiKey } = await keys.create(maker, { name, role: 'support', shopIds: [shopId] });
  const { merchantCode, spCode } = merchant;
  const service = 'NP後払い(リアルタイム)';
  await callSandbox(sandbox, 'POST', `${office}/service`, { service, merchantCode, spCode });
  await callSandbox(sandbox, 'PATCH', `${office}/settings`, {
    visibility: '消費者に表示',
    feeYen: 220,
    explanation: '商品の到着後に、コンビニ・郵便局・銀行でお支払いいただけます。',
    carrierCodes: { ヤマト運輸: '59010', 佐川急便: '50000', ゆうパック: '59041' },
    landingFormTicked: true,
    hub: { url, shopId, apiKey },
  });
  await callSandbox(sandbox, 'POST', `${office}/replace-payment`, { target: 'products', sure: true });
}
