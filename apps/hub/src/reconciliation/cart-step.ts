import { Inject, Injectable } from '@nestjs/common';
import {
  findingKindSchema,
  finalStates,
  type CartStatus,
  type Clock,
  type EventType,
  type FindingKind,
  type IdSource,
  type PaymentRoute,
  type ReconciliationView,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Intake } from '../intake/intake.js';
import type { OrderRead, TakeResult } from '../intake/taken.js';
import { Windows, type Window } from '../intake/windows.js';
import { holdShop, ShopChanged } from '../shops/held.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK, IDS } from '../tokens.js';
import { endGone, noteFindings, type Finding } from './findings.js';
import { endedWithinMs } from './np-comparison.js';
import { Runs, type Run } from './runs.js';

interface Side {
  readonly id: string;
  readonly version: number;
  readonly billedYen: number;
  readonly status: CartStatus;
  readonly payment: PaymentRoute;
}

interface Happened {
  readonly id: string;
  readonly type: EventType;
}

const dayMs = 86_400_000;
const finalNames = Object.keys(finalStates);
const cartKinds = findingKindSchema.options.filter((kind) => kind.startsWith('cart-'));

/** What the cart has said anew, by the event that took it over. The word has an event of its own (word-drift.ts). */
const kindOf: Readonly<Partial<Record<EventType, FindingKind>>> = {
  'order-changed': 'cart-content',
  'order-cancelled': 'cart-cancelled',
  'order-deleted': 'cart-cancelled',
  'order-returned': 'cart-returned',
  'payment-method-changed': 'cart-payment',
  'order-shipped': 'cart-shipment',
  'shipment-withdrawn': 'cart-shipment',
};

/** Those of a shop that are not final, and what came to rest lately: its word may have been painted since. */
const comparable = `shop_id = $1 and (state <> all($2) or state_since >= $3)`;
const japaneseDay = `date_trunc('day', ordered_at at time zone 'Asia/Tokyo') at time zone 'Asia/Tokyo'`;

/** Compares a shop's transactions with its cart, a day of orders at a time, through the normal intake. */
@Injectable()
export class CartStep {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Windows) private readonly windows: Windows,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Why the cart itself cannot be read; null where it can. */
  unread({ adapter, settings, mode }: OpenShop): ReconciliationView['cartUnread'] {
    if (!adapter.pull) return 'file';
    if (mode === 'paused') return 'paused';
    return adapter.pull.enabled?.(settings) === false ? 'off' : null;
  }

  /** How many transactions there are to compare. */
  async count(shopId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      `select count(*)::int from transactions where ${comparable}`,
      this.filter(shopId),
    );
    return row?.count ?? 0;
  }

  /**
   * One day after the run's position; gives the run as it goes on, or null at its end. Where the cart cannot be read,
   * what its last reading left open is listed. Throws `IoError` where the cart does not answer.
   */
  async step(run: Run, shop: OpenShop, mustEnd: () => boolean): Promise<Run | null> {
    const day = await this.nextDay(shop.id, run.position);
    if (!day) {
      const end = { phase: 'done', position: null, checked: 0, skipped: 0 } as const;
      return this.database.transaction((manager) => this.runs.advance(manager, run, end));
    }
    const window = { from: day.from, to: new Date(day.from.getTime() + dayMs) };
    if (this.unread(shop) === null && !(await this.readDay(run, shop, { window, mustEnd }))) return run;
    return this.database.transaction(async (manager) => {
      await this.noteMissing(manager, run, window);
      const position = day.from.toISOString();
      return this.runs.advance(manager, run, { phase: 'cart', position, checked: day.count, skipped: 0 });
    });
  }

  private filter(shopId: string): readonly unknown[] {
    return [shopId, finalNames, new Date(this.clock.now().getTime() - endedWithinMs)];
  }

  private async nextDay(
    shopId: string,
    after: string | null,
  ): Promise<{ readonly from: Date; readonly count: number } | undefined> {
    const from = after === null ? new Date(0) : new Date(Date.parse(after) + dayMs);
    const [row] = await this.database.query<{ from: Date; count: number }[]>(
      `select ${japaneseDay} as "from", count(*)::int from transactions
       where ${comparable} and ordered_at >= $4 group by 1 order by 1 limit 1`,
      [...this.filter(shopId), from],
    );
    return row;
  }

  /** Reads a day anew; gives false where it had to stop, and the day is read once more later. */
  private async readDay(
    run: Run,
    shop: OpenShop,
    { window, mustEnd }: { readonly window: Window; readonly mustEnd: () => boolean },
  ): Promise<boolean> {
    const total = { orders: 0, changed: 0, unreadable: 0 };
    const take = (reads: readonly OrderRead[], readAt: string) => this.takePage(run, shop, { reads, readAt });
    try {
      return await this.windows.read(shop, window, { total, mustEnd, take });
    } catch (error) {
      // The day is read once more, by what the shop has changed to.
      if (error instanceof ShopChanged) return false;
      throw error;
    }
  }

  /** Takes a page in and notes what of it was news, in one database transaction. */
  private async takePage(
    run: Run,
    shop: OpenShop,
    { reads, readAt }: { readonly reads: readonly OrderRead[]; readonly readAt: string },
  ): Promise<number> {
    const routeOf = await this.intake.routesOf(shop);
    return this.database.transaction(async (manager) => {
      await this.runs.keep(manager, run);
      await holdShop(manager, shop);
      const numbers = reads.map(({ order }) => order.orderNumber);
      const before = new Map((await sides(manager, shop.id, numbers)).map((side) => [side.id, side]));
      const context = { readAt, older: 'refuse', runId: run.id } as const;
      const [taken] = await this.intake.takeIn(manager, [{ shop, reads, routeOf }], context);
      const { changed, outcomes } = taken as TakeResult;
      const after = new Map((await sides(manager, shop.id, numbers)).map((side) => [side.id, side]));
      const happened = await since(manager, shop.id, [...before.values()]);
      const created = outcomes.flatMap(({ kind, transactionId }): Finding[] =>
        kind === 'created' && transactionId
          ? [findingOf(shop.id, transactionId, { kind: 'cart-new', event: 'order-received' })]
          : [],
      );
      const differences = happened.flatMap(({ id, type }): Finding[] => {
        const [had, shown] = [before.get(id), after.get(id)];
        return had && shown ? differenceOf(shop.id, type, { had, shown }) : [];
      });
      const at = this.clock.now().toISOString();
      await noteFindings(manager, [...created, ...differences], { runId: run.id, at, ids: this.ids });
      await endRightWords(manager, shop.id, { reads, at });
      return changed;
    });
  }

  /** What the cart has not shown on confirmed readings: a person says what becomes of it. */
  private async noteMissing(manager: EntityManager, run: Run, window: Window): Promise<void> {
    const rows = await manager.query<{ id: string; missing: boolean }[]>(
      `select id, 'order-missing' = any(attentions) as missing from transactions
       where shop_id = $1 and ordered_at >= $2 and ordered_at < $3`,
      [run.shopId, window.from, window.to],
    );
    const at = this.clock.now().toISOString();
    const missing = rows.filter((row) => row.missing);
    const findings = missing.map(({ id }) =>
      findingOf(run.shopId, id, { kind: 'cart-missing', event: null, action: 'cancel' }),
    );
    await noteFindings(manager, findings, { runId: run.id, at, ids: this.ids });
    const compared = rows.map(({ id }) => ({ shopId: run.shopId, transactionId: id, attempt: null }));
    const kinds = cartKinds.filter((kind) => kind !== 'cart-word');
    await endGone(manager, compared, { kinds, runId: run.id, at });
  }
}

