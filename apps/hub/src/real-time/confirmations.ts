import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutResults, Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { CLOCK } from '../tokens.js';
import { Transactions, type ApplyItem, type Outcome } from '../transactions/transactions.js';

/** What a cart says of orders that it has asked about: made, or never to be made. */
@Injectable()
export class Confirmations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Results in the order of the numbers. */
  async tell(
    shopId: string,
    orderNumbers: readonly string[],
    type: 'order-confirmed' | 'checkout-abandoned',
    by: string,
  ): Promise<CheckoutResults['results']> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<{ id: string; order_number: string }[]>(
        `select id, order_number from transactions where shop_id = $1 and order_number = any($2)
         order by id for update`,
        [shopId, orderNumbers],
      );
      const at = this.clock.now().toISOString();
      const outcomes = await this.transactions.applyIn(
        manager,
        rows.map(({ id }): ApplyItem => ({ shopId, transactionId: id, event: { type, at }, by })),
      );
      const byNumber = new Map(rows.map((row, index) => [row.order_number, outcomes[index]]));
      return orderNumbers.map((orderNumber) => ({
        orderNumber,
        outcome: outcomeOf(byNumber.get(orderNumber)),
      }));
    });
  }
}

function outcomeOf(outcome: Outcome | undefined): CheckoutResults['results'][number]['outcome'] {
  if (!outcome) return 'unknown';
  if (outcome.kind === 'moved') return 'done';
  return outcome.name === 'repeated' ? 'unchanged' : 'not-allowed';
}
