import { Inject, Injectable } from '@nestjs/common';
import { notSent, type StatusUpdate } from '@np-hub/kit';
import type { WordKey } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { OpenShop } from '../shops/shops.js';
import type { TransactionKey } from '../transactions/rows.js';

@Injectable()
export class StatusUpdates {
  constructor(@Inject(DataSource) readonly database: DataSource) {}
  async of(manager: EntityManager, shop: OpenShop, keys: readonly TransactionKey[]) {
    const rows = await manager.query<
      { id: string; order_number: string; word_key: WordKey | null; np: string | null }[]
    >(
      `select id, order_number, word_key, np_transaction_id as np from transactions where shop_id = $1 and id = any($2) order by id`,
      [shop.id, keys.map((k) => k.transactionId)],
    );
    return rows.flatMap((row): { transactionId: string; update: StatusUpdate }[] => {
      const word = row.word_key ? shop.adapter.words[row.word_key] : notSent;
      return word === notSent
        ? []
        : [
            {
              transactionId: row.id,
              update: {
                orderNumber: row.order_number,
                word,
                npTransactionId: row.np,
                reasons: [],
                instruction: null,
              },
            },
          ];
    });
  }
  async noteSent(
    manager: EntityManager,
    items: readonly (TransactionKey & { update: StatusUpdate; error: string | null })[],
    at: string,
  ) {
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid', word: 'text', error: 'text' },
      items.map((i) => ({ shop_id: i.shopId, id: i.transactionId, word: i.update.word, error: i.error })),
      2,
    );
    await manager.query(
      `update transactions t set pushed_word = k.word, pushed_at = $1, push_error = k.error from ${sql} k where t.shop_id = k.shop_id and t.id = k.id`,
      [at, ...parameters],
    );
  }
}