const findingOf = (
  shopId: string,
  transactionId: string,
  of: Pick<Finding, 'kind' | 'event'> & Partial<Finding>,
): Finding => ({ shopId, transactionId, attempt: null, had: null, shown: null, action: null, ...of });

/** The amount says more than that something has changed; words of the cart are named as the hub understands them. */
function differenceOf(
  shopId: string,
  event: EventType,
  { had, shown }: { readonly had: Side; readonly shown: Side },
): Finding[] {
  const kind = kindOf[event];
  if (!kind) return [];
  const of = (part: Partial<Finding>) => [findingOf(shopId, had.id, { kind, event, ...part })];
  if (kind === 'cart-payment') return of({ had: had.payment, shown: shown.payment });
  if (kind !== 'cart-content') return of({ had: had.status, shown: shown.status });
  if (had.billedYen === shown.billedYen) return of({});
  return of({ kind: 'cart-amount', had: String(had.billedYen), shown: String(shown.billedYen) });
}

/** What the hub knows of these orders now. */
const sides = (manager: EntityManager, shopId: string, numbers: readonly string[]): Promise<Side[]> =>
  manager.query<Side[]>(
    `select id, version, billed_yen::int as "billedYen", facts -> 'cart' ->> 'status' as status,
       facts -> 'cart' ->> 'payment' as payment
     from transactions where shop_id = $1 and order_number = any($2)`,
    [shopId, numbers],
  );

/** What has moved these transactions since, by the cart. */
async function since(
  manager: EntityManager,
  shopId: string,
  before: readonly Side[],
): Promise<readonly Happened[]> {
  const moved = await manager.query<{ id: string; version: number }[]>(
    'select id, version from transactions where shop_id = $1 and id = any($2)',
    [shopId, before.map(({ id }) => id)],
  );
  const versions = new Map(before.map(({ id, version }) => [id, version]));
  const changed = moved.filter(({ id, version }) => version > (versions.get(id) ?? version));
  if (changed.length === 0) return [];
  const oldest = Math.min(...changed.map(({ id }) => versions.get(id) ?? 0));
  const rows = await manager.query<(Happened & { sequence: number })[]>(
    `select transaction_id as id, sequence, event ->> 'type' as type from history
     where shop_id = $1 and transaction_id = any($2) and sequence > $3 and outcome is null order by sequence`,
    [shopId, changed.map(({ id }) => id), oldest],
  );
  return rows.filter(({ id, sequence }) => sequence > (versions.get(id) ?? sequence));
}

/** A word that was offered to be sent again, and is right by now. */
async function endRightWords(
  manager: EntityManager,
  shopId: string,
  { reads, at }: { readonly reads: readonly OrderRead[]; readonly at: string },
): Promise<void> {
  const words = reads.flatMap(({ order: { orderNumber, npWord } }) =>
    npWord === null ? [] : [{ number: orderNumber, word: npWord }],
  );
  await manager.query(
    `update findings f set state = 'resolved', resolution = 'gone', resolved_at = $2
     from transactions t join unnest($3::text[], $4::text[]) as k(number, word) on k.number = t.order_number
     where t.shop_id = $1 and t.pushed_word = k.word and f.shop_id = t.shop_id and f.transaction_id = t.id
       and f.kind = 'cart-word' and f.state = 'open'`,
    [shopId, at, words.map(({ number }) => number), words.map(({ word }) => word)],
  );
}
