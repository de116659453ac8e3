import { Inject, Injectable } from '@nestjs/common';
import { notSent } from '@np-hub/kit';
import { finalStates, type Clock, type Facts } from '@np-hub/model';
import { Interval } from '@nestjs/schedule';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { Transactions } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';
import { Reread } from '../words/reread.js';
import { Connections } from './connections.js';
import {
  endFollowing,
  holdShop,
  keepFollowing,
  ShopChanged,
  unfollowedShop,
  type Following,
} from './held.js';
import { Shops, type OpenShop } from './shops.js';

const batch = 1_000;
const firstId = '00000000-0000-0000-0000-000000000000';
const finalNames = Object.keys(finalStates);

/** Lets unfinished transactions follow changed settings, so that nobody has to touch each of them. */
@Injectable()
export class SettingsChange {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Reread) private readonly reread: Reread,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** After a connection changed: the rules pinned in the transactions of every shop on it follow. */
  async afterConnection(following: readonly Following[]): Promise<void> {
    for (const { id, isOwed } of following) {
      const shop = await this.pinRules(id);
      if (isOwed) await this.end(shop);
    }
  }

  /**
   * After a shop changed: the rules pinned in its transactions follow, its orders are read anew (from what is stored,
   * and by the next pull, which may now understand more), and the words that it now lets through are shown. What NP may already have is not edited for a setting.
   */
  async afterShop(shopId: string): Promise<void> {
    const shop = await this.pinRules(shopId);
    await this.reread.all(shopId);
    const now = this.clock.now();
    await this.database.query(
      `update transactions t set reread = true
       from (select id from transactions where shop_id = $1 and state <> all($2) order by id for update) d
       where t.shop_id = $1 and t.id = d.id`,
      [shopId, finalNames],
    );
    await this.database.query(
      // As a hint, too: a run under way that ends only now leaves the next one due at once.
      `update shops set next_run_at = $2, hinted_at = $2, swept_at = null, swept_to = null where id = $1 and mode = 'live'`,
      [shopId, now],
    );
    if (shop.adapter.push?.enabled(shop.settings)) await this.showUnshown(shop, now);
    await this.end(shop);
  }

  /** After the words of a shop have other meanings. `isOwed`: nothing but this is owed. */
  async afterWords(shopId: string, isOwed: boolean): Promise<void> {
    const shop = await this.shops.open(shopId);
    await this.reread.all(shopId);
    if (isOwed) await this.end(shop);
  }

  /** Begins anew what a change was to bring about, where the hub that was at it has ended. */
  @Interval(60_000)
  async finish(): Promise<void> {
    const next = () => unfollowedShop(this.database.manager, this.clock.now());
    for (let id = await next(); id !== undefined; id = await next()) await this.afterShop(id);
  }

  private end(shop: OpenShop): Promise<void> {
    return this.database.transaction((manager) => endFollowing(manager, shop));
  }

  /** What the cart has not been shown, or not for certain. What it has refused is for people. */
  private async showUnshown({ id: shopId, adapter }: OpenShop, now: Date): Promise<void> {
    const words = Object.entries(adapter.words).flatMap(([key, word]) =>
      word === notSent ? [] : [{ key, word }],
    );
    const { sql, parameters } = unnestRows({ key: 'text', word: 'text' }, words, 3);
    await this.database.query(
      `insert into effects (shop_id, transaction_id, lane, connection_id, operation, attempt, due_at)
       select t.shop_id, t.id, 'word', t.shop_id, 'push', 0, $2 from transactions t join ${sql} w on w.key = t.word_key
       where t.shop_id = $1 and (t.pushed_word is distinct from w.word or t.pushed_at is null) on conflict do nothing`,
      [shopId, now, ...parameters],
    );
  }

  /** Ended transactions as well: they can be opened again, and then nothing stale may hold. Gives the shop by which. */
  private async pinRules(shopId: string): Promise<OpenShop> {
    let shop = await this.shops.open(shopId);
    for (let after: string | undefined = firstId; after !== undefined;) {
      const from: string = after;
      try {
        after = await this.database.transaction((manager) => this.pinBatch(manager, shop, from));
        await keepFollowing(this.database.manager, shopId, this.clock.now());
      } catch (error) {
        if (!(error instanceof ShopChanged)) throw error;
        [shop, after] = [await this.shops.open(shopId), firstId];
      }
    }
    return shop;
  }

  /** The transactions behind this one; gives the last of them, undefined where there are no more. Throws `ShopChanged`. */
  private async pinBatch(manager: EntityManager, shop: OpenShop, from: string): Promise<string | undefined> {
    await holdShop(manager, shop);
    const rows = await manager.query<{ id: string; connection_id: string }[]>(
      `select id, connection_id from transactions where shop_id = $1 and id > $2 order by id limit ${batch}`,
      [shop.id, from],
    );
    const rules = await this.rulesUnder(manager, shop, [...new Set(rows.map((row) => row.connection_id))]);
    const at = this.clock.now().toISOString();
    await this.transactions.applyIn(
      manager,
      rows.flatMap(({ id, connection_id: connectionId }) => {
        const of = rules.get(connectionId);
        const event = of && ({ type: 'rules-changed', at, rules: of } as const);
        return event ? [{ shopId: shop.id, transactionId: id, event }] : [];
      }),
    );
    return rows.length === batch ? rows.at(-1)?.id : undefined;
  }

  /** By connection. Whoever changes one of them waits until the rules are stored, and follows then. */
  private async rulesUnder(
    manager: EntityManager,
    shop: OpenShop,
    connectionIds: readonly string[],
  ): Promise<ReadonlyMap<string, Facts['rules']>> {
    await manager.query('select 1 from connections where id = any($1) order by id for share', [
      connectionIds,
    ]);
    const rules = new Map<string, Facts['rules']>();
    for (const id of connectionIds) rules.set(id, this.shops.rulesOf(shop, await this.connections.open(id)));
    return rules;
  }
}
