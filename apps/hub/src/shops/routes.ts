import { connectionOfMall, type Facts, type Order } from '@np-hub/model';
import type { Connections } from './connections.js';
import type { OpenShop, Shops } from './shops.js';

/** Where orders go at NP. */
export interface Route {
  readonly connectionId: string;
  readonly merchant: string;
  readonly rules: Facts['rules'];
}

/** An order with the way that it takes to NP. */
export interface Routed {
  readonly order: Order;
  readonly route: Route;
}

/** The route of an order: by its mall, where the shop has malls. An unknown mall has the shop's own, and waits. */
export type RouteOf = (order: Pick<Order, 'mall'>) => Route;

/** Opens every connection that orders of a shop can go to, once for a whole page of them. */
export async function openRoutes(
  { connections, shops }: { readonly connections: Connections; readonly shops: Shops },
  shop: OpenShop,
): Promise<RouteOf> {
  const routes = new Map<string, Route>();
  for (const id of new Set([shop.connectionId, ...Object.values(shop.malls)])) {
    const connection = await connections.open(id);
    routes.set(id, {
      connectionId: id,
      merchant: connection.merchant,
      rules: shops.rulesOf(shop, connection),
    });
  }
  return (order) => {
    const route =
      routes.get(connectionOfMall(order, shop.malls) ?? shop.connectionId) ?? routes.get(shop.connectionId);
    if (!route) throw new Error(`Shop ${shop.id} has no connection`);
    return route;
  };
}
