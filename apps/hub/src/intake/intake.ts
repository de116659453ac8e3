import { Inject, Injectable } from '@nestjs/common';
import {
  correctionsSchema,
  orderSchema,
  type CartChange,
  type Clock,
  type Corrections,
  type Facts,
  type IdSource,
  type NpPayload,
  type Order,
  type Party,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { unnestRows } from '../database/bulk.js';
import { blindIndexesOf } from '../security/blind-index.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import { Connections } from '../shops/connections.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { storePayloads, type PayloadKey } from '../transactions/payloads.js';
import { changeOf, readingOf, type Reading } from '../transactions/reading.js';
import { lockTransactions } from '../transactions/locks.js';
import type { OrderColumns } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';

/** What the hub keeps of an order, encrypted as one. */
export const storedOrderSchema = z.object({ order: orderSchema, corrections: correctionsSchema });
export type StoredOrder = z.infer<typeof storedOrderSchema>;

export const orderRecordId = (shopId: string, transactionId: string): string =>
  `order:${shopId}:${transactionId}`;

/** What tells whether a reading says anything new. */
interface Known {
  readonly id: string;
  readonly order_number: string;
  readonly reading_hash: string;
  readonly missed_reads: number;
  readonly word_key: string | null;
  readonly pushed_word: string | null;
  /** When the cart had our last word; null while it is on its way. */
  readonly pushed_at: Date | null;
}

/** What the difference is taken against, read under lock. */
interface Stored extends Known {
  readonly facts: Facts;
  readonly sealed_order: Buffer | null;
}

interface Taken {
  readonly items: readonly ApplyItem[];
  readonly payloads: readonly (PayloadKey & { readonly payload: NpPayload })[];
  /** Word changes that mean nothing for the transaction: only what was read is kept. */
  readonly noted: readonly (OrderColumns & { readonly id: string })[];
}

/** Takes orders in: compares each with what is known and turns differences into events, a page at a time. */
@Injectable()
export class Intake {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /**
   * Takes one page of orders of a shop. `readAt` is when the reading began: what is known to be fresher is not
   * overwritten. Gives how many transactions are new or changed.
   */
  async take(shop: OpenShop, orders: readonly Order[], readAt: string): Promise<number> {
    const latest = [...new Map(orders.map((order) => [order.orderNumber, order])).values()];
    if (latest.length === 0) return 0;
    const connection = await this.connections.open(shop.connectionId);
    const rules = this.shops.rulesOf(shop, connection);
    return this.database.transaction(async (manager) => {
      const known = await this.known(
        manager,
        shop.id,
        latest.map(({ orderNumber }) => orderNumber),
      );
      const stored = await this.stored(
        manager,
        shop.id,
        latest.flatMap((order) => this.differing(shop, known, order)),
      );
      const fresh = latest.filter(({ orderNumber }) => !known.has(orderNumber));
      const elsewhere = await this.inOtherShops(manager, shop, fresh);
      const taken = latest.map((order) => {
        const row = known.get(order.orderNumber);
        const before = row && stored.get(row.id);
        if (row)
          return before && this.isNews(before, order)
            ? this.changed(shop, before, { order, readAt })
            : nothing;
        const other = elsewhere.has(order.orderNumber);
        return this.received(shop, order, { readAt, rules, merchant: connection.merchant, other });
      });
      await this.transactions.applyIn(
        manager,
        taken.flatMap(({ items }) => items),
      );
      const at = this.clock.now().toISOString();
      await storePayloads(
        manager,
        this.keyring,
        taken.flatMap(({ payloads }) => payloads),
        at,
      );
      await noteReadings(
        manager,
        shop.id,
        taken.flatMap(({ noted }) => noted),
      );
      await this.repaint(manager, shop, latest, [...stored.values()], readAt);
      return taken.filter(({ items }) => items.length > 0).length;
    });
  }

  private async known(
    manager: EntityManager,
    shopId: string,
    orderNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, Known>> {
    const rows = await manager.query<Known[]>(
      `select id, order_number, reading_hash, missed_reads, word_key, pushed_word, pushed_at
       from transactions where shop_id = $1 and order_number = any($2)`,
      [shopId, orderNumbers],
    );
    return new Map(rows.map((row) => [row.order_number, row]));
  }

  /** The order, if its reading or its word differs or it had gone: only then is its record opened. */
  private differing(shop: OpenShop, known: ReadonlyMap<string, Known>, order: Order): readonly string[] {
    const row = known.get(order.orderNumber);
    const differs = row && (this.isNews(row, order) || isPaintedOver(shop, row, order));
    return differs ? [row.id] : [];
  }

  private isNews(row: Known, order: Order): boolean {
    return row.missed_reads > 0 || this.hashOf(order) !== row.reading_hash;
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
      `select t.id, t.order_number, t.reading_hash, t.missed_reads, t.word_key, t.pushed_word, t.pushed_at, t.facts,
         t.sealed_order from transactions t where t.shop_id = $1 and t.id = any($2)`,
      [shopId, ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Orders that another shop of the same merchant has already: the same sale, seen twice. */
  private async inOtherShops(
    manager: EntityManager,
    shop: OpenShop,
    orders: readonly Order[],
  ): Promise<ReadonlySet<string>> {
    if (orders.length === 0) return new Set();
    const rows = await manager.query<{ order_number: string }[]>(
      `select distinct t.order_number from transactions t
       join connections c on c.merchant = t.merchant and c.id = $1
       where t.shop_id <> $2 and t.order_number = any($3)`,
      [shop.connectionId, shop.id, orders.map(({ orderNumber }) => orderNumber)],
    );
    return new Set(rows.map((row) => row.order_number));
  }

  /** The first sight of an order. Those paid otherwise are not ours to keep. */
  private received(
    shop: OpenShop,
    order: Order,
    context: { readAt: string; rules: Facts['rules']; merchant: string; other: boolean },
  ): Taken {
    if (order.payment.kind === 'mapped' && order.payment.value === 'other') return nothing;
    const closed =
      order.status.kind === 'mapped' &&
      (order.status.value === 'cancelled' || order.status.value === 'deleted');
    if (closed) return nothing;
    const transactionId = this.ids.next();
    const reading = readingOf(order, {}, this.contextOf(shop, false));
    const stored = this.columnsOf(shop.id, transactionId, { order, corrections: {} }, reading);
    const event: TransactionEvent = {
      type: 'order-received',
      at: this.clock.now().toISOString(),
      seenAt: order.changedAt ? new Date(order.changedAt).toISOString() : context.readAt,
      snapshot: reading.snapshot,
      takenOver: isTakenOver(shop, order) && !context.other,
      creditDueAt: null,
      provisional: false,
      rules: context.rules,
    };
    const create = {
      ...stored,
      orderNumber: order.orderNumber,
      orderedAt: order.orderedAt,
      connectionId: shop.connectionId,
      merchant: context.merchant,
    };
    return {
      items: [{ shopId: shop.id, transactionId, event, create }],
      payloads: payloadOf(shop.id, transactionId, reading),
      noted: [],
    };
  }

  private changed(
    shop: OpenShop,
    row: Stored,
    { order, readAt }: { readonly order: Order; readonly readAt: string },
  ): Taken {
    const corrections = this.correctionsOf(shop.id, row);
    const reading = readingOf(order, corrections, this.contextOf(shop, isEditOpen(shop, row, order, readAt)));
    const columns = this.columnsOf(shop.id, row.id, { order, corrections: reading.corrections }, reading);
    const type = changeOf(row.facts, reading.snapshot, shop.adapter.editOpenWord);
    if (!type) return { items: [], payloads: [], noted: [{ id: row.id, ...columns }] };
    const event: CartChange = {
      type,
      at: this.clock.now().toISOString(),
      seenAt: order.changedAt ? new Date(order.changedAt).toISOString() : readAt,
      snapshot: reading.snapshot,
    };
    return {
      items: [{ shopId: shop.id, transactionId: row.id, event, order: columns }],
      payloads: payloadOf(shop.id, row.id, reading),
      noted: [],
    };
  }

  /** Where the cart shows another word than ours (painted by hand, or a lost push), ours is sent again. */
  private async repaint(
    manager: EntityManager,
    shop: OpenShop,
    orders: readonly Order[],
    stored: readonly Stored[],
    readAt: string,
  ): Promise<void> {
    const byNumber = new Map(orders.map((order) => [order.orderNumber, order]));
    const rows = stored.flatMap((row) => {
      const order = byNumber.get(row.order_number);
      const differs = order && isPaintedOver(shop, row, order) && isReadAfterPush(row, readAt);
      return differs ? [{ shop_id: shop.id, id: row.id }] : [];
    });
    if (rows.length === 0) return;
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows, 2);
    await manager.query(
      `insert into effects (shop_id, transaction_id, lane, connection_id, operation, attempt, due_at)
       select t.shop_id, t.id, 'word', t.shop_id, 'push', 0, $1 from transactions t
       join ${sql} k on t.shop_id = k.shop_id and t.id = k.id where t.word_key is not null
       on conflict do nothing`,
      [readAt, ...parameters],
    );
  }

  private contextOf(shop: OpenShop, editOpen: boolean) {
    return {
      policies: shop.policies,
      editOpen,
      hashPayload: (text: string) => hashPayload(this.keyring, text),
    };
  }

  private correctionsOf(shopId: string, { id, sealed_order: sealed }: Stored): Corrections {
    return sealed
      ? storedOrderSchema.parse(openJson(this.keyring, orderRecordId(shopId, id), sealed)).corrections
      : {};
  }

  /** Tells whether a reading is the same to the letter. */
  private hashOf(order: Order): string {
    return hashPayload(this.keyring, JSON.stringify(order));
  }

  private columnsOf(
    shopId: string,
    transactionId: string,
    stored: StoredOrder,
    { payload }: Pick<Reading, 'payload'>,
  ): OrderColumns {
    return {
      sealedOrder: sealJson(this.keyring, orderRecordId(shopId, transactionId), stored),
      readingHash: this.hashOf(stored.order),
      blind: blindIndexesOf(this.keyring, peopleOf(stored.order, payload)),
    };
  }
}

/** Whom an order is found by: the people as the cart has them, and as NP gets them under the corrections. */
export const peopleOf = (order: Order, { customer, destination }: NpPayload): readonly Party[] => [
  order.buyer,
  ...order.destinations,
  customer,
  ...(destination ? [destination] : []),
];

const nothing: Taken = { items: [], payloads: [], noted: [] };

/** The hub is responsible: placed after take-over, and not at NP already by another way. */
function isTakenOver(shop: OpenShop, order: Order): boolean {
  if (!shop.takeoverAt || Date.parse(order.orderedAt) < shop.takeoverAt.getTime()) return false;
  return order.npTransactionId === null && !hasForeignWord(shop, order);
}

/** An NP word on an order that the hub has never seen was written by the cart's own link. */
const hasForeignWord = (shop: OpenShop, order: Order): boolean =>
  order.npWord !== null && order.npWord !== '' && order.npWord !== shop.adapter.words['registering-queued'];

/** Staff have set the cart's word for editing themselves: it is neither ours nor one that ours just replaced. */
function isEditOpen(shop: OpenShop, row: Stored, order: Order, readAt: string): boolean {
  const word = shop.adapter.editOpenWord;
  return word !== null && order.npWord === word && row.pushed_word !== word && isReadAfterPush(row, readAt);
}

/** The reading began after our last word had arrived, so that what it shows came later. */
const isReadAfterPush = (row: Stored, readAt: string): boolean =>
  row.pushed_word === null || (row.pushed_at !== null && row.pushed_at.toISOString() < readAt);

/** The cart shows another word than the one that we sent last. */
const isPaintedOver = (shop: OpenShop, row: Known, order: Order): boolean =>
  (shop.adapter.push?.enabled(shop.settings) ?? false) &&
  row.word_key !== null &&
  row.pushed_word !== null &&
  order.npWord !== null &&
  order.npWord !== row.pushed_word;

const payloadOf = (shopId: string, transactionId: string, reading: Reading) => [
  { shopId, transactionId, hash: reading.snapshot.payload.hash, payload: reading.payload },
];

async function noteReadings(
  manager: EntityManager,
  shopId: string,
  rows: readonly (OrderColumns & { readonly id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: 'uuid', sealed_order: 'bytea', reading_hash: 'text', blind: 'text[]' } as const;
  const values = rows.map((row) => ({
    id: row.id,
    sealed_order: row.sealedOrder,
    reading_hash: row.readingHash,
    blind: row.blind,
  }));
  const { sql, parameters } = unnestRows(columns, values, 2);
  await manager.query(
    `update transactions t set sealed_order = n.sealed_order, reading_hash = n.reading_hash, blind = n.blind
     from ${sql} n where t.shop_id = $1 and t.id = n.id`,
    [shopId, ...parameters],
  );
}
