import { Inject, Injectable } from '@nestjs/common';
import type { Clock, OpenOrderResult, Order } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiProblem } from '../http/problem.js';
import { inSteps } from '../in-steps.js';
import { Intake } from '../intake/intake.js';
import type { OrderRead, TakenOrder } from '../intake/taken.js';
import { orderRecordId, storedOrderSchema } from '../intake/stored-order.js';
import { readingNow } from '../intake/told-times.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import type { RouteOf } from '../shops/routes.js';
import { holdShop, ShopChanged } from '../shops/held.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { cancelled, completed, shipped, type OrderBody, type Shipment } from './canonical.js';
import { pathUnder, refused, refusedAsTwice, refusedAsUnknown, resultOf, unreadable } from './results.js';

/** So many orders are taken in one database transaction: nobody else with orders of the merchant waits for more than these. */
const page = 250;

/** One order of a call. `place` is its path in the body that was sent. */
interface Part {
  readonly orderNumber: string;
  readonly place: string;
  /** The path of its number there. */
  readonly numberPlace: string;
  /** The whole order, given what is known of it; null: it has to be known, and is not. */
  readonly build: (known: Order | null) => OrderBody | null;
}

/** An order of a bulk call as it came; its number is read from it. */
export interface SentOrder {
  readonly place: string;
  readonly body: OrderBody;
}

export interface SentShipment extends Shipment {
  readonly place: string;
}

/**
 * Orders, shipments and cancellations of systems without an adapter of their own. Each call alone is enough: what it
 * leaves out is taken from the order as it is known. Calls of one shop are taken one after the other, or one of two
 * that come together would be laid over the other.
 */
@Injectable()
export class OpenOrders {
  /** The last call of each shop in this hub; others wait without holding a connection. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Orders as a whole; results in their order. Throws 409 for a shop that takes no orders by API, or not now. */
  orders(shopId: string, sent: readonly SentOrder[]): Promise<readonly OpenOrderResult[]> {
    const parts = sent.map(({ place, body }): Part => {
      const { orderNumber } = body;
      const number = typeof orderNumber === 'string' ? orderNumber.trim() : '';
      const numberPlace = pathUnder(place, 'orderNumber');
      return { orderNumber: number, place, numberPlace, build: (known) => completed(body, known) };
    });
    return this.take(shopId, parts);
  }

  /** Parcels that have left; several of one order are one change of it. */
  async shipments(shopId: string, sent: readonly SentShipment[]): Promise<readonly OpenOrderResult[]> {
    const now = this.clock.now().toISOString();
    const byOrder = new Map<string, SentShipment[]>();
    for (const shipment of sent)
      byOrder.set(shipment.orderNumber, [...(byOrder.get(shipment.orderNumber) ?? []), shipment]);
    const parts = [...byOrder].map(([orderNumber, shipments]): Part => ({
      orderNumber,
      place: shipments[0]?.place ?? '',
      numberPlace: pathUnder(shipments[0]?.place ?? '', 'orderNumber'),
      build: (known) => known && shipped(known, shipments, now),
    }));
    const results = await this.take(shopId, parts);
    const of = new Map(results.map((result) => [result.orderNumber, result]));
    return sent.flatMap(({ orderNumber }) => of.get(orderNumber) ?? []);
  }

  /** Orders that their system has closed. */
  cancellations(
    shopId: string,
    sent: readonly { readonly orderNumber: string; readonly place: string }[],
  ): Promise<readonly OpenOrderResult[]> {
    return this.take(
      shopId,
      sent.map((each): Part => ({
        ...each,
        numberPlace: each.place,
        build: (known) => known && cancelled(known),
      })),
    );
  }

  private async take(shopId: string, parts: readonly Part[]): Promise<readonly OpenOrderResult[]> {
    let opened = await this.open(shopId);
    return this.inTurn(shopId, async () => {
      const results: OpenOrderResult[] = [];
      for (let at = 0; at < parts.length;) {
        try {
          const before = new Set(parts.slice(0, at).map(({ orderNumber }) => orderNumber));
          results.push(...(await this.takePage(opened, parts.slice(at, at + page), before)));
          at += page;
        } catch (error) {
          if (!(error instanceof ShopChanged)) throw error;
          opened = await this.open(shopId);
        }
      }
      return results;
    });
  }

  private async open(shopId: string): Promise<Opened> {
    const shop = await this.shops.open(shopId);
    refuseShop(shop);
    return { shop, routeOf: await this.intake.routesOf(shop) };
  }

