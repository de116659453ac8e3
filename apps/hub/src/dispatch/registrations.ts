import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { lookalikesOf } from '../duplicates/lookalikes.js';
import { Transactions } from '../transactions/transactions.js';
import { finish, type Claimed, type Lease } from './claims.js';

/** Looks at registrations once more before they leave: what would bill one sale twice is kept back. */
@Injectable()
export class Registrations {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** Those of the claimed rows that may go now; the others are released or asked about. */
  async mayGo(
    manager: EntityManager,
    claimed: readonly Claimed[],
    lease: Lease,
  ): Promise<readonly Claimed[]> {
    const single = await this.withoutDoubles(manager, claimed, lease);
    return this.withoutQuestions(manager, single, lease);
  }

  /**
   * A registration of an order that another shop of the same merchant has at NP already would be a second live
   * transaction: it is released instead, visibly, before anything is sent.
   */
  private async withoutDoubles(
    manager: EntityManager,
    claimed: readonly Claimed[],
    lease: Lease,
  ): Promise<readonly Claimed[]> {
    if (claimed.length === 0) return claimed;
    const keys = claimed.map((item) => ({ shop_id: item.shopId, id: item.transactionId }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, keys);
    // Of two in one batch the first may go.
    const taken = await manager.query<{ id: string }[]>(
      `select id from (
         select t.id, row_number() over (partition by t.merchant, t.np_number order by t.created_at, t.id) > 1
           or exists (select 1 from attempts a where a.merchant = t.merchant and a.order_number = t.np_number
             and a.live and (a.shop_id, a.transaction_id) <> (t.shop_id, t.id)) as doubled
         from transactions t join ${sql} k on t.shop_id = k.shop_id and t.id = k.id) d
       where d.doubled`,
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
  private async withoutQuestions(
    manager: EntityManager,
    claimed: readonly Claimed[],
    lease: Lease,
  ): Promise<readonly Claimed[]> {
    const found = await lookalikesOf(manager, claimed);
    if (found.length === 0) return claimed;
    const outcomes = await this.transactions.applyIn(
      manager,
      found.map(({ shopId, transactionId, others, hold }) => ({
        shopId,
        transactionId,
        event: { type: 'duplicates-found', at: lease.now, others, hold },
        by: 'np-hub',
      })),
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
}
