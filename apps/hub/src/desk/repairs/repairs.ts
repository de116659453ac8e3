import { Inject, Injectable } from '@nestjs/common';
import {
  cartValueOf,
  correctablePaths,
  describeProblem,
  factsSchema,
  type Clock,
  type CorrectablePath,
  type Problem,
  type RepairOrder,
  type RepairPage,
  type RepairResult,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SignedInUser } from '../../accounts/sessions.js';
import { unnestRows } from '../../database/bulk.js';
import { ApiProblem } from '../../http/problem.js';
import { ChangeFeed } from '../../http/stream.js';
import type { StoredOrder } from '../../intake/stored-order.js';
import { postalLookup } from '../../postal.js';
import type { Keyring } from '../../security/keyring.js';
import { Shops, type OpenShop } from '../../shops/shops.js';
import { CLOCK, KEYRING } from '../../tokens.js';
import {
  correctedOrder,
  correctionItem,
  fieldsSchema,
  type Corrected,
  type CorrectedFields,
} from '../../transactions/actions.js';
import { isCorrectable } from '../../transactions/allowed.js';
import { lockTransactions } from '../../transactions/locks.js';
import { listedColumns, TransactionList, type ListedRow } from '../../transactions/list.js';
import { storePayloads } from '../../transactions/payloads.js';
import { noteWords } from '../../transactions/placing.js';
import { readingContext } from '../../transactions/reading.js';
import { refusalTexts } from '../../transactions/refusal-texts.js';
import { Transactions } from '../../transactions/transactions.js';
import { valueOf } from '../field-values.js';
import { RepairGroups, type Pattern } from './groups.js';
import { proposalOf } from './proposals.js';

export const applySchema = z.object({
  /** What was there before is put back, whatever NP's rules say of it. */
  undo: z.boolean().default(false),
  orders: z
    .array(fieldsSchema.extend({ shopId: z.uuid(), id: z.uuid() }))
    .min(1)
    .max(100)
    .refine((orders) => new Set(orders.map(({ id }) => id)).size === orders.length, 'twice'),
});
type Applied = z.infer<typeof applySchema>;
type Order = Applied['orders'][number];

interface Prepared extends Corrected {
  readonly row: ListedRow;
  readonly before: StoredOrder;
  readonly undo: CorrectedFields;
}

const noSuchOrder: RepairResult['error'] = {
  error: 'unknown-transaction',
  message: refusalTexts['unknown-transaction'],
};
const notAllowed: RepairResult['error'] = { error: 'not-allowed', message: refusalTexts['not-allowed'] };

const stillRefused = (problem: Problem): RepairResult['error'] => ({
  error: 'still-refused',
  message: { ja: describeProblem(problem, 'ja').message, en: describeProblem(problem, 'en').message },
});

