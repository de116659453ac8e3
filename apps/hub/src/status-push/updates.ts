import { Inject, Injectable } from '@nestjs/common';
import { notSent, type StatusUpdate } from '@np-hub/kit';
import {
  currentAttempt,
  describeProblem,
  factsSchema,
  instructionOf,
  isInstructed,
  type CartInstruction,
  type Clock,
  type Facts,
  type State,
  type WordKey,
} from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { gateways } from '../gateways.js';
import { orderRecordId, storedOrderSchema, type StoredOrder } from '../intake/stored-order.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { reasonsOf, type TransactionKey } from '../transactions/rows.js';
import { Transactions } from '../transactions/transactions.js';

interface Row {
  readonly id: string;
  readonly order_number: string;
  readonly np_number: string;
  readonly np_transaction_id: string | null;
  readonly state: State;
  readonly word_key: WordKey | null;
  readonly facts: Facts;
  readonly sealed_order: Buffer | null;
}

export interface DueUpdate extends TransactionKey {
  readonly update: StatusUpdate;
}

const titles = new Map(gateways.flatMap(({ codes }) => codes.map(({ code, title }) => [code, title.ja])));

/** What carts are told of orders: the word, why, and what the cart is to do. By call and in result files alike. */
@Injectable()
export class StatusUpdates {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /**
   * What to say of these orders of a shop, in the order of their ids. Orders without a word are left out, and so are
   * doubles, whose order in the cart shows the words of the shop that has it at NP.
   */
  async of(
    manager: EntityManager,
    shop: OpenShop,
    keys: readonly TransactionKey[],
  ): Promise<readonly DueUpdate[]> {
    if (keys.length === 0) return [];
    const rows = await manager.query<Row[]>(
      `select t.id, t.order_number, t.np_number, t.np_transaction_id, t.state, t.word_key, t.facts, t.sealed_order
       from transactions t where t.shop_id = $1 and t.id = any($2)
         and not (t.state = 'released' and exists (select 1 from attempts a where a.merchant = t.merchant
           and a.order_number = t.np_number and a.live and (a.shop_id, a.transaction_id) <> (t.shop_id, t.id)))
       order by t.id`,
      [shop.id, keys.map(({ transactionId }) => transactionId)],
    );
    return rows.flatMap((row) => {
      const word = row.word_key ? shop.adapter.words[row.word_key] : notSent;
      return word === notSent ? [] : [this.updateOf(shop, row, word)];
    });
  }

  /**
   * Notes what was shown, or why it was not. `at` is when the cart surely shows it; null: it is on its way. What the
   * cart has taken over as an order to it is noted in the history. The rows are locked by the caller.
   */
  async noteSent(
    manager: EntityManager,
    items: readonly (DueUpdate & { readonly error: string | null })[],
    at: string | null,
  ): Promise<void> {
    if (items.length === 0) return;
    const rows = items.map((item) => ({
      shop_id: item.shopId,
      id: item.transactionId,
      word: item.update.word,
      error: item.error,
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
    if (at !== null) await this.noteInstructions(manager, items);
  }

  /** Notes in the history what carts have taken over as an order to them. The rows are locked by the caller. */
  async noteInstructions(
    manager: EntityManager,
    items: readonly (DueUpdate & { readonly error: string | null })[],
  ): Promise<void> {
    const asked = items.flatMap(({ shopId, transactionId, update: { instruction }, error }) =>
      instruction && error === null ? [{ shopId, transactionId, instruction }] : [],
    );
    if (asked.length === 0) return;
    const { sql, parameters } = unnestRows(
      { id: 'uuid' },
      asked.map(({ transactionId }) => ({ id: transactionId })),
    );
    const rows = await manager.query<{ id: string; attempts: number }[]>(
      `select t.id, json_array_length(t.facts->'attempts') as attempts from transactions t join ${sql} k on t.id = k.id`,
      parameters,
    );
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    await this.transactions.applyIn(
      manager,
      asked.map(({ shopId, transactionId, instruction }) => ({
        shopId,
        transactionId,
        event: {
          type: 'instruction-given',
          at: this.clock.now().toISOString(),
          attempt: attempts.get(transactionId) ?? 0,
          instruction,
        },
      })),
    );
  }

  private updateOf(shop: OpenShop, row: Row, word: string): DueUpdate {
    const facts = factsSchema.parse(row.facts);
    const stored = this.storedOrder(shop, row);
    const isOther = row.np_number !== row.order_number;
    return {
      shopId: shop.id,
      transactionId: row.id,
      update: {
        orderNumber: row.order_number,
        originNumber: isOther ? row.np_number : null,
        word,
        npTransactionId: row.np_transaction_id,
        reasons: whyOf(row.state, facts),
        instruction: stored ? dueInstruction(shop, facts, stored) : null,
      },
    };
  }

  /** Opened only where the cart can be asked to do something. */
  private storedOrder(shop: OpenShop, { id, sealed_order: sealed }: Row): StoredOrder | null {
    if (!sealed || !shop.adapter.instructions?.length) return null;
    return storedOrderSchema.parse(openJson(this.keyring, orderRecordId(shop.id, id), sealed));
  }
}

/** What the cart is to do with the order beside showing the word, where it can be asked and has not been. */
function dueInstruction(shop: OpenShop, facts: Facts, { order }: StoredOrder): CartInstruction | null {
  const instruction = instructionOf(facts, shop.policies, order);
  if (!instruction || !shop.adapter.instructions?.includes(instruction)) return null;
  return isInstructed(facts, instruction) ? null : instruction;
}

const lostAnswer = 'NPの回答が届いていません。結果を確認しています。';

/** Why the order is where it is, in Japanese, one sentence each; nothing where all goes well. */
function whyOf(state: State, facts: Facts): readonly string[] {
  const { problems, obstacles, shipmentProblems } = facts.wanted;
  const found = {
    blocked: [...problems, ...obstacles],
    'amendment-failed': problems,
    'report-failed': shipmentProblems,
  };
  const own = state in found ? found[state as keyof typeof found] : [];
  const codes = [...reasonsOf(facts), ...(currentAttempt(facts)?.credit?.reasons ?? [])];
  const told = quiet.has(state) ? [] : codes.map(({ code }) => `${titles.get(code) ?? ''}（${code}）`);
  const texts = [
    ...own.map((problem) => describeProblem(problem, 'ja').message),
    ...told,
    ...(state === 'in-doubt' ? [lostAnswer] : []),
  ];
  return [...new Set(texts)];
}

/** In these nothing stands in the way, whatever was said before. */
const quiet: ReadonlySet<State> = new Set<State>([
  'received',
  'registering',
  'reviewing',
  'approved',
  'amending',
  'reporting',
  'reported',
  'cancelling',
  'cancelled',
  'reissuing',
  'paid',
  'released',
]);
