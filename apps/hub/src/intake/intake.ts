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
  type DriftedWord,
  isEditOpen,
  isPaintedOver,
  isTakenOver,
  withPayloadAtNp,
  type Known,
  type Stored,
} from './signs.js';
import { findableBy, orderRecordId, storedOrderSchema, type StoredOrder } from './stored-order.js';
import {
  firstSeenAt,
  latestOf,
  madeAtOf,
  noteReadings,
  nothing,
  orderKeyOf,
  originOf,
  payloadOf,
  placingOf,
  routedOf,
  type OrderRead,
  type PageRead,
  type ShopPage,
  type TakeContext,
  type TakeResult,
  type Taken,
  type TakenOrder,
} from './taken.js';
import { ReadHashes } from './read-hashes.js';
import { aloneAmong, saleOf, salesHere } from './sales.js';
import { believedMoment } from './told-times.js';
import { inSteps } from '../in-steps.js';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';
import { WordDrift } from '../reconciliation/word-drift.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { noteUnmapped, wordKey } from '../words/word-maps.js';
import { Connections } from '../shops/connections.js';
import { holdShop } from '../shops/held.js';
import { openRoutes, type RouteOf } from '../shops/routes.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { storePayloads } from '../transactions/payloads.js';
import { placeOrders } from '../transactions/placing.js';
import { changeOf, readingContext, readingOf, shopOf, type Reading } from '../transactions/reading.js';
import type { OrderColumns, TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import type { Unwritten } from '../transactions/working.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';

/** Takes orders in: compares each with what is known and turns differences into events, a page at a time. */
@Injectable()
export class Intake {
  private readonly hashes: ReadHashes;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(WordDrift) private readonly wordDrift: WordDrift,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {
    this.hashes = new ReadHashes(keyring);
  }

  /**
   * Takes one page of orders of a shop. `readAt` is when the reading began, null where that is not known: what is
   * known to be fresher is not overwritten. Throws `ShopChanged`.
   */
  async take(shop: OpenShop, reads: readonly OrderRead[], readAt: string | null): Promise<TakeResult> {
    if (reads.length === 0) return { changed: 0, outcomes: [] };
    const page = { shop, reads, routeOf: await this.routesOf(shop) };
    const [result] = await this.database.transaction(async (manager) => {
      await holdShop(manager, shop);
      return this.takeIn(manager, [page], { readAt, older: 'refuse' });
    });
    return result as TakeResult;
  }

  /** Where the shop's orders go at NP; for `takeIn`. */
  routesOf(shop: OpenShop): Promise<RouteOf> {
    return openRoutes({ connections: this.connections, shops: this.shops }, shop);
  }

  /**
   * As `take`, for several shops together, inside a database transaction of the caller's: it uses no other, so that many
   * cannot wait for one more. Results in the order of the pages.
   */
  async takeIn(
    manager: EntityManager,
    pages: readonly ShopPage[],
    { readAt, older, runId = null, absent, here, unwritten }: TakeContext,
  ): Promise<readonly TakeResult[]> {
    const latest = latestOf(pages, readAt);
    if (latest.length === 0) return pages.map(() => ({ changed: 0, outcomes: [] }));
    const known = await this.known(
      manager,
      absent ? latest.filter((each) => !absent.has(orderKeyOf(each))) : latest,
    );
    const stored = await this.stored(
      manager,
      (await inSteps(latest, (each) => this.differing(known, each))).flat(),
    );
    const fresh = latest.filter((each) => !known.has(orderKeyOf(each)));
    // What costs time comes before the turn of the merchant's new orders, so that others wait for it no longer than they must.
    const received = new Map(await inSteps(fresh, (each) => [orderKeyOf(each), this.received(each)]));
    const salesBefore = here ?? (await salesHere(manager, fresh.map(routedOf), { single: false }));
    const sales = new Set(salesBefore);
    const taken = await inSteps(latest, (each): Taken => {
      const receive = received.get(orderKeyOf(each));
      if (receive) return receive(sales);
      const row = known.get(orderKeyOf(each));
      const before = row && stored.get(row.id);
      return before && this.isNews(before, each.read)
        ? this.changed(each, before, older)
        : nothing(each.read, 'unchanged', row?.id ?? null);
    });
    const alone = unwritten ? aloneAmong(taken, salesBefore) : new Set<Taken>();
    const others = taken.filter((one) => !alone.has(one));
    await this.transactions.applyIn(
      manager,
      others.flatMap(({ items }) => items),
      { also: (writes) => this.storePayloads(writes, others) },
    );
    if (unwritten) await this.keep(unwritten, [...alone]);
    const results: TakeResult[] = [];
    for (const page of pages) {
      const own = taken.filter((_, index) => latest[index]?.page === page);
      const reads = latest.flatMap((each) => (each.page === page ? each.read : []));
      const ours = [...stored.values()].filter((row) => row.shop_id === page.shop.id);
      const drifted = driftedWords(page.shop, reads, ours);
      results.push(await this.rest(manager, page.shop, own, { drifted, runId }));
    }
    return results;
  }

  /** New orders that their caller goes on with before they are written. */
  private async keep(unwritten: Unwritten, taken: readonly Taken[]): Promise<void> {
    this.transactions.applyUnwritten(
      unwritten,
      taken.flatMap(({ items }) => items),
    );
    await this.storePayloads(unwritten.writes, taken);
    for (const { transactionId, payload } of taken.flatMap(({ payloads }) => payloads))
      unwritten.payloads.set(transactionId, payload);
  }

  private storePayloads(writes: Writes, taken: readonly Taken[]): Promise<void> {
    const payloads = taken.flatMap((one) => one.payloads);
    return storePayloads(writes, this.keyring, payloads, this.now());
  }

  /** What is kept shop by shop, beside the transactions. */
  private async rest(
    manager: EntityManager,
    shop: OpenShop,
    taken: readonly Taken[],
    { drifted, runId }: { readonly drifted: readonly DriftedWord[]; readonly runId: string | null },
  ): Promise<TakeResult> {
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
    latest: readonly PageRead[],
  ): Promise<ReadonlyMap<string, Known>> {
    if (latest.length === 0) return new Map();
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', order_number: 'text' },
      latest.map(({ page, read }) => ({ shop_id: page.shop.id, order_number: read.order.orderNumber })),
    );
    const rows = await manager.query<Known[]>(
      `select t.shop_id, t.id, t.order_number, t.reading_hash, t.content_hash, t.reread, t.missed_reads, t.word_key,
         t.pushed_word, t.pushed_at
       from transactions t join ${sql} k on t.shop_id = k.shop_id and t.order_number = k.order_number`,
      parameters,
    );
    return new Map(rows.map((row) => [`${row.shop_id}/${row.order_number}`, row]));
  }

  /** The order, if its reading or its word differs or it had gone: only then is its record opened. */
  private differing(known: ReadonlyMap<string, Known>, each: PageRead): readonly TransactionKey[] {
    const { page, read } = each;
    const row = known.get(orderKeyOf(each));
    const differs = row && (this.isNews(row, read) || isPaintedOver(page.shop, row, read.order));
    return differs ? [{ shopId: page.shop.id, transactionId: row.id }] : [];
  }

  private isNews(row: Known, read: OrderRead): boolean {
    return row.reread || row.missed_reads > 0 || this.hashes.reading(read) !== row.reading_hash;
  }

  /** Locked, so that a correction made meanwhile is not overwritten by the layer that was read before it. */
  private async stored(
    manager: EntityManager,
    keys: readonly TransactionKey[],
  ): Promise<ReadonlyMap<string, Stored>> {
    if (keys.length === 0) return new Map();
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid' },
      keys.map(({ shopId, transactionId }) => ({ shop_id: shopId, id: transactionId })),
    );
    const rows = await manager.query<Stored[]>(
      `select t.shop_id, t.id, t.order_number, t.reading_hash, t.content_hash, t.reread, t.missed_reads, t.word_key,
         t.pushed_word, t.pushed_at, t.facts, t.sealed_order
       from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id
       order by t.shop_id, t.id for update of t`,
      parameters,
    );
    return new Map(
      await inSteps(rows, (row): [string, Stored] => [
        row.id,
        { ...row, facts: factsSchema.parse(row.facts) },
      ]),
    );
  }

  /**
   * The first sight of an order, given the sales that are here already, to which its own is added: two shops of one
   * merchant may bring one sale together. Orders paid otherwise are not ours to keep.
   */
  private received({ page, read }: PageRead): (sales: Set<string>) => Taken {
    const { shop, routeOf, confirmBy } = page;
    const { order } = read;
    if (order.payment.kind === 'mapped' && order.payment.value === 'other')
      return () => nothing(read, 'ignored', null, 'paid-otherwise');
    const closed =
      order.status.kind === 'mapped' &&
      (order.status.value === 'cancelled' || order.status.value === 'deleted');
    if (closed) return () => nothing(read, 'ignored', null, 'closed');
    const route = routeOf(order);
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
    return (sales) => {
      const sale = saleOf({ order, route });
      const isElsewhere = sales.has(sale);
      sales.add(sale);
      const event: TransactionEvent = {
        type: 'order-received',
        at: this.now(),
        seenAt: firstSeenAt(read, this.clock.now()),
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

  private changed({ page, read }: PageRead, row: Stored, older: 'refuse' | 'accept'): Taken {
    const [{ shop, confirmBy }, { order }] = [page, read];
    const route = page.routeOf(order);
    const madeAt = madeAtOf(read, this.clock.now());
    const knownAt = row.facts.cart.seenAt;
    const isEarlier = madeAt === null || madeAt < knownAt;
    // What the cart shows is not older than what the hub knew before it looked, whatever the cart's stamp says.
    const isShown = read.isShown === true && read.readAt !== null && read.readAt >= knownAt;
    const isOlder = isEarlier && !isShown;
    // A time in the future that was noted when it was still believed stands in nobody's way.
    const isRefused = isOlder && older === 'refuse' && !read.isAccepted;
    if (isRefused && believedMoment(knownAt, this.clock.now())) return nothing(read, 'older', row.id);
    const corrections = this.correctionsOf(shop.id, row);
    const editOpen = isEditOpen(shop, row, order, read.readAt ?? knownAt);
    const context = readingContext(this.keyring, shopOf(shop, row.facts, route), editOpen);
    const reading = readingOf(order, corrections, context);
    const columns = this.columnsOf(shop.id, row.id, read, reading);
    // Only the NP word may differ then, which the hub itself changes there: what else reads differently are settings.
    const onlySettings = this.hashes.content(read) === row.content_hash;
    const snapshot = onlySettings ? withPayloadAtNp(reading.snapshot, row.facts) : reading.snapshot;
    const at = this.now();
    const type = changeOf(row.facts, snapshot, { editOpenWord: shop.adapter.editOpenWord, at });
    // The cart has the order: an open checkout has been finished, whatever else was heard of it.
    const confirms =
      confirmBy === undefined && (row.facts.wanted.provisional || row.facts.wanted.cancel?.by === 'clock');
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
    const event: CartChange = { type, at, seenAt: isEarlier ? knownAt : madeAt, snapshot };
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

  private columnsOf(
    shopId: string,
    transactionId: string,
    read: OrderRead,
    { payload, corrections }: Reading,
  ): OrderColumns {
    const stored: StoredOrder = { order: read.order, corrections };
    return {
      sealedOrder: sealJson(this.keyring, orderRecordId(shopId, transactionId), stored),
      readingHash: this.hashes.reading(read),
      contentHash: this.hashes.content(read),
      ...findableBy(this.keyring, stored, payload),
    };
  }
}
