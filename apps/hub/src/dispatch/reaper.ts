import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock, Operation } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Transactions } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';
import { finish } from './claims.js';
import { Presence } from './presence.js';

interface Expired {
  readonly shopId: string;
  readonly transactionId: string;
  readonly operation: Operation;
  readonly attempt: number;
  readonly token: string;
}

const batch = 1_000;

/** Ends the leases of workers that died. A writing operation with a recorded intent is a doubt, never a retry. */
@Injectable()
export class Reaper {
  private readonly logger = new Logger('dispatch');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Looks once for expired leases; gives how many doubts it found. */
  async run(): Promise<number> {
    const now = this.clock.now().toISOString();
    await this.presence.endLeasesOfGone(now);
    await this.database.query(
      `update effects e set token = null, lease_until = null, lease_owner = null, tries = tries + 1
       from (select shop_id, transaction_id, lane from effects
             where token is not null and lease_until < $1 and lane <> 'write' for update skip locked) d
       where e.shop_id = d.shop_id and e.transaction_id = d.transaction_id and e.lane = d.lane`,
      [now],
    );
    return this.database.transaction(async (manager) => {
      const expired = await manager.query<Expired[]>(
        `select e.shop_id as "shopId", e.transaction_id as "transactionId", e.operation, e.attempt, e.token
         from transactions t join effects e on e.shop_id = t.shop_id and e.transaction_id = t.id
         where e.lane = 'write' and e.token is not null and e.lease_until < $1
         order by t.shop_id, t.id limit ${batch} for update of t skip locked`,
        [now],
      );
      const lost: Expired[] = [];
      for (const token of new Set(expired.map((row) => row.token))) {
        const rows = expired.filter((row) => row.token === token);
        const held = await finish(manager, 'write', token, rows);
        lost.push(...rows.filter(({ transactionId }) => held.has(transactionId)));
      }
      await this.transactions.applyIn(
        manager,
        lost.map(({ shopId, transactionId, operation, attempt }) => ({
          shopId,
          transactionId,
          event: { type: 'answer-lost', operation, attempt, at: now },
        })),
      );
      if (lost.length > 0) this.logger.warn(`${lost.length} call(s) ended without an answer: in doubt`);
      return lost.length;
    });
  }
}