/** Puts many orders of one pattern right: proposals to look at, and what was confirmed in one database transaction. */
@Injectable()
export class Repairs {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RepairGroups) private readonly groups: RepairGroups,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** The orders of a pattern, each with what stands in the field now and what might put it right. Changes nothing. */
  async preview(
    user: SignedInUser,
    shopIds: readonly string[] | null,
    pattern: Pattern,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<RepairPage> {
    const { rows, next } = await this.groups.orders(shopIds, pattern, page);
    const shops = await this.openShops(rows);
    const orders = rows.map((row) => this.orderView(user, row, { pattern, shop: shops.get(row.shop_id) }));
    return { orders, next };
  }

  /**
   * Corrects up to a hundred orders. Each result says how to take it back; what a person may not see, what the facts do
   * not allow, and what NP's rules would still not let through, is told for its order and holds up no other.
   */
  async apply(user: SignedInUser, { orders, undo }: Applied): Promise<readonly RepairResult[]> {
    const seen = [...(await this.rowsOf(this.database.manager, user, orders)).values()];
    const shops = await this.openShops(seen);
    const failed = new Map<string, RepairResult['error']>();
    const prepared: Prepared[] = [];
    await this.database.transaction(async (manager) => {
      // Read under the lock: what the carts have said meanwhile stands under the corrections, and is not lost.
      await lockTransactions(
        manager,
        seen.map((row) => ({ shopId: row.shop_id, transactionId: row.id })),
      );
      const rows = await this.rowsOf(manager, user, orders);
      for (const order of orders) {
        const ready = this.prepare(order, { row: rows.get(order.id), shop: shops.get(order.shopId), undo });
        if ('row' in ready) prepared.push(ready);
        else failed.set(order.id, ready.error);
      }
      await this.write(manager, user, prepared, failed);
    });
    this.feed.notify(orders.map(({ shopId }) => shopId));
    const undos = new Map(prepared.map(({ row, undo }) => [row.id, undo]));
    return orders.map(({ shopId, id }) => {
      const error = failed.get(id) ?? null;
      return { shopId, id, ok: error === null, error, undo: error === null ? (undos.get(id) ?? {}) : {} };
    });
  }

  private prepare(
    { fields }: Order,
    {
      row,
      shop,
      undo,
    }: {
      readonly row: ListedRow | undefined;
      readonly shop: OpenShop | undefined;
      readonly undo: boolean;
    },
  ): Prepared | { readonly error: RepairResult['error'] } {
    if (!row || !shop) return { error: noSuchOrder };
    const before = this.list.storedOrder(row);
    if (!before || !isCorrectable(row.facts)) return { error: notAllowed };
    try {
      const after = correctedOrder(before, fields, readingContext(this.keyring, shop));
      const problem = after.reading.snapshot.problems.find(({ field }) => (pathOf(field) ?? '') in fields);
      if (problem && !undo) return { error: stillRefused(problem) };
      return { row, before, ...after, undo: undoOf(before, fields) };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const { view } = error;
      return { error: { error: view.error, message: view.fields[0]?.message ?? view.message } };
    }
  }

  private async write(
    manager: EntityManager,
    user: SignedInUser,
    prepared: readonly Prepared[],
    failed: Map<string, RepairResult['error']>,
  ): Promise<void> {
    if (prepared.length === 0) return;
    const at = this.clock.now().toISOString();
    const items = prepared.map(({ row, ...corrected }) =>
      correctionItem(this.keyring, row, { ...corrected, by: user.login, at }),
    );
    const outcomes = await this.transactions.applyIn(manager, items);
    const done = prepared.filter(({ row, before, stored }, index) => {
      const outcome = outcomes[index];
      const same = JSON.stringify(stored.corrections) === JSON.stringify(before.corrections);
      const refused = outcome?.kind === 'refused' && same && outcome.name !== 'repeated';
      if (refused) failed.set(row.id, { error: outcome.name, message: refusalTexts[outcome.name] });
      return !refused;
    });
    const payloads = done.map(({ row, reading }) => ({
      shopId: row.shop_id,
      transactionId: row.id,
      hash: reading.snapshot.payload.hash,
      payload: reading.payload,
    }));
    await storePayloads(manager, this.keyring, payloads, at);
    await noteWords(
      manager,
      done.map(({ row, reading }) => ({ shopId: row.shop_id, id: row.id, unmapped: reading.unmapped })),
    );
  }

  private orderView(
    user: SignedInUser,
    row: ListedRow,
    { pattern, shop }: { readonly pattern: Pattern; readonly shop: OpenShop | undefined },
  ): RepairOrder {
    const stored = this.list.storedOrder(row);
    const path = pathOf(pattern.field);
    const value = stored && path ? valueOf(stored, path) : '';
    return {
      row: this.list.rowView(user, row),
      path,
      value,
      proposal: stored && shop && path ? this.proposal(row, { stored, shop, path, pattern }) : null,
    };
  }

  /** Only what NP's rules would then let through. */
  private proposal(
    row: ListedRow,
    of: { stored: StoredOrder; shop: OpenShop; path: CorrectablePath; pattern: Pattern },
  ): RepairOrder['proposal'] {
    const { stored, shop, path, pattern } = of;
    if (pattern.kind !== 'problem' || !isCorrectable(row.facts)) return null;
    const department = path.endsWith('.address')
      ? valueOf(stored, path.replace('address', 'department') as CorrectablePath)
      : '';
    const proposal = proposalOf(
      { path, rule: pattern.name, value: valueOf(stored, path), department },
      postalLookup,
    );
    if (!proposal) return null;
    const { reading } = correctedOrder(stored, proposal.fields, readingContext(this.keyring, shop));
    const paths = Object.keys(proposal.fields);
    const left = (problem: Problem) => paths.includes(pathOf(problem.field) ?? '');
    return reading.snapshot.problems.some(left) ? null : { how: proposal.how, fields: proposal.fields };
  }

  private async rowsOf(
    manager: EntityManager,
    user: SignedInUser,
    orders: readonly Order[],
  ): Promise<Map<string, ListedRow>> {
    const visible = orders.filter(({ shopId }) => !user.shopIds || user.shopIds.includes(shopId));
    if (visible.length === 0) return new Map();
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid' },
      visible.map(({ shopId, id }) => ({ shop_id: shopId, id })),
    );
    const rows = await manager.query<ListedRow[]>(
      `select ${listedColumns} from transactions t join shops s on s.id = t.shop_id
       join ${sql} k on k.shop_id = t.shop_id and k.id = t.id`,
      parameters,
    );
    return new Map(rows.map((row) => [row.id, { ...row, facts: factsSchema.parse(row.facts) }]));
  }

  /** Each shop once, however many orders it has here. */
  private async openShops(rows: readonly ListedRow[]): Promise<Map<string, OpenShop>> {
    const ids = [...new Set(rows.map(({ shop_id: id }) => id))];
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.shops.open(id)] as const)));
  }
}

const chosen: ReadonlySet<string> = new Set(['parcel.carrier', 'settlementType']);

/**
 * The field behind a payload path such as `customer.phone`; null where it cannot be typed into a list: the cart's own, and
 * a carrier or a way of billing, which are chosen on the page of their order.
 */
const pathOf = (field: string): CorrectablePath | null => {
  const path = field.replace(/^customer\./u, 'buyer.').replace(/^shipment\./u, 'parcel.');
  return correctablePaths.find((each) => each === path && !chosen.has(each)) ?? null;
};

/** The same fields as they were: an earlier correction, or the cart's own value, which takes the correction away. */
const undoOf = ({ order, corrections }: StoredOrder, fields: CorrectedFields): CorrectedFields =>
  Object.fromEntries(
    (Object.keys(fields) as CorrectablePath[]).map((path) => [
      path,
      corrections[path]?.value ?? cartValueOf(order, path) ?? '',
    ]),
  );
