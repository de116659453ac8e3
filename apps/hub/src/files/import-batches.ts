import { Inject, Injectable } from '@nestjs/common';
import { localProblem, type FileLayout, type FileRow, type LocalText, type OrderReading } from '@np-hub/kit';
import type { Clock, ImportRow, ImportRowKind } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Intake } from '../intake/intake.js';
import type { OrderRead, TakenOrder } from '../intake/taken.js';
import { believedMoment, readingNow } from '../intake/told-times.js';
import { holdShop } from '../shops/held.js';
import type { RouteOf } from '../shops/routes.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { cellProblems } from './cell-texts.js';
import { FileParts, fileOrderOf, type StoredPart } from './file-parts.js';
import { freshnessOf, type Freshness } from './freshness.js';
import type { OrderedRow, OrderRows } from './grouping.js';
import type { NotedRow } from './import-rows.js';
import { olderText, rowTexts, waitingText } from './texts.js';

/** What a run knows of its file. */
export interface FileContext {
  readonly shop: OpenShop;
  readonly importId: string;
  readonly layout: FileLayout;
  /** When the file was made; null where nobody knows. */
  readonly madeAt: Date | null;
  readonly uploadedAt: Date;
  /** The lines that a person has accepted although they are older, with what was known then; null: nobody was asked yet. */
  readonly accepted: ReadonlyMap<number, string | null> | null;
}

interface JudgedPart {
  readonly part: StoredPart;
  readonly rows: readonly OrderedRow[];
  readonly known: StoredPart | undefined;
  readonly freshness: Freshness;
}

interface JudgedOrder {
  readonly orderNumber: string;
  /** A person has accepted its rows, and nothing else has been heard of it since. */
  readonly isAccepted: boolean;
  readonly judged: readonly JudgedPart[];
  /** What the order is made of now: the parts known before, under those of this file that count. */
  readonly parts: readonly StoredPart[];
  /** Null: nothing of this file counts. */
  readonly reading: OrderReading | null;
}

/** What became of some orders: a word on each row. */
export interface BatchOutcome {
  readonly rows: readonly NotedRow[];
  readonly forgotten: readonly string[];
  readonly newWords: readonly { readonly axis: string; readonly raw: string }[];
}

const longestRowKey = 100;

/** Takes orders of a file in, some at a time: compares their parts with what is known, reads them, and hands them on. */
@Injectable()
export class ImportBatches {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(FileParts) private readonly fileParts: FileParts,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes the orders in and keeps their parts, in one database transaction: whoever waits for an order to read it again
   * finds the parts that it was made of. May be repeated. Throws `ShopChanged`.
   */
  async take(context: FileContext, groups: readonly OrderRows[]): Promise<BatchOutcome> {
    const numbers = groups.map(({ orderNumber }) => orderNumber);
    const routeOf = await this.intake.routesOf(context.shop);
    return this.database.transaction(async (manager) => {
      await holdShop(manager, context.shop);
      const accepted = await this.stillAccepted(manager, context, groups);
      const known = await this.fileParts.find(manager, context.shop.id, numbers);
      const orders = groups.map((group) =>
        this.judge(context, group, {
          known: known.get(group.orderNumber) ?? [],
          isAccepted: accepted.has(group.orderNumber),
        }),
      );
      const taken = await this.hand(manager, { ...context, routeOf }, orders);
      const outcomes = orders.map((order) => outcomeOf(context, order, taken));
      const kept = outcomes.flatMap((outcome) => outcome.parts);
      await this.fileParts.put(manager, context.shop.id, kept);
      const rows = outcomes.flatMap((outcome) => outcome.rows);
      const asked = rows.flatMap(({ kind, orderNumber }) => (kind === 'older' ? [orderNumber] : []));
      const prints = await this.fileParts.prints(manager, context.shop.id, [...new Set(asked)]);
      return {
        rows: rows.map((row) =>
          row.kind === 'older' ? { ...row, knownPrint: prints.get(row.orderNumber) } : row,
        ),
        forgotten: outcomes.flatMap(({ forgotten }) => forgotten),
        newWords: [...taken.values()].flatMap(({ newWords }) => newWords),
      };
    });
  }

