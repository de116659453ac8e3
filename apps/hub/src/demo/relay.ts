import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Connections } from '../shops/connections.js';
import { Shops } from '../shops/shops.js';
import { callSandbox, localUrl, type SandboxProcess } from './sandbox-process.js';

const shopName = 'デモショップ（SBPS経由）';
/** Its cart: a second shop at the sandbox's makeshop. */
const cart = {
  shopId: 'demorelay',
  token: 'PAT.00000000000000000000000000000002',
  apiKey: 'demo-relay-api-key',
  webhookSecret: 'demo-relay-webhook-secret',
};
const firstOrders = {
  count: 8,
  seed: 11,
  shopId: cart.shopId,
  mix: { shipped: 5, edited: 1, cancelled: 1, 'short-phone': 1 },
  alive: true,
};

interface Service {
  readonly merchantId: string;
  readonly serviceId: string;
  readonly basicUser: string;
  readonly basicPassword: string;
  readonly hashKey: string;
  readonly paidErrorCode: string;
}

/** A shop whose orders go to NP through SBPS: results come by notices, and a changed order is purchased anew. */
export async function ensureRelayShop(app: NestFastifyApplication, sandbox: SandboxProcess): Promise<void> {
  const hubUrl = await localUrl(app);
  const connectionId = await ensureConnection(app, sandbox, hubUrl);
  const shops = app.get(Shops);
  const settings = { ...cart, endpoint: `${sandbox.url}/makeshop/v1/graphql`, writeBack: true };
  const existing = (await shops.list(null)).find(({ name }) => name === shopName);
  if (existing) await shops.update(existing.id, { settings });
  const shop =
    existing ?? (await shops.create({ name: shopName, adapter: 'makeshop', connectionId, settings }));
  await callSandbox(sandbox, 'POST', '/control/shops', {
    ...cart,
    webhookUrl: `${hubUrl}/webhooks/${shop.id}`,
  });
  if (existing) return;
  await shops.goLive(shop.id, new Date());
  await callSandbox(sandbox, 'POST', '/control/makeshop/orders/bulk', firstOrders);
}

async function ensureConnection(
  app: NestFastifyApplication,
  sandbox: SandboxProcess,
  hubUrl: string,
): Promise<string> {
  const connections = app.get(Connections);
  const { services } = (await callSandbox(sandbox, 'GET', '/control/sbps')) as {
    services: readonly Service[];
  };
  const [service] = services;
  if (!service) throw new Error('The sandbox has no service at SBPS');
  const { merchantId, serviceId, basicUser, basicPassword, hashKey, paidErrorCode } = service;
  const settings = {
    baseUrl: `${sandbox.url}/sbps/api/xmlapi.do`,
    merchantId,
    serviceId,
    basicUser,
    basicPassword,
    hashKey,
    // Known of the sandbox only: SBPS's own code is not public.
    paidErrorCode,
  };
  const existing = (await connections.list()).find(({ gateway }) => gateway === 'sbps');
  if (existing) await connections.update(existing.id, { settings });
  const { id } =
    existing ?? (await connections.create({ name: 'SBPS（サンドボックス）', gateway: 'sbps', settings }));
  const noticeUrl = `${hubUrl}/gateways/${id}/notifications`;
  await callSandbox(sandbox, 'POST', '/control/sbps/services', { ...service, noticeUrl });
  return id;
}
