import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Transactions } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';
import { settledQuestions } from './lookalikes.js';

const batch = 200;

/** Ends questions about other orders that have answered themselves: the buyer has cancelled the first order, say. */
@Injectable()
export class DuplicateCheck {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Lets go what has no reason to wait any more; gives how many. */
  run(): Promise<number> {
    return this.database.transaction(async (manager) => {
      const keys = await settledQuestions(manager, batch);
      const at = this.clock.now().toISOString();
      await this.transactions.applyIn(
        manager,
        keys.map((key) => ({
          ...key,
          event: { type: 'duplicates-found', at, others: [], hold: false },
          by: 'np-hub',
        })),
      );
      return keys.length;
    });
  }
}