  /** Of the accepted orders those of which nothing else has been heard since the question; they stay so until the end. */
  private async stillAccepted(
    manager: EntityManager,
    { shop, accepted }: FileContext,
    groups: readonly OrderRows[],
  ): Promise<ReadonlySet<string>> {
    if (!accepted) return new Set();
    const numbers = groups.map(({ orderNumber }) => orderNumber);
    await manager.query(
      'select 1 from transactions where shop_id = $1 and order_number = any($2) order by id for update',
      [shop.id, numbers],
    );
    const prints = await this.fileParts.prints(manager, shop.id, numbers);
    const isStill = ({ orderNumber, rows }: OrderRows): boolean =>
      rows.every(({ line }) => accepted.get(line) === prints.get(orderNumber));
    return new Set(groups.filter(isStill).map(({ orderNumber }) => orderNumber));
  }

  private judge(
    context: FileContext,
    group: OrderRows,
    { known, isAccepted }: { readonly known: readonly StoredPart[]; readonly isAccepted: boolean },
  ): JudgedOrder {
    const fresh = this.partsOf(context, group);
    const byKey = new Map(known.map((part) => [keyOf(part), part]));
    const differs = fresh.some(({ part }) => {
      const before = byKey.get(keyOf(part));
      return before !== undefined && before.hash !== part.hash;
    });
    const stamps = differs
      ? {
          known: this.stampOf(read(context.shop, known)),
          fresh: this.stampOf(read(context.shop, laid(known, parts(fresh)))),
        }
      : { known: null, fresh: null };
    const judged = fresh.map(({ part, rows }): JudgedPart => {
      const before = byKey.get(keyOf(part));
      const freshness = freshnessOf(before, { hash: part.hash, madeAt: context.madeAt }, stamps);
      const counts = freshness === 'older' && isAccepted ? 'newer' : freshness;
      return { part: settled(part, before), rows, known: before, freshness: counts };
    });
    const counting = judged.filter(({ freshness }) => freshness !== 'older');
    const all = laid(known, parts(counting));
    const reading = counting.length > 0 ? readingNow(read(context.shop, all), this.clock.now()) : null;
    return { orderNumber: group.orderNumber, isAccepted, judged, parts: all, reading };
  }

  /** The rows of one order as parts: all together, or one for each key where rows add up. */
  private partsOf({ layout, importId, madeAt, uploadedAt }: FileContext, group: OrderRows) {
    const byKey = new Map<string, OrderedRow[]>();
    for (const row of group.rows) {
      const key = this.shortKey(layout.rowKeyOf?.(row.row) ?? '');
      byKey.set(key, [...(byKey.get(key) ?? []), row]);
    }
    return [...byKey].map(([rowKey, rows]) => {
      const content: readonly FileRow[] = rows.map(({ row }) => row);
      const hash = this.fileParts.hashOf(content);
      const name = { orderNumber: group.orderNumber, layout: layout.id, rowKey };
      const part: StoredPart = { ...name, rows: content, hash, knownAt: madeAt ?? uploadedAt, importId };
      return { part, rows };
    });
  }

  private stampOf(reading: OrderReading): string | null {
    return reading.kind === 'order' ? believedMoment(reading.order.changedAt, this.clock.now()) : null;
  }

  private shortKey(key: string): string {
    return key.length > longestRowKey ? this.fileParts.hashOf([{ key }]) : key;
  }

  /** Hands whole orders to the intake; gives what became of each, by the number of its group. */
  private async hand(
    manager: EntityManager,
    { shop, madeAt, routeOf }: FileContext & { readonly routeOf: RouteOf },
    orders: readonly JudgedOrder[],
  ): Promise<ReadonlyMap<string, TakenOrder>> {
    const whole = orders.flatMap((item) =>
      item.reading?.kind === 'order' ? [{ item, reading: item.reading }] : [],
    );
    const reads = whole.map(({ item, reading }): OrderRead => {
      const times = item.parts.map(({ knownAt }) => knownAt.getTime());
      const readAt = madeAt && new Date(Math.max(...times)).toISOString();
      return { order: reading.order, raw: fileOrderOf(item.parts), readAt, isAccepted: item.isAccepted };
    });
    // Parts have been compared already, more finely than the intake can; only it knows what a pull has seen.
    const { pull } = shop.adapter;
    const isPulled = pull !== undefined && (pull.enabled?.(shop.settings) ?? true);
    const older = isPulled ? 'refuse' : 'accept';
    const [result] = await this.intake.takeIn(manager, [{ shop, reads, routeOf }], { readAt: null, older });
    const byNumber = new Map(result?.outcomes.map((outcome) => [outcome.orderNumber, outcome]));
    return new Map(
      whole.flatMap(({ item, reading }) => {
        const outcome = byNumber.get(reading.order.orderNumber);
        return outcome ? [[item.orderNumber, outcome]] : [];
      }),
    );
  }
}