  /** `seen` are the numbers that the same call has named before. Throws `ShopChanged`. */
  private takePage(
    { shop, routeOf }: Opened,
    parts: readonly Part[],
    seen: Set<string>,
  ): Promise<readonly OpenOrderResult[]> {
    return this.database.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('open orders of ' || $1, 0))`, [
        shop.id,
      ]);
      await holdShop(manager, shop);
      const known = await this.known(manager, shop.id, parts);
      const readings = await readingsOf(shop, parts, { known, seen, now: this.clock.now() });
      const reads = readings.flatMap(({ read }) => read ?? []);
      const readAt = this.clock.now().toISOString();
      const context = { readAt, older: 'refuse' } as const;
      const [result] = await this.intake.takeIn(manager, [{ shop, reads, routeOf }], context);
      const taken = new Map(
        result?.outcomes.map((outcome): [string, TakenOrder] => [outcome.orderNumber, outcome]),
      );
      return readings.flatMap(({ part, read, result: ended }) => {
        const outcome = read && taken.get(read.order.orderNumber);
        return ended ?? (outcome ? resultOf(outcome, part.place) : []);
      });
    });
  }

  /** The orders as they are stored, by number; locked, so that nothing that others say of them meanwhile is undone. */
  private async known(
    manager: EntityManager,
    shopId: string,
    parts: readonly Part[],
  ): Promise<ReadonlyMap<string, Order>> {
    const rows = await manager.query<{ id: string; order_number: string; sealed_order: Buffer | null }[]>(
      `select id, order_number, sealed_order from transactions where shop_id = $1 and order_number = any($2)
       order by id for update`,
      [shopId, parts.map(({ orderNumber }) => orderNumber.replaceAll('\u0000', ''))],
    );
    const open = (id: string, sealed: Buffer): Order =>
      storedOrderSchema.parse(openJson(this.keyring, orderRecordId(shopId, id), sealed)).order;
    const known = await inSteps(rows, ({ id, order_number: number, sealed_order: sealed }) =>
      sealed ? [[number, open(id, sealed)] as const] : [],
    );
    return new Map(known.flat());
  }

  private inTurn<T>(shopId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(shopId) ?? Promise.resolve()).then(work, work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.turns.set(shopId, settled);
    void settled.then(() => {
      if (this.turns.get(shopId) === settled) this.turns.delete(shopId);
    });
    return turn;
  }
}

interface Opened {
  readonly shop: OpenShop;
  readonly routeOf: RouteOf;
}

interface PartReading {
  readonly part: Part;
  readonly read: OrderRead | null;
  /** Set where the order goes no further. */
  readonly result: OpenOrderResult | null;
}

function readingsOf(
  shop: OpenShop,
  parts: readonly Part[],
  { known, seen, now }: { known: ReadonlyMap<string, Order>; seen: Set<string>; now: Date },
): Promise<readonly PartReading[]> {
  return inSteps(parts, (part): PartReading => {
    const { orderNumber, place, numberPlace } = part;
    const ended = (result: OpenOrderResult): PartReading => ({ part, read: null, result });
    if (orderNumber !== '' && seen.has(orderNumber)) return ended(refusedAsTwice(orderNumber, numberPlace));
    seen.add(orderNumber);
    const before = known.get(orderNumber) ?? null;
    const body = part.build(before);
    if (!body) return ended(refusedAsUnknown(orderNumber, numberPlace));
    const whole = shop.adapter.readOrder(body, shop.settings);
    // A day that is known already does not stand in the way of a parcel or a cancellation.
    const isKnown = whole.kind === 'order' && whole.order.orderedAt === before?.orderedAt;
    const reading = isKnown ? whole : readingNow(whole, now, 'orderedAt');
    if (reading.kind === 'order') {
      // What was read stands for itself: the order of the fields, and what was left out, make no difference.
      return { part, read: { order: reading.order, raw: reading.order }, result: null };
    }
    const problems = reading.kind === 'unreadable' ? reading.problems : [];
    return ended(refused(orderNumber, unreadable(place, problems)));
  });
}

/** Orders come by API where the hub neither fetches them nor reads them from files. Throws 409. */
function refuseShop({ adapter, mode }: OpenShop): void {
  if (adapter.pull || adapter.file)
    throw new ApiProblem(409, 'not-by-api', {
      ja: `このショップの注文・出荷・キャンセルは ${adapter.label.ja} から取り込みます。APIでは受け付けません。`,
      en: `Orders, shipments and cancellations of this shop come from ${adapter.label.en}, not by API.`,
    });
  if (mode !== 'live')
    throw new ApiProblem(409, 'shop-not-live', {
      ja: 'このショップは連携を開始していないか、一時停止中です。開始・再開のあとで、もう一度送信してください。',
      en: 'This shop is not live, or is paused. Send it again once it is.',
    });
}
