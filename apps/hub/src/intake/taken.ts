import type { NpPayload, Order, Word } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Route, Routed, RouteOf } from '../shops/routes.js';
import type { OpenShop } from '../shops/shops.js';
import type { PayloadKey } from '../transactions/payloads.js';
import type { Placing } from '../transactions/placing.js';
import { npNumberOf, type Reading } from '../transactions/reading.js';
import { foundBy, type OrderColumns } from '../transactions/rows.js';
import { noteSlips } from '../transactions/slips.js';
import type { ApplyItem } from '../transactions/transactions.js';
import type { Unwritten } from '../transactions/working.js';
import type { Stored } from './signs.js';
import { believedMoment } from './told-times.js';

/** One order as the cart gave it, and as its adapter reads it. */
export interface OrderRead {
  readonly order: Order;
  /** The cart's own record. */
  readonly raw: unknown;
  /** By what the record is told from another, where its keeper has that already (`FileParts.printOf`). */
  readonly print?: string;
  /** When this record was made, where that is another time than the page's; null: not known. */
  readonly readAt?: string | null;
  /** The cart showed it when it was asked: it is as the cart had it then, and was not sent or exported before. */
  readonly isShown?: boolean;
  /** A person has accepted it, older or not. */
  readonly isAccepted?: boolean;
}

/** What became of one order. */
export interface TakenOrder {
  readonly orderNumber: string;
  /** Null where nothing is kept. */
  readonly transactionId: string | null;
  /** `older`: it differs, and is not proven to be as new as what is known: nothing of it was kept. */
  readonly kind: 'created' | 'changed' | 'unchanged' | 'older' | 'ignored';
  readonly reason: 'paid-otherwise' | 'closed' | null;
  /** Words of the cart that nobody had seen before, and that have no meaning. */
  readonly newWords: readonly Word[];
}

/** One shop's orders, of those that are taken in together. */
export interface ShopPage {
  readonly shop: OpenShop;
  readonly reads: readonly OrderRead[];
  /** The shop's (`Intake.routesOf`). */
  readonly routeOf: RouteOf;
  /** The cart asks before it makes these orders (real time), and has to confirm them by then; it has not made them yet. */
  readonly confirmBy?: string;
}

/** What taking needs beside the orders. */
export interface TakeContext {
  /** When the reading began; null: not known. */
  readonly readAt: string | null;
  readonly older: 'refuse' | 'accept';
  /** The reconciliation that reads the cart, if one does. */
  readonly runId?: string | null;
  /** Orders that were not here a moment ago (`orderKeyOf`): should one have come since, its row is refused. */
  readonly absent?: ReadonlySet<string>;
  /** The sales of these orders that are here already (`salesHere`), where the caller has looked. */
  readonly here?: ReadonlySet<string>;
  /** Takes in the new transactions that have nothing to do with others, for the caller to go on with and to write. */
  readonly unwritten?: Unwritten;
}

export interface TakeResult {
  /** How many transactions are new or changed. */
  readonly changed: number;
  /** One for each order number, in the order of the reads. */
  readonly outcomes: readonly TakenOrder[];
}

/** What is to be written for one order. */
export interface Taken {
  readonly outcome: TakenOrder;
  readonly items: readonly ApplyItem[];
  readonly payloads: readonly (PayloadKey & { readonly payload: NpPayload })[];
  /** Word changes that mean nothing for the transaction: only what was read is kept. */
  readonly noted: readonly (OrderColumns & { readonly id: string })[];
  readonly placings: readonly Placing[];
  readonly unmapped: readonly Word[];
}

/** The number of elsewhere, where the order has one of its own beside it. */
export const originOf = (order: Order): string | null =>
  npNumberOf(order) === order.orderNumber ? null : npNumberOf(order);

/** The placing of an order that is known already. */
export const placingOf = (
  row: Pick<Stored, 'id' | 'facts'>,
  of: { readonly order: Order; readonly route: Route; readonly unmapped: readonly Word[] },
): Placing => ({
  id: row.id,
  originNumber: originOf(of.order),
  connectionId: of.route.connectionId,
  merchant: of.route.merchant,
  unmapped: of.unmapped,
  free: row.facts.attempts.length === 0 && row.facts.rules.realTime === of.route.rules.realTime,
});

/** A read with the time of its own or of its page; null: not known. */
export type DatedRead = OrderRead & { readonly readAt: string | null };

/** A read in the page of its shop. */
export interface PageRead {
  readonly page: ShopPage;
  readonly read: DatedRead;
}

/** The reads of all pages, of each order the latest. */
export const latestOf = (pages: readonly ShopPage[], readAt: string | null): readonly PageRead[] =>
  pages.flatMap((page) =>
    [...new Map(page.reads.map((read) => [read.order.orderNumber, { readAt, ...read }])).values()].map(
      (read) => ({ page, read }),
    ),
  );

/** Names the order of a read among those of all shops. */
export const orderKeyOf = ({ page, read }: PageRead): string => `${page.shop.id}/${read.order.orderNumber}`;

export const routedOf = ({ page, read: { order } }: PageRead): Routed => ({
  order,
  route: page.routeOf(order),
});

/** The cart's own stamp, where it is believed, else when the record was made; null where neither is known. */
export const madeAtOf = ({ order, readAt }: DatedRead, now: Date): string | null =>
  believedMoment(order.changedAt, now) ?? readAt;

/** When an order counts as seen that is new. Of a record of unknown age only this is sure: the order had been placed. */
export const firstSeenAt = (read: DatedRead, now: Date): string =>
  madeAtOf(read, now) ?? believedMoment(read.order.orderedAt, now) ?? now.toISOString();

const outcomeOf = (
  { order }: OrderRead,
  kind: TakenOrder['kind'],
  transactionId: string | null,
  reason: TakenOrder['reason'] = null,
): TakenOrder => ({ orderNumber: order.orderNumber, transactionId, kind, reason, newWords: [] });

/** An order of which nothing is to be written. */
export const nothing = (...of: Parameters<typeof outcomeOf>): Taken => ({
  outcome: outcomeOf(...of),
  items: [],
  payloads: [],
  noted: [],
  placings: [],
  unmapped: [],
});

/** The payload of a reading, to be kept. */
export const payloadOf = (shopId: string, transactionId: string, reading: Reading) => [
  { shopId, transactionId, hash: reading.snapshot.payload.hash, payload: reading.payload },
];

/** Keeps what was read where it means nothing for the transaction. */
export async function noteReadings(
  manager: EntityManager,
  shopId: string,
  rows: readonly (OrderColumns & { readonly id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = {
    id: 'uuid',
    sealed_order: 'bytea',
    reading_hash: 'text',
    content_hash: 'text',
    blind: 'text[]',
    buyer_keys: 'text[]',
    recurring: 'boolean',
  } as const;
  const values = rows.map((row) => ({
    id: row.id,
    sealed_order: row.sealedOrder,
    reading_hash: row.readingHash,
    content_hash: row.contentHash,
    blind: row.blind,
    buyer_keys: row.buyerKeys,
    recurring: row.recurring,
  }));
  const { sql, parameters } = unnestRows(columns, values, 2);
  await manager.query(
    `update transactions t set reread = false, sealed_order = n.sealed_order, reading_hash = n.reading_hash, content_hash = n.content_hash,
       ${foundBy}, recurring = n.recurring
     from ${sql} n where t.shop_id = $1 and t.id = n.id`,
    [shopId, ...parameters],
  );
  await noteSlips(
    manager,
    rows.map((order) => ({ shopId, transactionId: order.id, order })),
  );
}
