import { Inject, Injectable } from '@nestjs/common';
import { factsSchema, type Clock, type Facts, type Order, type Screen } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { atOnce } from '../database/at-once.js';
import { unnestRows } from '../database/bulk.js';
import { finish } from '../dispatch/claims.js';
import { Presence } from '../dispatch/presence.js';
import type { ApiProblem } from '../http/problem.js';
import { Intake } from '../intake/intake.js';
import { salesHere } from '../intake/sales.js';
import type { TakenOrder } from '../intake/taken.js';
import type { Routed, RouteOf } from '../shops/routes.js';
import type { OpenShop } from '../shops/shops.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { readingContext, readingOf } from '../transactions/reading.js';
import type { OrderColumns, TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { Unwritten } from '../transactions/working.js';
import { Intents, isAsked, type AskedCall } from './intents.js';
import { refusals } from './refusals.js';

/** What a cart asks about. */
export interface Ask {
  readonly order: Order;
  readonly screen: Screen;
}

/** A question with the shop that asks. */
export interface ShopAsk extends Ask {
  readonly shop: OpenShop;
  /** The shop's (`Intake.routesOf`). */
  readonly routeOf: RouteOf;
}

/** A confirmed order as it was before an edit that NP may refuse. */
export interface Former {
  readonly facts: Facts;
  readonly columns: OrderColumns;
}

/**
 * A call that leaves by the buyer's browser: which orders may begin with it, and what is written together with the intent.
 * The hub itself sends nothing.
 */
export interface ByBuyer {
  /** How long the buyer has: the checkout stays open as long as the call may come back. */
  readonly openMs: number;
  readonly sortOf: (facts: Facts) => 'take' | 'known' | ApiProblem;
  readonly departing: (manager: EntityManager, calls: readonly AskedCall[]) => Promise<void>;
}

export type Begun =
  | { readonly kind: 'refused'; readonly problem: ApiProblem }
  | (TransactionKey & {
      readonly kind: 'begun';
      readonly former: Former | null;
      /** Null: NP has been asked already, or cannot be asked. */
      readonly call: AskedCall | null;
    });

interface KnownRow {
  readonly shop_id: string;
  readonly id: string;
  readonly order_number: string;
  readonly facts: Facts;
  readonly sealed_order: Buffer | null;
  readonly reading_hash: string;
  readonly content_hash: string;
  readonly blind: string[];
  readonly buyer_keys: string[];
  readonly recurring: boolean;
}

/** Takes questions in, a batch in one database transaction: the orders, the intents and the lease of the calls. */
@Injectable()
export class Beginnings {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Intents) private readonly intents: Intents,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** One question an order at most. */
  async begin(
    asks: readonly ShopAsk[],
    { callDeadlineMs, byBuyer }: { readonly callDeadlineMs: number; readonly byBuyer?: ByBuyer },
  ): Promise<readonly Begun[]> {
    const owner = await this.presence.owner();
    return this.database.transaction(async (manager) => {
      // Both only read, and leave with the beginning of the transaction.
      const [known, here] = await atOnce([
        this.known(manager, asks),
        salesHere(manager, asks.map(routedOf), { single: true }),
      ]);
      const sorted = asks.map((ask) => {
        const row = known.get(keyOf(ask));
        return row && byBuyer ? byBuyer.sortOf(row.facts) : this.sortOf(ask, row);
      });
      const unwritten = new Unwritten();
      const taken = await this.takeIn(
        manager,
        asks.filter((_, index) => sorted[index] === 'take'),
        { known, here, unwritten, openMs: byBuyer?.openMs },
      );
      const calls = await this.intents.store(manager, [...taken.values()].flatMap(transactionOf), {
        owner,
        callDeadlineMs,
        unwritten,
      });
      if (byBuyer) await this.handOver(manager, [...calls.values()], byBuyer);
      return asks.map((ask, index) =>
        begunOf(ask.shop.id, sorted[index] ?? 'take', {
          row: known.get(keyOf(ask)),
          taken: taken.get(keyOf(ask)),
          calls,
        }),
      );
    });
  }

  /** The orders of all shops that ask, in one order of the shops by everybody. */
  private async takeIn(
    manager: EntityManager,
    asks: readonly ShopAsk[],
    {
      known,
      here,
      unwritten,
      openMs,
    }: {
      readonly known: ReadonlyMap<string, KnownRow>;
      readonly here: ReadonlySet<string>;
      readonly unwritten: Unwritten;
      readonly openMs: number | undefined;
    },
  ): Promise<ReadonlyMap<string, TakenHere>> {
    const shops = new Map(asks.map(({ shop, routeOf }) => [shop.id, { shop, routeOf }]));
    const pages = [...shops.keys()].sort().flatMap((id) => {
      const of = shops.get(id);
      const own = asks.filter(({ shop }) => shop.id === id).map(({ order }) => ({ order, raw: order }));
      return of ? [{ ...of, reads: own, confirmBy: this.confirmBy(of.shop, openMs) }] : [];
    });
    const absent = new Set(asks.map(keyOf).filter((key) => !known.has(key)));
    const results = await this.intake.takeIn(manager, pages, {
      readAt: this.now(),
      older: 'refuse',
      absent,
      here,
      unwritten,
    });
    const taken = new Map<string, TakenHere>();
    for (const [index, { shop, confirmBy }] of pages.entries()) {
      const outcomes = results[index]?.outcomes ?? [];
      for (const outcome of outcomes)
        taken.set(`${shop.id}/${outcome.orderNumber}`, { ...outcome, shopId: shop.id });
      const again = outcomes.flatMap(({ orderNumber }) => known.get(`${shop.id}/${orderNumber}`) ?? []);
      await this.openAgain(manager, again, confirmBy);
    }
    return taken;
  }

  /** The buyer's browser makes these calls: no lease of the hub's waits for their answers. */
  private async handOver(
    manager: EntityManager,
    calls: readonly AskedCall[],
    { departing }: ByBuyer,
  ): Promise<void> {
    const [first] = calls;
    if (!first) return;
    await finish(manager, 'write', first.lease.token, calls);
    await departing(manager, calls);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private confirmBy({ policies }: OpenShop, openMs = policies.checkoutMinutes * 60_000): string {
    return new Date(this.clock.now().getTime() + openMs).toISOString();
  }

  /** Locked: nothing else happens to these orders before the question has left. */
  private async known(
    manager: EntityManager,
    asks: readonly ShopAsk[],
  ): Promise<ReadonlyMap<string, KnownRow>> {
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', order_number: 'text' },
      asks.map(({ shop, order }) => ({ shop_id: shop.id, order_number: order.orderNumber })),
    );
    const rows = await manager.query<KnownRow[]>(
      `select t.shop_id, t.id, t.order_number, t.facts, t.sealed_order, t.reading_hash, t.content_hash, t.blind,
         t.buyer_keys, t.recurring
       from transactions t join ${sql} k on t.shop_id = k.shop_id and t.order_number = k.order_number
       order by t.shop_id, t.id for update of t`,
      parameters,
    );
    return new Map(
      rows.map((row) => [
        `${row.shop_id}/${row.order_number}`,
        { ...row, facts: factsSchema.parse(row.facts) },
      ]),
    );
  }

  /** Whether the order is taken in with this question, answered by what is known, or the question refused. */
  private sortOf({ shop, order, screen }: ShopAsk, row: KnownRow | undefined): 'take' | 'known' | ApiProblem {
    if (!row) return 'take';
    const { wanted, rules, inFlight } = row.facts;
    const abandoned = wanted.cancel?.by === 'clock';
    if (!rules.realTime) return refusals.batchOrder();
    if (wanted.release) return refusals.notOurs();
    if (wanted.cancel && !abandoned) return refusals.ended();
    if (inFlight && inFlight.phase !== 'queued')
      return isAsked(inFlight.operation) ? 'known' : refusals.underWay();
    if (wanted.provisional || abandoned || screen === 'admin-edit') return 'take';
    const { snapshot } = readingOf(order, {}, readingContext(this.keyring, shop));
    return snapshot.payload.hash === wanted.payload.hash ? 'known' : refusals.known();
  }

  /**
   * Opens checkouts that had been asked about before, and marks all open ones as new ones are (insertNew): whatever the
   * cart itself sends of such an order later, even the same to the letter, is news, because it says that the order stands.
   */
  private async openAgain(
    manager: EntityManager,
    again: readonly KnownRow[],
    confirmBy: string,
  ): Promise<void> {
    const [first] = again;
    if (!first) return;
    await this.transactions.applyIn(
      manager,
      again
        .filter(({ facts: { wanted } }) => wanted.provisional || wanted.cancel?.by === 'clock')
        .map(({ shop_id: shopId, id }): ApplyItem => ({
          shopId,
          transactionId: id,
          event: { type: 'checkout-opened', at: this.now(), confirmBy },
        })),
    );
    await manager.query(
      `update transactions set reread = true where shop_id = $1 and id = any($2)
         and (facts->'wanted'->>'provisional')::boolean`,
      [first.shop_id, again.map(({ id }) => id)],
    );
  }
}

