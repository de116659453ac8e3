import { join } from 'node:path';
import Fastify from 'fastify';
import { configSchema, type SandboxConfig, type SandboxConfigInput } from './config.js';
import { controlRoutes } from './control/routes.js';
import { openJournal } from './journal.js';
import { Life, type LifeOptions } from './life/life.js';
import { makeshopRoutes } from './makeshop/routes.js';
import { Staff } from './makeshop/staff.js';
import { Webhooks } from './makeshop/webhooks.js';
import { npRoutes } from './np/routes.js';
import { Offices } from './offices/offices.js';
import { officeRoutes } from './offices/routes.js';
import { LinkDesk } from './sbps/link.js';
import { linkControlRoutes, linkRoutes } from './sbps/link-routes.js';
import { SbpsNotices } from './sbps/notices.js';
import { sbpsControlRoutes, sbpsRoutes } from './sbps/routes.js';
import { type SbpsView, sbpsView } from './sbps/view.js';
import { subscriptionStoreRoutes } from './subscription-store/routes.js';
import { type NpView, npView, type OrderView, orderView } from './views.js';
import { World } from './world.js';

interface SandboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Folder of `ledger.jsonl`; made where it is missing. */
  readonly dataDir: string;
  readonly config?: SandboxConfigInput;
  /** Starts the demo life at once. */
  readonly demoLife?: boolean | Partial<LifeOptions>;
  readonly now?: () => Date;
}

/** A running sandbox. */
export interface Sandbox {
  readonly url: string;
  /** Base address of NP, ending in `/v1`. */
  readonly npBaseUrl: string;
  /** Address of makeshop's GraphQL endpoint. */
  readonly makeshopUrl: string;
  /** What is in force at the start: the configuration, and over it what the journal kept. */
  readonly config: SandboxConfig;
  /** NP's own record of every transaction, or of one shop transaction id. */
  transactions(shopTransactionId?: string): NpView[];
  /** Address of SBPS's API. */
  readonly sbpsUrl: string;
  /** To which a buyer's browser posts the form of SBPS's link type. */
  readonly sbpsLinkUrl: string;
  /** SBPS's own record of every purchase, or of one purchase id. */
  purchases(orderId?: string): SbpsView[];
  /** makeshop's own record of every order, deleted ones included. */
  orders(): OrderView[];
  /** Stops listening, gives the running calls two seconds to end, and closes the journal. */
  close(): Promise<void>;
}

/** A call delayed by a fault must not keep the sandbox from stopping. */
const closeGraceMs = 2000;

const bodyLimitBytes = 32 * 1024 * 1024;

/** Starts the stand-ins of NP and makeshop. Throws where the port is taken, the configuration is wrong or the journal damaged. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const config = configSchema.parse(options.config ?? {});
  const { journal, entries } = openJournal(join(options.dataDir, 'ledger.jsonl'));
  const now = options.now ?? (() => new Date());
  const world = new World(journal, () => now().getTime(), config, entries);
  const webhooks = new Webhooks(world);
  const staff = new Staff(world, webhooks);
  const life = new Life(world, staff);
  const offices = new Offices(world, life);
  const notices = new SbpsNotices(world);
  const app = Fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: 'idle' });
  app.addHook('onSend', async () => journal.flush());
  await app.register(npRoutes(world), { prefix: '/np/v1' });
  await app.register(makeshopRoutes(world, staff, webhooks), { prefix: '/makeshop/v1' });
  await app.register(sbpsRoutes(world), { prefix: '/sbps' });
  await app.register(sbpsControlRoutes(world));
  const linkDesk = new LinkDesk(world);
  await app.register(linkRoutes(linkDesk), { prefix: '/sbps' });
  await app.register(linkControlRoutes(linkDesk));
  await app.register(controlRoutes({ world, webhooks, staff, life }));
  await app.register(officeRoutes(offices));
  await app.register(subscriptionStoreRoutes(world));
  let listening: string;
  try {
    listening = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  } catch (error) {
    journal.close();
    throw error;
  }
  webhooks.start();
  notices.start();
  offices.start();
  if (options.demoLife) life.start(options.demoLife === true ? {} : options.demoLife);
  const url = listening.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]');
  return {
    url,
    npBaseUrl: `${url}/np/v1`,
    makeshopUrl: `${url}/makeshop/v1/graphql`,
    sbpsUrl: `${url}/sbps/api/xmlapi.do`,
    sbpsLinkUrl: `${url}/sbps/f01/FepBuyInfoReceive.do`,
    purchases: (orderId) =>
      world.sbps
        .all()
        .filter((purchase) => orderId === undefined || purchase.orderId === orderId)
        .map(sbpsView),
    config: {
      merchants: [...world.merchants.values()],
      shops: [...world.shops.values()],
      sbpsServices: [...world.sbpsServices.values()],
      settings: world.settings,
    },
    transactions: (shopTransactionId) => {
      const found =
        shopTransactionId === undefined ? world.np.all() : world.np.withShopTransactionId(shopTransactionId);
      return Array.from(found, (transaction) => npView(transaction, world.nowMs()));
    },
    orders: () => Array.from(world.orders.all(), orderView),
    close: async () => {
      life.stop();
      await offices.stop();
      await webhooks.stop();
      await notices.stop();
      const cut = setTimeout(() => app.server.closeAllConnections(), closeGraceMs);
      await app.close();
      clearTimeout(cut);
      journal.close();
    },
  };
}