const keyOf = ({ layout, rowKey }: StoredPart): string => `${layout}\n${rowKey}`;

const parts = (of: readonly { readonly part: StoredPart }[]): StoredPart[] => of.map(({ part }) => part);

/** Known parts under newer ones. */
function laid(known: readonly StoredPart[], fresh: readonly StoredPart[]): readonly StoredPart[] {
  return [...new Map([...known, ...fresh].map((part) => [keyOf(part), part])).values()];
}

/** What a part becomes: as fresh as either says, and, where it says the same, still of the import that brought it. */
function settled(part: StoredPart, before: StoredPart | undefined): StoredPart {
  if (!before) return part;
  const knownAt = before.knownAt > part.knownAt ? before.knownAt : part.knownAt;
  return before.hash === part.hash ? { ...before, knownAt } : { ...part, knownAt };
}

/** An adapter that fails on an order fails on this one alone. */
function read(shop: OpenShop, of: readonly StoredPart[]): OrderReading {
  try {
    return shop.adapter.readOrder(fileOrderOf(of), shop.settings);
  } catch {
    return { kind: 'unreadable', orderNumber: null, problems: [] };
  }
}

function outcomeOf(
  context: FileContext,
  order: JudgedOrder,
  taken: ReadonlyMap<string, TakenOrder>,
): Omit<BatchOutcome, 'newWords'> & { readonly parts: readonly StoredPart[] } {
  const outcome = taken.get(order.orderNumber);
  const verdict = verdictOf(context, order, outcome);
  const rows = order.judged.flatMap((part) => {
    const { kind, reasons } = part.freshness === 'older' ? olderVerdict(part) : verdict(part);
    const why = kind === 'older' && context.accepted ? [...reasons, rowTexts.changedSince] : reasons;
    return part.rows.map(({ line }): ImportRow => ({
      line,
      orderNumber: order.orderNumber,
      kind,
      reasons: why,
    }));
  });
  const isKept =
    order.reading?.kind === 'incomplete' ||
    (order.reading?.kind === 'order' && outcome?.kind !== 'older' && outcome?.kind !== 'ignored');
  const kept = isKept ? parts(order.judged.filter(({ freshness }) => freshness !== 'older')) : [];
  const isForeign = outcome?.kind === 'ignored' && outcome.transactionId === null;
  return { rows, parts: kept, forgotten: isForeign ? [order.orderNumber] : [] };
}

interface Verdict {
  readonly kind: ImportRowKind;
  readonly reasons: LocalText[];
}

const olderVerdict = ({ known }: JudgedPart): Verdict => ({
  kind: 'older',
  reasons: [olderText(known?.knownAt ?? null)],
});

/** What is said of the rows of an order that count, by part. */
function verdictOf(
  { shop, importId }: FileContext,
  { reading, parts }: JudgedOrder,
  outcome: TakenOrder | undefined,
): (part: JudgedPart) => Verdict {
  switch (reading?.kind) {
    case 'incomplete': {
      const labels = (shop.adapter.file?.layouts ?? [])
        .filter(({ id }) => reading.missing.includes(id))
        .map(({ label }) => label);
      return () => ({ kind: 'waiting', reasons: [waitingText(labels)] });
    }
    case 'unreadable': {
      const problems = cellProblems(reading.problems, shop.adapter.file?.layouts ?? [], parts);
      return () => ({ kind: 'refused', reasons: problems.length > 0 ? problems : [rowTexts.unreadable] });
    }
    case 'ignored':
      return () => ({ kind: 'ignored', reasons: [localProblem(reading.reason)] });
    default: {
      if (outcome?.kind === 'older') return olderVerdict;
      if (outcome?.kind === 'ignored') {
        const reason = outcome.reason === 'closed' ? rowTexts.closed : rowTexts.paidOtherwise;
        return () => ({ kind: 'ignored', reasons: [reason] });
      }
      const moved = outcome?.kind === 'created' || outcome?.kind === 'changed';
      // A run that was broken off finds its own content: that was taken by this import all the same.
      return ({ freshness, known }) => ({
        kind: moved || freshness !== 'same' || known?.importId === importId ? 'taken' : 'unchanged',
        reasons: [],
      });
    }
  }
}
