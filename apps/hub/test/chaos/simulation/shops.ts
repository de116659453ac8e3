import { Connections } from '../../../src/shops/connections.js';
import { Shops } from '../../../src/shops/shops.js';
import type { Chance } from './chance.js';
import type { SimHub } from './sim-hub.js';
import { carts, merchants, type OutsideWorld } from './world.js';

/** Enters a connection for each merchant and the shops of its cart, and goes live; gives the shops of each cart. */
export async function enterShops(
  hub: SimHub,
  world: OutsideWorld,
  chance: Chance,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const shops = new Map<string, readonly string[]>();
  for (const [index, { shopId }] of carts.entries()) {
    const connectionId = await enterConnection(hub, world, { index, chance });
    const names = shopId === 'twice' ? [shopId, `${shopId}, entered again`] : [shopId];
    const ids: string[] = [];
    for (const name of names) ids.push(await enterShop(hub, world, { index, name, connectionId }));
    shops.set(shopId, ids);
  }
  return shops;
}

async function enterConnection(
  hub: SimHub,
  world: OutsideWorld,
  { index, chance }: { readonly index: number; readonly chance: Chance },
): Promise<string> {
  const { merchantCode, spCode, terminalId, duplicateGuard } = merchants[index] as (typeof merchants)[number];
  // Small batches meet each other more often.
  const registerBatchSize = merchantCode.startsWith('TWICE') ? 1 : chance.between(1, 12);
  const { id } = await hub.get(Connections).create({
    name: merchantCode,
    gateway: 'np-connect-pro',
    settings: {
      baseUrl: world.sandbox.npBaseUrl,
      merchantCode,
      spCode,
      terminalId,
      registerBatchSize,
      duplicateGuardConfirmed: duplicateGuard,
      duplicateGuardCode: duplicateGuard ? 'E0100999' : '',
    },
  });
  return id;
}

async function enterShop(
  hub: SimHub,
  world: OutsideWorld,
  {
    index,
    name,
    connectionId,
  }: { readonly index: number; readonly name: string; readonly connectionId: string },
): Promise<string> {
  const { shopId, token, apiKey, webhookSecret } = carts[index] as (typeof carts)[number];
  const shop = await hub.get(Shops).create({
    name,
    adapter: 'makeshop',
    connectionId,
    settings: {
      endpoint: world.sandbox.makeshopUrl,
      shopId,
      token,
      apiKey,
      webhookSecret,
      writeBack: true,
    },
  });
  await hub.get(Shops).goLive(shop.id, new Date(world.clock.now().getTime() - 3_600_000));
  return shop.id;
}