type TakenHere = TakenOrder & { readonly shopId: string };

const routedOf = ({ order, routeOf }: ShopAsk): Routed => ({ order, route: routeOf(order) });
const keyOf = ({ shop, order }: ShopAsk): string => `${shop.id}/${order.orderNumber}`;

const transactionOf = ({ shopId, transactionId }: TakenHere): readonly TransactionKey[] =>
  transactionId ? [{ shopId, transactionId }] : [];

function begunOf(
  shopId: string,
  sort: 'take' | 'known' | ApiProblem,
  of: {
    readonly row: KnownRow | undefined;
    readonly taken: TakenOrder | undefined;
    readonly calls: ReadonlyMap<string, AskedCall>;
  },
): Begun {
  if (typeof sort !== 'string') return { kind: 'refused', problem: sort };
  if (of.taken?.kind === 'older') return { kind: 'refused', problem: refusals.stale() };
  const transactionId = of.taken?.transactionId ?? of.row?.id;
  if (!transactionId) return { kind: 'refused', problem: refusals.notPossible() };
  const isConfirmed = of.row && !of.row.facts.wanted.provisional && !of.row.facts.wanted.cancel;
  return {
    kind: 'begun',
    shopId,
    transactionId,
    former: sort === 'take' && of.row && isConfirmed ? formerOf(of.row) : null,
    call: of.calls.get(transactionId) ?? null,
  };
}

function formerOf(row: KnownRow): Former | null {
  if (!row.sealed_order) return null;
  return {
    facts: row.facts,
    columns: {
      sealedOrder: row.sealed_order,
      readingHash: row.reading_hash,
      contentHash: row.content_hash,
      blind: row.blind,
      buyerKeys: row.buyer_keys,
      recurring: row.recurring,
    },
  };
}
