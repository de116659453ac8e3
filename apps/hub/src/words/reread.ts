import { Inject, Injectable } from '@nestjs/common';
import {
  factsSchema,
  finalStates,
  type Clock,
  type Facts,
  type NpPayload,
  type Order,
  type Word,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { FileParts, fileOrderOf } from '../files/file-parts.js';
import { placingOf } from '../intake/taken.js';
import { withPayloadAtNp } from '../intake/signs.js';
import { findableBy, orderRecordId, storedOrderSchema, type StoredOrder } from '../intake/stored-order.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { Connections } from '../shops/connections.js';
import { holdShop, keepFollowing, ShopChanged } from '../shops/held.js';
import { openRoutes, type RouteOf } from '../shops/routes.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { lockTransactions } from '../transactions/locks.js';
import { storePayloads, type PayloadKey } from '../transactions/payloads.js';
import { placeOrders, type Placing } from '../transactions/placing.js';
import { readingContext, readingOf, shopOf } from '../transactions/reading.js';
import type { OrderColumns } from '../transactions/rows.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { noteUnmapped, wordKey } from './word-maps.js';

interface Row {
  readonly id: string;
  readonly order_number: string;
  readonly facts: Facts;
  readonly sealed_order: Buffer;
}

interface Again {
  readonly items: readonly ApplyItem[];
  /** Where it is another one than is known. */
  readonly payloads: readonly (PayloadKey & { readonly payload: NpPayload })[];
  readonly placing: Placing;
}

/** The order as it is stored, and as it reads now. */
interface Stored {
  readonly before: StoredOrder;
  readonly order: Order;
}

const batch = 1_000;
const firstId = '00000000-0000-0000-0000-000000000000';
const finalNames = Object.keys(finalStates);

/**
 * Reads orders again that are known already, under the settings and the meanings of words as they are now: no cart is
 * asked. What NP may have is not edited for a setting.
 */
@Injectable()
export class Reread {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(FileParts) private readonly parts: FileParts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Every unfinished order of a shop. */
  async all(shopId: string): Promise<void> {
    await this.each(shopId, null);
  }

  /** The unfinished orders that wait for a word; gives how many of them do not wait for it any more. */
  async waitingFor(shopId: string, word: Word): Promise<number> {
    return this.each(shopId, word);
  }

  private async each(shopId: string, word: Word | null): Promise<number> {
    let present = await this.open(shopId);
    let resolved = 0;
    for (let after: string | undefined = firstId; after !== undefined;) {
      const from: string = after;
      try {
        const { last, count } = await this.database.transaction((manager) =>
          this.batch(manager, { ...present, word, from }),
        );
        resolved += count;
        after = last;
        if (!word) await keepFollowing(this.database.manager, shopId, this.clock.now());
      } catch (error) {
        if (!(error instanceof ShopChanged)) throw error;
        present = await this.open(shopId);
      }
    }
    return resolved;
  }

  private async open(shopId: string): Promise<{ readonly shop: OpenShop; readonly routeOf: RouteOf }> {
    const shop = await this.shops.open(shopId);
    return { shop, routeOf: await openRoutes({ connections: this.connections, shops: this.shops }, shop) };
  }

  private async batch(
    manager: EntityManager,
    { shop, routeOf, word, from }: { shop: OpenShop; routeOf: RouteOf; word: Word | null; from: string },
  ): Promise<{ last: string | undefined; count: number }> {
    await holdShop(manager, shop);
    const ids = await manager.query<{ id: string }[]>(
      `select id from transactions where shop_id = $1 and id > $2 and state <> all($3) and sealed_order is not null
         and ($4::text is null or (unmapped <> '{}' and $4 = any(unmapped))) order by id limit ${batch}`,
      [shop.id, from, finalNames, word && wordKey(word)],
    );
    const keys = ids.map(({ id }) => ({ shopId: shop.id, transactionId: id }));
    await lockTransactions(manager, keys);
    const rows = await manager.query<Row[]>(
      `select id, order_number, facts, sealed_order from transactions
       where shop_id = $1 and id = any($2) and sealed_order is not null order by id`,
      [shop.id, ids.map(({ id }) => id)],
    );
    const orders = await this.ordersOf(manager, shop, rows);
    const again = orders.map(([row, stored]) => this.again(shop, row, { stored, routeOf }));
    await this.transactions.applyIn(
      manager,
      again.flatMap(({ items }) => items),
    );
    const now = this.now();
    await storePayloads(
      manager,
      this.keyring,
      again.flatMap(({ payloads }) => payloads),
      now,
    );
    const placings = again.map(({ placing }) => placing);
    await placeOrders(manager, shop.id, placings);
    const unmapped = placings.flatMap((placing) => placing.unmapped);
    await noteUnmapped(manager, shop.id, unmapped, now);
    const still = word && placings.filter((placing) => placing.unmapped.some((each) => isSame(each, word)));
    return {
      last: ids.length === batch ? ids.at(-1)?.id : undefined,
      count: placings.length - (still?.length ?? 0),
    };
  }

  /** The orders as they were stored; those of files as their adapter reads the files' rows now. */
  private async ordersOf(
    manager: EntityManager,
    shop: OpenShop,
    rows: readonly Row[],
  ): Promise<readonly (readonly [Row, Stored])[]> {
    const numbers = rows.map((row) => row.order_number);
    const parts = shop.adapter.file ? await this.parts.find(manager, shop.id, numbers) : new Map();
    return rows.map((row) => {
      const record = openJson(this.keyring, orderRecordId(shop.id, row.id), row.sealed_order);
      const before = storedOrderSchema.parse(record);
      const of = parts.get(row.order_number);
      const reading = of && shop.adapter.readOrder(fileOrderOf(of), shop.settings);
      const order = reading?.kind === 'order' ? reading.order : before.order;
      return [row, { before, order }];
    });
  }

  private again(
    shop: OpenShop,
    row: Row,
    { stored, routeOf }: { readonly stored: Stored; readonly routeOf: RouteOf },
  ): Again {
    const key = { shopId: shop.id, transactionId: row.id };
    const { order, before } = stored;
    const facts = factsSchema.parse(row.facts);
    const route = routeOf(order);
    const context = readingContext(this.keyring, shopOf(shop, facts, route));
    const reading = readingOf(order, before.corrections, context);
    const at = this.now();
    const kept: StoredOrder = { order, corrections: reading.corrections };
    const columns: OrderColumns | null =
      JSON.stringify(kept) === JSON.stringify(before)
        ? null
        : {
            sealedOrder: sealJson(this.keyring, orderRecordId(shop.id, row.id), kept),
            readingHash: null,
            contentHash: null,
            ...findableBy(this.keyring, kept, reading.payload),
          };
    const snapshot = withPayloadAtNp(reading.snapshot, facts);
    const { hash } = reading.snapshot.payload;
    return {
      items: [
        { ...key, event: { type: 'rules-changed', at, rules: route.rules } },
        { ...key, event: { type: 'order-reread', at, snapshot }, ...(columns ? { order: columns } : {}) },
      ],
      payloads: hash === facts.wanted.payload.hash ? [] : [{ ...key, hash, payload: reading.payload }],
      placing: placingOf({ id: row.id, facts }, { order, route, unmapped: reading.unmapped }),
    };
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

const isSame = (one: Word, other: Word): boolean => wordKey(one) === wordKey(other);
