import { Inject, Injectable } from '@nestjs/common';
import {
  factsSchema,
  type CartChange,
  type Clock,
  type Corrections,
  type IdSource,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import {
  driftedWords,
  isEditOpen,
  isPaintedOver,
  isTakenOver,
  withPayloadAtNp,
  type Known,
  type Stored,
} from './signs.js';
import { findableBy, orderRecordId, storedOrderSchema, type StoredOrder } from './stored-order.js';
import {
  madeAtOf,
  momentOf,
  noteReadings,
  nothing,
  originOf,
  payloadOf,
  placingOf,
  saleOf,
  takeTurns,
  takeTurnsBySale,
  type DatedRead,
  type OrderRead,
  type TakeContext,
  type TakeResult,
  type Taken,
  type TakenOrder,
} from './taken.js';
import { inSteps } from '../in-steps.js';
import { WordDrift } from '../reconciliation/word-drift.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import { noteUnmapped, wordKey } from '../words/word-maps.js';
import { Connections } from '../shops/connections.js';
import { openRoutes, type Route, type RouteOf } from '../shops/routes.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { storePayloads } from '../transactions/payloads.js';
import { placeOrders } from '../transactions/placing.js';
import {
  changeOf,
  npNumberOf,
  readingContext,
  readingOf,
  shopOf,
  type Reading,
} from '../transactions/reading.js';
import { lockTransactions } from '../transactions/locks.js';
import type { OrderColumns } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';

function once(known: WeakMap<OrderRead, string>, read: OrderRead, make: () => string): string {
  const value = known.get(read) ?? make();
  known.set(read, value);
  return value;
}

/** Takes orders in: compares each with what is known and turns differences into events, a page at a time. */
@Injectable()
export class Intake {
  /** Each read is compared, stored and compared again: its hashes are made once. */
  private readonly readingHashes = new WeakMap<OrderRead, string>();
  private readonly contentHashes = new WeakMap<OrderRead, string>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(WordDrift) private readonly wordDrift: WordDrift,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /**
   * Takes one page of orders of a shop. `readAt` is when the reading began, null where that is not known: what is
   * known to be fresher is not overwritten, unless a person has accepted older records (`older: 'accept'`).
   */
  async take(
    shop: OpenShop,
    reads: readonly OrderRead[],
    readAt: string | null,
    { older = 'refuse' }: { readonly older?: 'refuse' | 'accept' } = {},
  ): Promise<TakeResult> {
    if (reads.length === 0) return { changed: 0, outcomes: [] };
    const routeOf = await this.routesOf(shop);
    return this.database.transaction((manager) =>
      this.takeIn(manager, shop, reads, { readAt, older, routeOf }),
    );
  }

  /** Where the shop's orders go at NP; for `takeIn`. */
  routesOf(shop: OpenShop): Promise<RouteOf> {
    return openRoutes({ connections: this.connections, shops: this.shops }, shop);
  }

  /** As `take`, inside a database transaction of the caller's: it uses no other, so that many cannot wait for one more. */
  async takeIn(
    manager: EntityManager,
    shop: OpenShop,
    reads: readonly OrderRead[],
    { readAt, older, routeOf, runId = null, confirmBy }: TakeContext,
  ): Promise<TakeResult> {
    const latest = [...new Map(reads.map((read) => [read.order.orderNumber, { readAt, ...read }])).values()];
    const known = await this.known(
      manager,
      shop.id,
      latest.map(({ order }) => order.orderNumber),
    );
    const differing = await inSteps(latest, (read) => this.differing(shop, known, read));
    const stored = await this.stored(manager, shop.id, differing.flat());
    const fresh = latest.filter(({ order }) => !known.has(order.orderNumber));
    // What costs time comes before the turn of the merchant's new orders, so that others wait for it no longer than they must.
    const received = new Map(
      await inSteps(fresh, (read) => [
        read.order.orderNumber,
        this.received(shop, read, { route: routeOf(read.order), confirmBy }),
      ]),
    );
    const elsewhere = await this.elsewhere(manager, fresh, { routeOf, bySale: confirmBy !== undefined });
    const taken = await inSteps(latest, (read): Taken => {
      const route = routeOf(read.order);
      const receive = received.get(read.order.orderNumber);
      if (receive) return receive(elsewhere.has(saleOf(read.order, route)));
      const row = known.get(read.order.orderNumber);
      const before = row && stored.get(row.id);
      return before && this.isNews(before, read)
        ? this.changed(shop, before, { read, older, route, isAsked: confirmBy !== undefined })
        : nothing(read, 'unchanged', row?.id ?? null);
    });
    await this.transactions.applyIn(
      manager,
      taken.flatMap(({ items }) => items),
    );
    await storePayloads(
      manager,
      this.keyring,
      taken.flatMap(({ payloads }) => payloads),
      this.now(),
    );
    await noteReadings(
      manager,
      shop.id,
      taken.flatMap(({ noted }) => noted),
    );
    await placeOrders(
      manager,
      shop.id,
      taken.flatMap(({ placings }) => placings),
    );
    const drifted = driftedWords(shop, latest, [...stored.values()]);
    await this.wordDrift.found(manager, shop, drifted, { runId, at: this.now() });
    const changed = taken.filter(({ items }) => items.length > 0).length;
    return { changed, outcomes: await this.outcomes(manager, shop, taken) };
  }

  /** With the words that were never seen before, each told of once. */
  private async outcomes(
    manager: EntityManager,
    shop: OpenShop,
    taken: readonly Taken[],
  ): Promise<readonly TakenOrder[]> {
    const words = taken.flatMap(({ unmapped }) => unmapped);
    const fresh = new Set((await noteUnmapped(manager, shop.id, words, this.now())).map(wordKey));
    return taken.map(({ outcome, unmapped }) => ({
      ...outcome,
      newWords: unmapped.filter((word) => fresh.delete(wordKey(word))),
    }));
  }

  private async known(
    manager: EntityManager,
    shopId: string,
    orderNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, Known>> {
    const rows = await manager.query<Known[]>(
      `select id, order_number, reading_hash, content_hash, reread, missed_reads, word_key, pushed_word, pushed_at
       from transactions where shop_id = $1 and order_number = any($2)`,
      [shopId, orderNumbers],
    );
    return new Map(rows.map((row) => [row.order_number, row]));
  }

  /** The order, if its reading or its word differs or it had gone: only then is its record opened. */
  private differing(shop: OpenShop, known: ReadonlyMap<string, Known>, read: OrderRead): readonly string[] {
    const row = known.get(read.order.orderNumber);
    const differs = row && (this.isNews(row, read) || isPaintedOver(shop, row, read.order));
    return differs ? [row.id] : [];
  }

  private isNews(row: Known, read: OrderRead): boolean {
    return row.reread || row.missed_reads > 0 || this.readingHash(read) !== row.reading_hash;
  }

  /** Locked, so that a correction made meanwhile is not overwritten by the layer that was read before it. */
  private async stored(
    manager: EntityManager,
    shopId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Stored>> {
    if (ids.length === 0) return new Map();
    await lockTransactions(
      manager,
      ids.map((transactionId) => ({ shopId, transactionId })),
    );
    const rows = await manager.query<Stored[]>(
      `select t.id, t.order_number, t.reading_hash, t.content_hash, t.reread, t.missed_reads, t.word_key, t.pushed_word, t.pushed_at, t.facts,
         t.sealed_order from transactions t where t.shop_id = $1 and t.id = any($2)`,
      [shopId, ids],
    );
    return new Map(
      await inSteps(rows, (row): [string, Stored] => [
        row.id,
        { ...row, facts: factsSchema.parse(row.facts) },
      ]),
    );
  }

  /** Sales that the merchant has here already: in another shop, or under another number of this one. */
  private async elsewhere(
    manager: EntityManager,
    reads: readonly OrderRead[],
    { routeOf, bySale }: { readonly routeOf: RouteOf; readonly bySale: boolean },
  ): Promise<ReadonlySet<string>> {
    if (reads.length === 0) return new Set();
    const merchants = new Set(reads.map(({ order }) => routeOf(order).merchant));
    const sales = reads.map(({ order }) => saleOf(order, routeOf(order)));
    if (bySale) await takeTurnsBySale(manager, [...merchants], sales);
    else await takeTurns(manager, [...merchants]);
    const rows = await manager.query<{ merchant: string; np_number: string }[]>(
      `select distinct merchant, np_number from order_keys where merchant = any($1) and np_number = any($2)`,
      [[...merchants], reads.map(({ order }) => npNumberOf(order))],
    );
    return new Set(rows.map(({ merchant, np_number: number }) => `${merchant}/${number}`));
  }

  /** The first sight of an order, given whether its sale is here already. Those paid otherwise are not ours to keep. */
  private received(
    shop: OpenShop,
    read: DatedRead,
    { route, confirmBy }: Pick<TakeContext, 'confirmBy'> & { readonly route: Route },
  ): (isElsewhere: boolean) => Taken {
    const { order } = read;
    if (order.payment.kind === 'mapped' && order.payment.value === 'other')
      return () => nothing(read, 'ignored', null, 'paid-otherwise');
    const closed =
      order.status.kind === 'mapped' &&
      (order.status.value === 'cancelled' || order.status.value === 'deleted');
    if (closed) return () => nothing(read, 'ignored', null, 'closed');
    const transactionId = this.ids.next();
    const reading = readingOf(order, {}, readingContext(this.keyring, shop));
    const create = {
      ...this.columnsOf(shop.id, transactionId, read, reading),
      orderNumber: order.orderNumber,
      originNumber: originOf(order),
      unmapped: reading.unmapped,
      orderedAt: order.orderedAt,
      connectionId: route.connectionId,
      merchant: route.merchant,
    };
    return (isElsewhere) => {
      const event: TransactionEvent = {
        type: 'order-received',
        at: this.now(),
        // Of a record of unknown age only this is sure: the order had been placed.
        seenAt: madeAtOf(read) ?? momentOf(order.orderedAt) ?? this.now(),
        snapshot: reading.snapshot,
        takenOver: isTakenOver(shop, order) && !isElsewhere,
        provisional: confirmBy !== undefined,
        ...(confirmBy === undefined ? {} : { confirmBy }),
        rules: route.rules,
      };
      return {
        ...nothing(read, 'created', transactionId),
        items: [{ shopId: shop.id, transactionId, event, create }],
        payloads: payloadOf(shop.id, transactionId, reading),
        unmapped: reading.unmapped,
      };
    };
  }

  private changed(
    shop: OpenShop,
    row: Stored,
    {
      read,
      older,
      route,
      isAsked,
    }: { read: DatedRead; older: 'refuse' | 'accept'; route: Route; isAsked: boolean },
  ): Taken {
    const { order } = read;
    const madeAt = madeAtOf(read);
    const knownAt = row.facts.cart.seenAt;
    const isOlder = madeAt === null || madeAt < knownAt;
    if (isOlder && older === 'refuse') return nothing(read, 'older', row.id);
    const corrections = this.correctionsOf(shop.id, row);
    const editOpen = isEditOpen(shop, row, order, read.readAt ?? knownAt);
    const context = readingContext(this.keyring, shopOf(shop, row.facts, route), editOpen);
    const reading = readingOf(order, corrections, context);
    const columns = this.columnsOf(shop.id, row.id, read, reading);
    // Only the NP word may differ then, which the hub itself changes there: what else reads differently are settings.
    const onlySettings = this.contentHash(read) === row.content_hash;
    const snapshot = onlySettings ? withPayloadAtNp(reading.snapshot, row.facts) : reading.snapshot;
    const at = this.now();
    const type = changeOf(row.facts, snapshot, { editOpenWord: shop.adapter.editOpenWord, at });
    // The cart has the order: an open checkout has been finished, whatever else was heard of it.
    const confirms = !isAsked && (row.facts.wanted.provisional || row.facts.wanted.cancel?.by === 'clock');
    const confirmed: ApplyItem[] = confirms
      ? [{ shopId: shop.id, transactionId: row.id, event: { type: 'order-confirmed', at } }]
      : [];
    const base = {
      ...nothing(read, type || confirms ? 'changed' : 'unchanged', row.id),
      items: confirmed,
      placings: [placingOf(row, { order, route, unmapped: reading.unmapped })],
      unmapped: reading.unmapped,
    };
    if (!type) return { ...base, noted: [{ id: row.id, ...columns }] };
    const event: CartChange = { type, at, seenAt: isOlder ? knownAt : madeAt, snapshot };
    return {
      ...base,
      items: [...confirmed, { shopId: shop.id, transactionId: row.id, event, order: columns }],
      payloads: payloadOf(shop.id, row.id, reading),
    };
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private correctionsOf(shopId: string, { id, sealed_order: sealed }: Stored): Corrections {
    return sealed
      ? storedOrderSchema.parse(openJson(this.keyring, orderRecordId(shopId, id), sealed)).corrections
      : {};
  }

  /** Tells whether the cart's record is the same to the letter. */
  private readingHash(read: OrderRead): string {
    return once(this.readingHashes, read, () => hashPayload(this.keyring, JSON.stringify(read.raw)));
  }

  /** The same without the NP word, which the hub itself changes there. */
  private contentHash(read: OrderRead): string {
    const { raw, order } = read;
    const withoutWord = (_: string, value: unknown): unknown => (value === order.npWord ? null : value);
    return once(this.contentHashes, read, () =>
      order.npWord === null
        ? this.readingHash(read)
        : hashPayload(this.keyring, JSON.stringify(raw, withoutWord)),
    );
  }

  private columnsOf(
    shopId: string,
    transactionId: string,
    read: OrderRead,
    { payload, corrections }: Reading,
  ): OrderColumns {
    const stored: StoredOrder = { order: read.order, corrections };
    return {
      sealedOrder: sealJson(this.keyring, orderRecordId(shopId, transactionId), stored),
      readingHash: this.readingHash(read),
      contentHash: this.contentHash(read),
      ...findableBy(this.keyring, stored, payload),
    };
  }
}
