import { Inject, Injectable } from '@nestjs/common';
import { Intake } from '../intake/intake.js';
import { Connections, type OpenConnection } from '../shops/connections.js';
import type { RouteOf } from '../shops/routes.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import type { Timing } from '../timing.js';
import { TIMING } from '../tokens.js';

/** A shop with its ways to NP, as one question needs them. */
export interface Desk {
  readonly shop: OpenShop;
  readonly routeOf: RouteOf;
  readonly connections: ReadonlyMap<string, OpenConnection>;
  readonly openedAtMs: number;
}

/** Settings that are older than this share of the time for which they may be kept are read anew for the questions to come. */
const fresh = 1 / 3;

/** The shops that are asked for, each opened for all questions of a moment. */
@Injectable()
export class Desks {
  private readonly desks = new Map<string, Promise<Desk>>();

  constructor(
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Throws 404 where there is no such shop. One that is a little old is good once more, while the next is opened. */
  async of(shopId: string): Promise<Desk> {
    const known = this.desks.get(shopId);
    const desk = await (known ?? this.renew(shopId));
    const ageMs = performance.now() - desk.openedAtMs;
    if (ageMs < this.timing.settingsKeptMs * fresh) return desk;
    const renewed = this.desks.get(shopId) === known ? this.renew(shopId) : this.of(shopId);
    if (ageMs >= this.timing.settingsKeptMs) return renewed;
    renewed.catch(() => undefined);
    return desk;
  }

  private renew(shopId: string): Promise<Desk> {
    const opening = this.open(shopId);
    this.desks.set(shopId, opening);
    opening.catch(() => {
      if (this.desks.get(shopId) === opening) this.desks.delete(shopId);
    });
    return opening;
  }

  private async open(shopId: string): Promise<Desk> {
    const openedAtMs = performance.now();
    const shop = await this.shops.open(shopId);
    const ids = [...new Set([shop.connectionId, ...Object.values(shop.malls)])];
    const opened = await Promise.all(ids.map((id) => this.connections.open(id)));
    return {
      shop,
      routeOf: await this.intake.routesOf(shop),
      connections: new Map(opened.map((connection) => [connection.id, connection])),
      openedAtMs,
    };
  }
}
