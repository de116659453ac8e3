import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Facts, NpPayload, Operation } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { lookalikesOf, lookalikesOfUnwritten, type Lookalike } from '../duplicates/lookalikes.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, KEYRING } from '../tokens.js';
import type { Lease } from '../transactions/effects.js';
import { loadPayloads } from '../transactions/payloads.js';
import type { TransactionKey } from '../transactions/rows.js';
import { Transactions, type ApplyItem, type Outcome } from '../transactions/transactions.js';
import type { Unwritten } from '../transactions/working.js';
import { finish, type Claimed } from './claims.js';
import { lineOf, payloadNeeded, type Lines } from './lines.js';

/** One whose intent is stored, with the number that NP knows the order by. */
export interface Sent<Item extends Claimed = Claimed> {
  readonly item: Item;
  readonly facts: Facts;
  readonly npNumber: string;
}

/** What leaves for the gateway: a last look at registrations, and the lines that are sent. */
@Injectable()
export class Departures {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /**
   * Those of the claimed registrations that may go now; what would bill one sale twice is released or asked about, or, where
   * nobody can be asked (`ask: false`, a buyer waits at the checkout), only pointed out.
   */
  async mayGo<Item extends Claimed>(
    manager: EntityManager,
    claimed: readonly Item[],
    lease: Lease,
    { ask = true }: { readonly ask?: boolean } = {},
  ): Promise<readonly Item[]> {
    const single = await this.withoutDoubles(manager, claimed, lease);
    return this.withoutQuestions(manager, single, { now: lease.now, ask });
  }

  /**
   * A registration of an order that another shop of the same merchant has taken on would be a second live
   * transaction, or one for an order that is settled there: it is released instead, visibly, before anything is sent.
   */
  private async withoutDoubles<Item extends Claimed>(
    manager: EntityManager,
    claimed: readonly Item[],
    lease: Lease,
  ): Promise<readonly Item[]> {
    if (claimed.length === 0) return claimed;
    const keys = claimed.map((item) => ({ shop_id: item.shopId, id: item.transactionId }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys);
    // The order is that one's which has been at NP, else that one's which came first.
    const taken = await manager.query<{ id: string }[]>(
      `with mine as (
         select t.shop_id, t.id, t.merchant, t.np_number, t.created_at, ${hasAttempts('t')} as tried
         from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id)
       select m.id from mine m where exists (select 1 from attempts a where a.merchant = m.merchant
           and a.order_number = m.np_number and a.live and (a.shop_id, a.transaction_id) <> (m.shop_id, m.id))
         or exists (select 1 from order_keys n join transactions o on o.shop_id = n.shop_id and o.id = n.id
           where n.merchant = m.merchant and n.np_number = m.np_number
           and o.state <> 'released' and (o.shop_id, o.id) <> (m.shop_id, m.id)
           and (not ${hasAttempts('o')}, o.created_at, o.id) < (not m.tried, m.created_at, m.id))`,
      parameters,
    );
    const doubles = new Set(taken.map(({ id }) => id));
    const refused = claimed.filter(({ transactionId }) => doubles.has(transactionId));
    await finish(manager, 'write', lease.token, refused);
    await this.transactions.applyIn(
      manager,
      refused.map(({ shopId, transactionId }) => ({
        shopId,
        transactionId,
        event: { type: 'release-requested', at: lease.now, elsewhere: true },
        by: 'np-hub',
      })),
    );
    return claimed.filter(({ transactionId }) => !doubles.has(transactionId));
  }

  /** An order that looks like another open one waits for a person, where the shop wants to be asked. */
  private async withoutQuestions<Item extends Claimed>(
    manager: EntityManager,
    claimed: readonly Item[],
    { now, ask }: { readonly now: string; readonly ask: boolean },
  ): Promise<readonly Item[]> {
    const found = await lookalikesOf(manager, claimed);
    if (found.length === 0) return claimed;
    const outcomes = await this.transactions.applyIn(
      manager,
      found.map((each) => foundOf(each, { now, ask })),
    );
    const held = new Set(
      found
        .filter((_, index) => {
          const outcome = outcomes[index];
          return outcome?.kind === 'moved' && outcome.facts.inFlight === null;
        })
        .map(({ transactionId }) => transactionId),
    );
    return claimed.filter(({ transactionId }) => !held.has(transactionId));
  }

  /** New orders that are nobody else's sale, while nobody can be asked about them: those like another one are pointed out. */
  async pointOut(manager: EntityManager, unwritten: Unwritten, now: string): Promise<void> {
    const found = await lookalikesOfUnwritten(manager, [...unwritten.rows.values()], now);
    this.transactions.applyUnwritten(
      unwritten,
      found.map((each) => foundOf(each, { now, ask: false })),
    );
  }

  /** The lines to send, each null where something of it is not kept any more; with the payloads that are at hand, by transaction. */
  async linesOf<Item extends Claimed>(
    manager: EntityManager,
    operation: Operation,
    sent: readonly Sent<Item>[],
    atHand: ReadonlyMap<string, NpPayload> = new Map(),
  ): Promise<readonly { readonly item: Item; readonly line: Lines[Operation] | null }[]> {
    const wanted = sent.flatMap(({ item, facts }) => {
      const payload = payloadNeeded(facts, operation);
      return payload && !atHand.has(item.transactionId) ? [{ ...keyOf(item), hash: payload.hash }] : [];
    });
    const payloads = await loadPayloads(manager, this.keyring, wanted);
    const byId = new Map<string, NpPayload | undefined>([
      ...atHand,
      ...wanted.map((key, index) => [key.transactionId, payloads[index]] as const),
    ]);
    const now = this.clock.now();
    return sent.map(({ item, facts, npNumber: orderNumber }) => ({
      item,
      line: lineOf(operation, { orderNumber, facts, now }, byId.get(item.transactionId)),
    }));
  }
}

/** Those whose intent has moved them, in their order. */
export function movedOf<Item extends Claimed>(
  items: readonly Item[],
  outcomes: readonly Outcome[],
): readonly Sent<Item>[] {
  return items.flatMap((item, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'moved' ? [{ item, facts: outcome.facts, npNumber: outcome.npNumber }] : [];
  });
}

const hasAttempts = (row: string): string =>
  `exists (select 1 from attempts h where h.shop_id = ${row}.shop_id and h.transaction_id = ${row}.id)`;

const foundOf = (
  { shopId, transactionId, others, hold }: Lookalike,
  { now, ask }: { readonly now: string; readonly ask: boolean },
): ApplyItem => ({
  shopId,
  transactionId,
  event: { type: 'duplicates-found', at: now, others, hold: hold && ask },
  by: 'np-hub',
});

const keyOf = ({ shopId, transactionId }: TransactionKey): TransactionKey => ({ shopId, transactionId });
