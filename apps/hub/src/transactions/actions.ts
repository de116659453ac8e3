import { Inject, Injectable } from '@nestjs/common';
import {
  applyCorrections,
  cartValueOf,
  checkTransactionId,
  correctablePaths,
  correctionsSchema,
  describeProblem,
  normaliseDigits,
  shopTransactionIdOf,
  type BulkAction,
  type BulkResults,
  type Clock,
  type CorrectablePath,
  type CorrectionPreview,
  type Corrections,
  type RefusalName,
  type TransactionEvent,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SignedInUser } from '../accounts/sessions.js';
import { creditAt, whoseIs } from '../doubts/whose.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { findableBy, orderRecordId, type StoredOrder } from '../intake/stored-order.js';
import { sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { Connections } from '../shops/connections.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { isCorrectable, plainEvents, type PlainAction } from './allowed.js';
import { lockTransactions } from './locks.js';
import { TransactionList, type ListedRow } from './list.js';
import { storePayloads } from './payloads.js';
import { noteWords } from './placing.js';
import { readingContext, readingOf, type Reading, type ReadingContext } from './reading.js';
import { refusalTexts } from './refusal-texts.js';
import { Transactions, type ApplyItem, type Outcome } from './transactions.js';

const npIdSchema = z
  .string()
  .max(60)
  .transform((text) => normaliseDigits(text).replace(/[\s-]/gu, ''));

export const enterIdSchema = z.object({ npTransactionId: npIdSchema });
export const adoptSchema = z.object({ npTransactionId: npIdSchema.nullable() });
export const fieldsSchema = z.object({
  fields: z.partialRecord(z.enum(correctablePaths), z.string().max(500)),
});
export type CorrectedFields = z.infer<typeof fieldsSchema>['fields'];

export type { PlainAction } from './allowed.js';

const bulkBatch = 100;
export const bulkSchema = z.object({
  keys: z
    .array(z.object({ shopId: z.uuid(), id: z.uuid() }))
    .min(1)
    .max(1_000),
});

/** What staff do to a transaction: each action is one event, refused by name where the facts do not allow it. */
@Injectable()
export class TransactionActions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Retry, cancel, release and the like. Throws 404, or 409 with the name of the refusal. */
  async plain(user: SignedInUser, key: { shopId: string; id: string }, action: PlainAction): Promise<void> {
    const row = await this.row(user, key);
    await this.apply(user, row, { type: plainEvents[action], at: this.now() });
  }

  /**
   * The same action on many transactions: each on its own, some in one database transaction. What a person may not
   * see, and what the facts do not allow, is told per transaction.
   */
  async bulk(
    user: SignedInUser,
    action: BulkAction,
    keys: readonly { shopId: string; id: string }[],
  ): Promise<BulkResults> {
    const results: BulkResults['results'] = [];
    for (let start = 0; start < keys.length; start += bulkBatch) {
      const some = keys.slice(start, start + bulkBatch);
      const visible = some.filter(({ shopId }) => !user.shopIds || user.shopIds.includes(shopId));
      const items = visible.map(({ shopId, id }) => ({
        shopId,
        transactionId: id,
        by: user.login,
        event: { type: plainEvents[action], at: this.now() },
      }));
      const outcomes = await this.transactions.apply(items);
      const byKey = new Map(visible.map((key, index) => [key, outcomes[index]]));
      results.push(...some.map((key) => resultOf(key, byKey.get(key))));
    }
    return { results };
  }

  /** Takes over a released order, by its NP id or, where the hub itself had released it, without one. */
  async adopt(
    user: SignedInUser,
    key: { shopId: string; id: string },
    npTransactionId: string | null,
  ): Promise<void> {
    const row = await this.row(user, key);
    if (npTransactionId !== null) await this.checkId(row, npTransactionId);
    await this.apply(user, row, { type: 'adopt-requested', at: this.now(), npTransactionId });
  }

  /** Resolves a lost registration by the id that NP's console shows. */
  async enterId(
    user: SignedInUser,
    key: { shopId: string; id: string },
    npTransactionId: string,
  ): Promise<void> {
    const row = await this.row(user, key);
    await this.checkId(row, npTransactionId);
    await this.askWhose(row, npTransactionId);
    await this.apply(user, row, { type: 'np-id-entered', at: this.now(), npTransactionId });
  }

  /** What NP would get under these corrections, and what it would still refuse. Saves nothing. */
  async preview(
    user: SignedInUser,
    key: { shopId: string; id: string },
    fields: CorrectedFields,
  ): Promise<CorrectionPreview> {
    const row = await this.row(user, key);
    const { reading } = this.corrected(await this.shops.open(row.shop_id), row, fields);
    return {
      payload: reading.payload,
      problems: [
        ...reading.snapshot.problems,
        ...(reading.snapshot.obstacles ?? []),
        ...reading.snapshot.shipmentProblems,
      ],
    };
  }

  /**
   * Lays corrections over the cart's order; a changed payload goes to NP for a new review by itself. `within` runs
   * first in the same database transaction: what it throws leaves everything as it was.
   */
  async correct(
    user: SignedInUser,
    key: { shopId: string; id: string },
    fields: CorrectedFields,
    within?: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    const shop = await this.shops.open((await this.row(user, key)).shop_id);
    await this.database.transaction(async (manager) => {
      await within?.(manager);
      // Read under the lock: what the cart has said meanwhile stands under the correction, and is not lost.
      await lockTransactions(manager, [{ shopId: key.shopId, transactionId: key.id }]);
      const row = await this.row(user, key, manager);
      if (fields.settlementType !== undefined && row.facts.attempts.at(-1)?.reported)
        throw new ApiProblem(409, 'already-reported', billedAlready);
      if (!isCorrectable(row.facts)) throw refused('not-allowed');
      const before = this.list.storedOrder(row)?.corrections ?? {};
      const { reading, stored } = this.corrected(shop, row, fields);
      const { snapshot } = reading;
      const item = correctionItem(this.keyring, row, { reading, stored, by: user.login, at: this.now() });
      const [outcome] = await this.transactions.applyIn(manager, [item]);
      const same = JSON.stringify(stored.corrections) === JSON.stringify(before);
      if (outcome?.kind === 'refused' && same) throw refused(outcome.name);
      const payload = {
        shopId: row.shop_id,
        transactionId: row.id,
        hash: snapshot.payload.hash,
        payload: reading.payload,
      };
      await storePayloads(manager, this.keyring, [payload], this.now());
      await noteWords(manager, [{ shopId: row.shop_id, id: row.id, unmapped: reading.unmapped }]);
    });
  }

  private corrected(shop: OpenShop, row: ListedRow, fields: CorrectedFields): Corrected {
    const stored = this.list.storedOrder(row);
    if (!stored) throw refused('not-allowed');
    return correctedOrder(stored, fields, readingContext(this.keyring, shop));
  }

  private async apply(user: SignedInUser, row: ListedRow, event: TransactionEvent): Promise<void> {
    const item = { shopId: row.shop_id, transactionId: row.id, event, by: user.login };
    const [outcome] = await this.transactions.apply([item]);
    if (outcome?.kind === 'refused' && outcome.name !== 'repeated') throw refused(outcome.name);
  }

  /** Asks NP whose this id is. Throws 409 where NP does not know it or names another order, 503 without answer. */
  private async askWhose(row: ListedRow, npTransactionId: string): Promise<void> {
    const connection = await this.connections.openOf({ shopId: row.shop_id, transactionId: row.id });
    const answers = await creditAt(connection, [{ npTransactionId }]);
    if (!answers) return;
    const whose = whoseIs(answers[0], shopTransactionIdOf(row.np_number, row.facts.inFlight?.attempt ?? 1));
    if (whose === 'unanswered') throw idProblem(503, 'np-unreachable');
    if (whose === 'not-at-np') throw idProblem(409, 'np-id-unknown');
    if (whose === 'other-order') throw idProblem(409, 'np-id-of-other-order');
  }

  /** The form of an id, and that no other transaction of the merchant has it. */
  private async checkId(row: ListedRow, npTransactionId: string): Promise<void> {
    const [problem] = checkTransactionId(npTransactionId, row.facts.rules.idForm);
    if (problem) {
      const [ja, en] = [describeProblem(problem, 'ja'), describeProblem(problem, 'en')];
      const message = { ja: ja.message, en: en.message };
      throw new ApiProblem(400, 'malformed-np-id', message, [{ field: 'npTransactionId', message }]);
    }
    const [taken] = await this.database.query<{ order_number: string }[]>(
      `select a.order_number from attempts a join transactions t on t.merchant = a.merchant
       where t.shop_id = $1 and t.id = $2 and a.np_transaction_id = $3 limit 1`,
      [row.shop_id, row.id, npTransactionId],
    );
    if (!taken) return;
    const message = {
      ja: `このNP取引IDは注文 ${taken.order_number} で使われています。番号をご確認ください。`,
      en: `This NP transaction id belongs to order ${taken.order_number}. Please check the number.`,
    };
    throw new ApiProblem(409, 'np-id-in-use', message, [{ field: 'npTransactionId', message }]);
  }

  private async row(
    user: SignedInUser,
    key: { shopId: string; id: string },
    manager?: EntityManager,
  ): Promise<ListedRow> {
    const row = await this.list.find(user, key.shopId, key.id, manager);
    if (!row) throw problemOf(404);
    return row;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** The event of a correction, with the order as it then stands. */
export function correctionItem(
  keyring: Keyring,
  { shop_id: shopId, id: transactionId }: Pick<ListedRow, 'shop_id' | 'id'>,
  { reading, stored, by, at }: Corrected & { readonly by: string; readonly at: string },
): ApplyItem {
  const { snapshot } = reading;
  return {
    shopId,
    transactionId,
    by,
    event: {
      type: 'correction-made',
      at,
      payload: snapshot.payload,
      problems: snapshot.problems,
      obstacles: snapshot.obstacles ?? [],
      shipment: snapshot.shipment,
      shipmentProblems: snapshot.shipmentProblems,
    },
    order: {
      sealedOrder: sealJson(keyring, orderRecordId(shopId, transactionId), stored),
      readingHash: null,
      contentHash: null,
      ...findableBy(keyring, stored, reading.payload),
    },
  };
}

/** An order under new corrections: what it then is, and what is stored of it. */
export interface Corrected {
  readonly reading: Reading;
  readonly stored: StoredOrder;
}

/** The order with new values over it. Pure; throws 400 for a value or a field that cannot be. */
export function correctedOrder(
  stored: StoredOrder,
  fields: CorrectedFields,
  context: ReadingContext,
): Corrected {
  const reading = readingOf(stored.order, mergedCorrections(stored, fields), context);
  const isTaken = reading.snapshot.problems.every(({ rule }) => rule !== 'settlement-type-not-taken');
  if (fields.settlementType && !isTaken)
    throw new ApiProblem(400, 'settlement-type-not-taken', notTaken, [
      { field: 'fields.settlementType', message: notTaken },
    ]);
  return { reading, stored: { order: stored.order, corrections: reading.corrections } };
}

/** The corrections with new values: a field set back to what the cart says is no correction any more. */
function mergedCorrections({ order, corrections }: StoredOrder, fields: CorrectedFields): Corrections {
  const merged: Record<string, { value: string; replaced: string | null }> = { ...corrections };
  for (const [path, value] of Object.entries(fields) as [CorrectablePath, string][]) {
    const replaced = cartValueOf(order, path);
    if ((replaced ?? '') === value.trim()) delete merged[path];
    else merged[path] = { value, replaced };
  }
  const parsed = correctionsSchema.safeParse(merged);
  if (!parsed.success) throw problemOf(400);
  const { dropped } = applyCorrections(order, parsed.data);
  const [impossible] = dropped.filter((path) => path in fields);
  if (impossible) {
    const message = { ja: 'この注文にはこの項目がありません。', en: 'This order has no such field.' };
    throw new ApiProblem(400, 'invalid-input', message, [{ field: `fields.${impossible}`, message }]);
  }
  return parsed.data;
}

/** Of a transaction that somebody may not see nothing is said but that there is none. */
/** What became of one of many. */
export function resultOf(
  { shopId, id }: { readonly shopId: string; readonly id: string },
  outcome: Outcome = { kind: 'refused', name: 'unknown-transaction' },
): BulkResults['results'][number] {
  if (outcome.kind === 'moved' || outcome.name === 'repeated') return { shopId, id, ok: true, error: null };
  return {
    shopId,
    id,
    ok: false,
    error: { error: outcome.name, message: refusalTexts[outcome.name] },
  };
}

const refused = (name: RefusalName): ApiProblem => new ApiProblem(409, name, refusalTexts[name]);

const billedAlready = {
  ja: '出荷報告済みのため、請求書の送り方は変更できません。',
  en: 'The shipment has been reported: the way of billing cannot be changed any more.',
};

const notTaken = {
  ja: 'この接続では、この請求書の送り方は使えません。',
  en: 'This connection does not take that way of billing.',
};

const idTexts = {
  'np-unreachable': {
    ja: 'NPに確認できなかったため、まだ保存していません。しばらくしてからもう一度お試しください。',
    en: 'NP could not be asked, so nothing was saved. Please try again in a while.',
  },
  'np-id-unknown': {
    ja: 'このNP取引IDの有効な取引がNPに見つかりません。番号をご確認ください。',
    en: 'NP has no valid transaction with this id. Please check the number.',
  },
  'np-id-of-other-order': {
    ja: 'このNP取引IDは別の注文のものです。この注文の加盟店取引IDで検索した番号をご確認ください。',
    en: 'This NP transaction id belongs to another order. Please check the number found by this order’s own id.',
  },
} as const;

const idProblem = (status: number, error: keyof typeof idTexts): ApiProblem =>
  new ApiProblem(status, error, idTexts[error], [{ field: 'npTransactionId', message: idTexts[error] }]);
