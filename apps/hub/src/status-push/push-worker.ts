import { Inject, Injectable } from '@nestjs/common';
import { IoError, type PushResult, type StatusUpdate } from '@np-hub/kit';
import type { Clock, IdSource } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { failureFrom, Recovery } from '../backpressure/recovery.js';
import { recordCall } from '../dispatch/calls.js';
import { claimReads, finish, postpone, stillHeld, type Claimed, type DueGroup } from '../dispatch/claims.js';
import { Presence } from '../dispatch/presence.js';
import { markResultsDue } from '../files/results-due.js';
import type { Lease } from '../transactions/effects.js';
import { lockTransactions } from '../transactions/locks.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import type { Timing } from '../timing.js';
import { CLOCK, IDS, TIMING } from '../tokens.js';
import { sendWordAgain } from './again.js';
import { StatusUpdates } from './updates.js';

interface Word extends Claimed {
  readonly update: StatusUpdate;
}

interface Pushed {
  readonly results: readonly PushResult[];
  readonly error: IoError | null;
}

const batch = 100;
/** Words that wait for a file cost no call. */
const fileBatch = 300;
const leaseMs = 90_000;
const longestPauseMs = 30 * 60_000;

/** Shows the hub's state in the cart, in the cart's own words. Only the newest word of an order is ever sent. */
@Injectable()
export class PushWorker {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(StatusUpdates) private readonly updates: StatusUpdates,
    @Inject(Recovery) private readonly recovery: Recovery,
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
    const limit = (await this.recovery.isCartInTrouble(shop.id)) ? 1 : isPushed(shop) ? batch : fileBatch;
    const claimed = await claimReads(this.database.manager, group, limit, lease);
    const words = isPushed(shop) ? await this.words(shop, claimed) : [];
    const sent = new Set(words.map(({ transactionId }) => transactionId));
    const silent = claimed.filter(({ transactionId }) => !sent.has(transactionId));
    if (silent.length > 0)
      await this.database.transaction(async (manager) => {
        await lockTransactions(manager, silent);
        // Read under the lock: a file that was made meanwhile may have carried a newer word.
        if (isByFile(shop)) await markResultsDue(manager, await this.updates.of(manager, shop, silent));
        await finish(manager, 'word', lease.token, silent);
      });
    if (words.length > 0) await this.send(group, shop, lease, words);
    return claimed.length;
  }

  private async words(shop: OpenShop, claimed: readonly Claimed[]): Promise<readonly Word[]> {
    const updates = await this.updates.of(this.database.manager, shop, claimed);
    const byId = new Map(updates.map(({ transactionId, update }) => [transactionId, update]));
    return claimed.flatMap((item) => {
      const update = byId.get(item.transactionId);
      return update ? [{ ...item, update }] : [];
    });
  }

  private async send(group: DueGroup, shop: OpenShop, lease: Lease, claimed: readonly Word[]): Promise<void> {
    // Noted before the call, with no time yet: the cart may show the word although its answer was lost.
    const words = await this.database.transaction(async (manager) => {
      await lockTransactions(manager, claimed);
      const held = await stillHeld(manager, 'word', lease.token, claimed);
      const own = claimed.filter(({ transactionId }) => held.has(transactionId));
      await this.updates.noteSent(
        manager,
        own.map((word) => ({ ...word, error: null })),
        null,
      );
      return own;
    });
    if (words.length === 0) return;
    const started = this.clock.now();
    const { results, error } = await push(shop, words);
    const finished = this.clock.now();
    await this.database.transaction(async (manager) => {
      await lockTransactions(manager, words);
      const failures = words.flatMap((word, index) => failureOf(word, results[index]));
      const failed = new Map(failures.map(({ transactionId, error }) => [transactionId, error]));
      const held = await stillHeld(manager, 'word', lease.token, words);
      const isHeld = ({ transactionId }: Word) => held.has(transactionId);
      const told = words.map((word) => ({ ...word, error: failed.get(word.transactionId) ?? null }));
      const again = new Set(failures.filter(({ again }) => again).map(({ transactionId }) => transactionId));
      const isAgain = ({ transactionId }: Word) => again.has(transactionId);
      // Once more, with the time at which the cart surely shows it: an older reading says nothing about it.
      const arrived = told.filter((word) => isHeld(word) && !isAgain(word));
      await this.updates.noteSent(manager, arrived, finished.toISOString());
      // One that goes once more is still on its way: what the cart shows meanwhile says nothing.
      const failing = told.filter((word) => isHeld(word) && isAgain(word));
      await this.updates.noteSent(manager, failing, null);
      await this.overtaken(
        manager,
        shop.id,
        told.filter((word) => !isHeld(word)),
        finished,
      );
      await finish(
        manager,
        'word',
        lease.token,
        words.filter((word) => !isAgain(word)),
      );
      const later = words.filter(isAgain).map((word) => this.later(word, finished));
      await postpone(manager, 'word', lease.token, later);
      const call = {
        id: this.ids.next(),
        at: started.toISOString(),
        connectionId: null,
        shopId: group.connectionId,
        operation: 'push-status',
        lines: words.length,
        outcome: error?.kind ?? 'done',
        durationMs: finished.getTime() - started.getTime(),
        error: error?.message ?? null,
      };
      await recordCall(
        manager,
        call,
        words.map(({ transactionId }) => transactionId),
      );
    });
    if (error) await this.recovery.cartFailed(shop.id, 'push', failureFrom(error));
    else await this.recovery.cartAnswered(shop.id, 'push');
  }

  /**
   * Another word has been wanted since, and another hub may have sent it before this one arrived: the present word goes
   * once more, so that it comes last.
   */
  private async overtaken(
    manager: EntityManager,
    shopId: string,
    words: readonly (Word & { readonly error: string | null })[],
    at: Date,
  ): Promise<void> {
    await this.updates.noteInstructions(manager, words);
    const ids = words.map(({ transactionId }) => transactionId);
    await sendWordAgain(manager, shopId, ids, at.toISOString());
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
  const updates = words.map(({ update }) => update);
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
