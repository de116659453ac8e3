import { Inject, Injectable } from '@nestjs/common';
import { IoError, notSent, type PushResult } from '@np-hub/kit';
import type { Clock, IdSource, WordKey } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { recordCall } from '../dispatch/calls.js';
import { claimReads, finish, postpone, type Claimed, type DueGroup, type Lease } from '../dispatch/claims.js';
import { Presence } from '../dispatch/presence.js';
import { markResultsDue } from '../files/results-due.js';
import { lockTransactions } from '../transactions/locks.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import type { Timing } from '../timing.js';
import { CLOCK, IDS, TIMING } from '../tokens.js';

interface Word extends Claimed {
  readonly orderNumber: string;
  readonly word: string;
}

interface Pushed {
  readonly results: readonly PushResult[];
  readonly error: IoError | null;
}

const batch = 100;
const leaseMs = 90_000;
const longestPauseMs = 30 * 60_000;

/** Shows the hub's state in the cart, in the cart's own words. Only the newest word of an order is ever sent. */
@Injectable()
export class PushWorker {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(TIMING) private readonly timing: Timing,
  ) {}

  /** Sends one batch of one shop's words; gives how many rows were taken. */
  async run(group: DueGroup): Promise<number> {
    const shop = await this.shops.open(group.connectionId);
    const now = this.clock.now();
    const lease: Lease = {
      token: this.ids.next(),
      owner: await this.presence.owner(),
      now: now.toISOString(),
      until: new Date(now.getTime() + leaseMs).toISOString(),
    };
    const claimed = await this.database.transaction((manager) => claimReads(manager, group, batch, lease));
    const words = await this.words(shop, claimed);
    const sendable = new Set(isPushed(shop) ? words.map(({ transactionId }) => transactionId) : []);
    const silent = claimed.filter(({ transactionId }) => !sendable.has(transactionId));
    await this.database.transaction(async (manager) => {
      await lockTransactions(manager, silent);
      if (isByFile(shop)) await markResultsDue(manager, words);
      await finish(manager, 'word', lease.token, silent);
    });
    if (sendable.size > 0) await this.send(group, shop, lease, words);
    return claimed.length;
  }

  /**
   * What to say: nothing where the cart has no word, or the shop takes nothing back, by call or by file; and nothing
   * of a double, whose order in the cart shows the words of the shop that has it at NP.
   */
  private async words(shop: OpenShop, claimed: readonly Claimed[]): Promise<readonly Word[]> {
    if (claimed.length === 0 || (!isPushed(shop) && !isByFile(shop))) return [];
    const keys = claimed.map((item) => ({ shop_id: item.shopId, id: item.transactionId }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys);
    const rows = await this.database.query<{ id: string; order_number: string; word_key: WordKey | null }[]>(
      `select t.id, t.order_number, t.word_key from transactions t
       join ${sql} k on t.shop_id = k.shop_id and t.id = k.id
       where not (t.state = 'released' and exists (select 1 from attempts a where a.merchant = t.merchant
         and a.order_number = t.order_number and a.live and a.shop_id <> t.shop_id))`,
      parameters,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return claimed.flatMap((item) => {
      const row = byId.get(item.transactionId);
      const word = row?.word_key ? shop.adapter.words[row.word_key] : notSent;
      return row && word !== notSent ? [{ ...item, orderNumber: row.order_number, word }] : [];
    });
  }

  private async send(group: DueGroup, shop: OpenShop, lease: Lease, words: readonly Word[]): Promise<void> {
    // Noted before the call, with no time yet: the cart may show the word although its answer was lost.
    await this.database.transaction((manager) =>
      this.noteWords(
        manager,
        words.map((word) => ({ ...word, error: null })),
        null,
      ),
    );
    const started = this.clock.now();
    const { results, error } = await push(shop, words);
    const finished = this.clock.now();
    await this.database.transaction(async (manager) => {
      await lockTransactions(manager, words);
      const failures = words.flatMap((word, index) => failureOf(word, results[index]));
      const failed = new Map(failures.map(({ transactionId, error }) => [transactionId, error]));
      // Once more, with the time at which the cart surely shows it: an older reading says nothing about it.
      await this.noteWords(
        manager,
        words.map((word) => ({ ...word, error: failed.get(word.transactionId) ?? null })),
        finished.toISOString(),
      );
      const again = new Set(failures.filter(({ again }) => again).map(({ transactionId }) => transactionId));
      await finish(
        manager,
        'word',
        lease.token,
        words.filter(({ transactionId }) => !again.has(transactionId)),
      );
      const later = words
        .filter(({ transactionId }) => again.has(transactionId))
        .map((word) => this.later(word, finished));
      await postpone(manager, 'word', lease.token, later);
      await recordCall(manager, {
        id: this.ids.next(),
        at: started.toISOString(),
        connectionId: null,
        shopId: group.connectionId,
        operation: 'push-status',
        lines: words.length,
        outcome: error?.kind ?? 'done',
        durationMs: finished.getTime() - started.getTime(),
        error: error?.message ?? null,
      });
    });
  }

  private async noteWords(
    manager: EntityManager,
    words: readonly (Word & { readonly error: string | null })[],
    at: string | null,
  ): Promise<void> {
    if (words.length === 0) return;
    await lockTransactions(manager, words);
    const rows = words.map((word) => ({
      shop_id: word.shopId,
      id: word.transactionId,
      word: word.word,
      error: word.error,
    }));
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid', word: 'text', error: 'text' },
      rows,
      2,
    );
    await manager.query(
      `update transactions t set pushed_word = k.word, pushed_at = $1, push_error = k.error
       from ${sql} k where t.shop_id = k.shop_id and t.id = k.id`,
      [at, ...parameters],
    );
  }

  private later(word: Word, from: Date) {
    const pauseMs = Math.min(this.timing.retryMs * 2 ** Math.min(word.tries, 10), longestPauseMs);
    return { ...word, dueAt: new Date(from.getTime() + pauseMs).toISOString() };
  }
}

const isPushed = ({ adapter, settings }: OpenShop): boolean => adapter.push?.enabled(settings) ?? false;

/** Words that are not called out wait for the next result file. */
const isByFile = (shop: OpenShop): boolean => shop.adapter.file !== undefined && !isPushed(shop);

async function push(shop: OpenShop, words: readonly Word[]): Promise<Pushed> {
  const updates = words.map(({ orderNumber, word }) => ({ orderNumber, word }));
  try {
    return { results: (await shop.adapter.push?.pushStatus(shop.io, updates)) ?? [], error: null };
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    return { results: words.map(() => ({ kind: 'failed', message: error.message })), error };
  }
}

/** A refused word is shown to people and not tried again; a failed one is. */
function failureOf(word: Word, result: PushResult | undefined) {
  if (result?.kind === 'done') return [];
  return [
    { ...word, error: result?.message ?? 'no answer for this order', again: result?.kind !== 'refused' },
  ];
}
