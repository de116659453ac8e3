import { Inject, Injectable } from '@nestjs/common';
import type { IdSource } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { DriftedWord } from '../intake/signs.js';
import type { OpenShop } from '../shops/shops.js';
import { IDS } from '../tokens.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { noteFindings, type Finding } from './findings.js';

interface Row {
  readonly id: string;
  readonly pushedWord: string;
  /** The cart has refused our word: what it shows is no news, and to be sent again it takes a person or another word. */
  readonly isRefused: boolean;
  /** A person has been asked about this already. */
  readonly isKnown: boolean;
}

/**
 * Words in a cart that are not ours any more. None is painted over without a trace: the history says what was shown
 * and what should be, and the finding stands in the list, repaired or offered by the shop's rule.
 */
@Injectable()
export class WordDrift {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The transactions are locked by the caller. Where a word of ours is on its way, nothing has drifted. */
  async found(
    manager: EntityManager,
    shop: OpenShop,
    drifted: readonly DriftedWord[],
    { runId, at }: { readonly runId: string | null; readonly at: string },
  ): Promise<void> {
    if (drifted.length === 0) return;
    const rows = await this.rows(manager, shop.id, drifted);
    const repair = shop.policies.wordDrift;
    const words = new Map(drifted.map(({ transactionId, shown }) => [transactionId, shown]));
    const isRepaired = ({ isRefused }: Row): boolean => repair === 'automatic' && !isRefused;
    const told = rows.filter((row) => isRepaired(row) || !row.isKnown);
    const items = told
      .filter(({ isRefused }) => !isRefused)
      .map(({ id, pushedWord }): ApplyItem => {
        const shown = words.get(id) ?? '';
        const event = { type: 'word-drift-found', at, shown, expected: pushedWord, repair } as const;
        return { shopId: shop.id, transactionId: id, event };
      });
    await this.transactions.applyIn(manager, items);
    // A reconciliation names what it has seen, known or not.
    const findings = (runId === null ? told : rows).map((row): Finding => ({
      shopId: shop.id,
      transactionId: row.id,
      kind: 'cart-word',
      attempt: null,
      had: row.pushedWord,
      shown: words.get(row.id) ?? '',
      event: isRepaired(row) ? 'word-drift-found' : null,
      action: 'send-word',
    }));
    await noteFindings(manager, findings, { runId, at, ids: this.ids });
  }

  private rows(
    manager: EntityManager,
    shopId: string,
    drifted: readonly DriftedWord[],
  ): Promise<readonly Row[]> {
    const { sql, parameters } = unnestRows(
      { id: 'uuid', shown: 'text' },
      drifted.map(({ transactionId: id, shown }) => ({ id, shown })),
      2,
    );
    return manager.query<Row[]>(
      `select t.id, t.pushed_word as "pushedWord", t.push_error is not null as "isRefused",
         exists (select 1 from findings f where f.shop_id = t.shop_id and f.transaction_id = t.id and f.kind = 'cart-word'
           and (f.state = 'open' or (f.resolution = 'dismissed' and f.shown = k.shown))) as "isKnown"
       from transactions t join ${sql} k on t.id = k.id
       where t.shop_id = $1 and t.word_key is not null and t.pushed_word is not null and not exists (
         select 1 from effects e where e.shop_id = t.shop_id and e.transaction_id = t.id and e.lane = 'word')
       order by t.id`,
      [shopId, ...parameters],
    );
  }
}
