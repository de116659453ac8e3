import { Inject, Injectable } from '@nestjs/common';
import { finalStates, type Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';

interface Counted {
  readonly id: string;
  readonly seen: boolean;
  readonly missedReads: number;
  readonly noticed: boolean;
}

/** Whole readings without the order before anybody is asked. */
const confirmedReads = 2;
const finalNames = Object.keys(finalStates);

/**
 * Orders that a whole reading of their day did not show. One that the cart said it has deleted is cancelled at
 * NP; of any other a person is asked, because a reading that fails to show an order proves little.
 */
@Injectable()
export class Absences {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Notes what a window that was read to its end did not show; gives how many transactions that moved. */
  async note(
    shopId: string,
    window: { readonly from: Date; readonly to: Date },
    seen: ReadonlySet<string>,
    readAt: string,
  ): Promise<number> {
    return this.database.transaction(async (manager) => {
      const orderNumbers = [...seen];
      const [counted] = await manager.query<[Counted[], number]>(
        `update transactions t set missed_reads = case when d.seen then 0 else missed_reads + 1 end,
           deletion_noticed_at = case when d.seen then null else deletion_noticed_at end
         from (select id, order_number = any($7) as seen from transactions
               where shop_id = $1 and ((missed_reads > 0 or deletion_noticed_at < $5) and order_number = any($7)
                 or ordered_at >= $2 and ordered_at < $3 and state <> all($4)
                   and created_at < $5 and missed_reads <= $6 and not (order_number = any($7)))
               order by id for update) d
         where t.shop_id = $1 and t.id = d.id
         returning t.id, d.seen, missed_reads as "missedReads", deletion_noticed_at is not null as noticed`,
        [shopId, window.from, window.to, finalNames, readAt, confirmedReads, orderNumbers],
      );
      const absent = counted.filter((row) => !row.seen);
      const items = absent.flatMap((row): ApplyItem[] => {
        const type = row.noticed
          ? 'order-deleted'
          : row.missedReads >= confirmedReads
            ? 'order-missing'
            : null;
        if (!type) return [];
        return [{ shopId, transactionId: row.id, event: { type, at: readAt, seenAt: readAt } }];
      });
      const outcomes = await this.transactions.applyIn(manager, items);
      return outcomes.filter(({ kind }) => kind === 'moved').length;
    });
  }

  /**
   * The cart has these orders in a shape that cannot be read, so that what is known of them may be out of date (a
   * cancel may stand in the row): nobody ships on it before the next sound reading, and a person is asked. `once`: what is
   * in doubt already stays as it is, because the cart is read again and again.
   */
  async noteUnreadable(
    shopId: string,
    orderNumbers: readonly string[],
    readAt: string,
    { once = false }: { readonly once?: boolean } = {},
  ): Promise<void> {
    if (orderNumbers.length === 0) return;
    await this.database.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string; seenAt: string }[], number]>(
        `update transactions t set reread = true
         from (select id from transactions where shop_id = $1 and order_number = any($2) and state <> all($3)
                 and not ($4 and (facts -> 'cart' ->> 'missing')::boolean)
               order by id for update) d
         where t.shop_id = $1 and t.id = d.id returning t.id, t.facts -> 'cart' ->> 'seenAt' as "seenAt"`,
        [shopId, orderNumbers, [...finalNames, 'reported'], once],
      );
      const at = this.clock.now().toISOString();
      const items = rows.map(({ id, seenAt: known }): ApplyItem => {
        // Another of the order's files may be newer than this one: the doubt holds all the same.
        const seenAt = readAt > known ? readAt : known;
        return { shopId, transactionId: id, event: { type: 'order-missing', at, seenAt } };
      });
      await this.transactions.applyIn(manager, items);
    });
  }

  /** The cart says that these orders are gone: the next whole reading that does not show them confirms it. */
  async noticeDeletions(shopId: string, orderNumbers: readonly string[], at: Date): Promise<void> {
    if (orderNumbers.length === 0) return;
    await this.database.query(
      `update transactions t set deletion_noticed_at = $3, missed_reads = 0
       from (select id from transactions where shop_id = $1 and order_number = any($2) order by id for update) d
       where t.shop_id = $1 and t.id = d.id`,
      [shopId, orderNumbers, at],
    );
  }
}
