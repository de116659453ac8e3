import { Inject, Injectable } from '@nestjs/common';
import { localProblem, type FileLayout, type FileRow, type LocalText, type OrderReading } from '@np-hub/kit';
import type { Clock, ImportRowKind } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { inSteps } from '../in-steps.js';
import { Intake } from '../intake/intake.js';
import { knownByPrint } from '../intake/known-prints.js';
import type { OrderRead, TakenOrder } from '../intake/taken.js';
import { believedMoment, readingNow } from '../intake/told-times.js';
import { holdShop } from '../shops/held.js';
import type { RouteOf } from '../shops/routes.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { cellProblems } from './cell-texts.js';
import { FileParts, fileOrderOf, type PartMark, type StoredPart } from './file-parts.js';
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

/** Some rows of one order, as a part of it. */
interface FreshPart {
  readonly part: StoredPart;
  readonly rows: readonly OrderedRow[];
}

/** The rows of one order: all together, or one part for each key where rows add up. */
interface FreshOrder {
  readonly orderNumber: string;
  readonly fresh: readonly FreshPart[];
}

interface JudgedPart extends FreshPart {
  readonly known: StoredPart | undefined;
  readonly freshness: Freshness;
}

/** A part of which the file says what is known to the letter. */
interface RepeatedPart {
  readonly known: PartMark;
  readonly rows: readonly OrderedRow[];
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
    const all = await inSteps(groups, (group) => this.freshOrder(context, group));
    return this.database.transaction(async (manager) => {
      await holdShop(manager, context.shop);
      const accepted = await this.stillAccepted(manager, context, groups);
      const marks = await this.fileParts.marks(manager, context.shop.id, numbers);
      const repeated = await this.repeated(manager, context, { all, marks });
      const others = all.filter(({ orderNumber }) => !repeated.has(orderNumber));
      const opened = others.flatMap(({ orderNumber }) => (marks.has(orderNumber) ? orderNumber : []));
      const known = await this.fileParts.find(manager, context.shop.id, opened);
      const orders = await inSteps(others, (order) =>
        this.judge(context, order, {
          known: known.get(order.orderNumber) ?? [],
          isAccepted: accepted.has(order.orderNumber),
        }),
      );
      const taken = await this.hand(manager, { ...context, routeOf }, orders);
      const outcomes = orders.map((order) => outcomeOf(context, order, taken));
      const same = [...repeated.values()].flat();
      await this.keep(manager, context, { kept: outcomes.flatMap(({ kept }) => kept), same });
      const rows = outcomes.flatMap((outcome) => outcome.rows);
      const asked = rows.flatMap(({ kind, orderNumber }) => (kind === 'older' ? [orderNumber] : []));
      const prints = await this.fileParts.prints(manager, context.shop.id, [...new Set(asked)]);
      const noted = rows.map((row) =>
        row.kind === 'older' ? { ...row, knownPrint: prints.get(row.orderNumber) } : row,
      );
      return {
        rows: [...noted, ...same.flatMap((part) => rowsOf(part, verdictOfSame(context, part.known)))],
        forgotten: outcomes.flatMap(({ forgotten }) => forgotten),
        newWords: [...taken.values()].flatMap(({ newWords }) => newWords),
      };
    });
  }

  /**
   * Of the orders of which the file says what is known to the letter, those in which nothing else is to be looked at, by number:
   * most of a file that a shop exports each day. They are neither opened nor read. Rows that a person has accepted always are.
   */
  private async repeated(
    manager: EntityManager,
    { shop, accepted }: FileContext,
    { all, marks }: { all: readonly FreshOrder[]; marks: ReadonlyMap<string, readonly PartMark[]> },
  ): Promise<ReadonlyMap<string, readonly RepeatedPart[]>> {
    if (accepted) return new Map();
    const found = new Map<string, readonly RepeatedPart[]>();
    const prints = new Map<string, string>();
    for (const { orderNumber, fresh } of all) {
      const known = marks.get(orderNumber) ?? [];
      const byKey = new Map(known.map((mark) => [keyOf(mark), mark]));
      const same = fresh.flatMap(({ part, rows }): RepeatedPart[] => {
        const mark = byKey.get(keyOf(part));
        return mark?.hash === part.hash ? [{ known: mark, rows }] : [];
      });
      if (same.length < fresh.length) continue;
      found.set(orderNumber, same);
      prints.set(orderNumber, this.fileParts.printOf(known));
    }
    const settled = await knownByPrint(manager, shop, prints);
    return new Map([...found].filter(([orderNumber]) => settled.has(orderNumber)));
  }

  /** Keeps what is new in parts, and of the others that they are said still. */
  private async keep(
    manager: EntityManager,
    { shop, madeAt, uploadedAt }: FileContext,
    { kept, same }: { readonly kept: readonly JudgedPart[]; readonly same: readonly RepeatedPart[] },
  ): Promise<void> {
    const [fresh, repeated] = [new Array<StoredPart>(), same.map(({ known }): PartMark => known)];
    for (const { part, known } of kept) {
      if (known?.hash === part.hash) repeated.push(known);
      else fresh.push(part);
    }
    await this.fileParts.put(manager, shop.id, fresh);
    await this.fileParts.confirm(manager, shop.id, repeated, madeAt ?? uploadedAt);
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
    { orderNumber, fresh }: FreshOrder,
    { known, isAccepted }: { readonly known: readonly StoredPart[]; readonly isAccepted: boolean },
  ): JudgedOrder {
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
    return { orderNumber, isAccepted, judged, parts: all, reading };
  }

  private freshOrder({ layout, importId, madeAt, uploadedAt }: FileContext, group: OrderRows): FreshOrder {
    const byKey = new Map<string, OrderedRow[]>();
    for (const row of group.rows) {
      const key = this.shortKey(layout.rowKeyOf?.(row.row) ?? '');
      const of = byKey.get(key);
      if (of) of.push(row);
      else byKey.set(key, [row]);
    }
    const fresh = [...byKey].map(([rowKey, rows]): FreshPart => {
      const content: readonly FileRow[] = rows.map(({ row }) => row);
      const hash = this.fileParts.hashOf(content);
      const name = { orderNumber: group.orderNumber, layout: layout.id, rowKey };
      const part: StoredPart = { ...name, rows: content, hash, knownAt: madeAt ?? uploadedAt, importId };
      return { part, rows };
    });
    return { orderNumber: group.orderNumber, fresh };
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
      return {
        order: reading.order,
        raw: fileOrderOf(item.parts),
        print: this.fileParts.printOf(item.parts),
        readAt,
        isAccepted: item.isAccepted,
      };
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

const keyOf = ({ layout, rowKey }: PartMark): string => `${layout}\n${rowKey}`;

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
): Omit<BatchOutcome, 'newWords'> & { readonly kept: readonly JudgedPart[] } {
  const outcome = taken.get(order.orderNumber);
  const verdict = verdictOf(context, order, outcome);
  const rows = order.judged.flatMap((part) => {
    const { kind, reasons } = part.freshness === 'older' ? olderVerdict(part) : verdict(part);
    const why = kind === 'older' && context.accepted ? [...reasons, rowTexts.changedSince] : reasons;
    return rowsOf(part, { kind, reasons: why });
  });
  const isKept =
    order.reading?.kind === 'incomplete' ||
    (order.reading?.kind === 'order' && outcome?.kind !== 'older' && outcome?.kind !== 'ignored');
  const kept = isKept ? order.judged.filter(({ freshness }) => freshness !== 'older') : [];
  const isForeign = outcome?.kind === 'ignored' && outcome.transactionId === null;
  return { rows, kept, forgotten: isForeign ? [order.orderNumber] : [] };
}

interface Verdict {
  readonly kind: ImportRowKind;
  readonly reasons: LocalText[];
}

const rowsOf = ({ rows }: Pick<FreshPart, 'rows'>, verdict: Verdict): NotedRow[] =>
  rows.map(({ line, orderNumber }) => ({ line, orderNumber, ...verdict }));

/** A run that was broken off finds its own content: that was taken by this import all the same. */
const verdictOfSame = ({ importId }: FileContext, known: PartMark): Verdict => ({
  kind: known.importId === importId ? 'taken' : 'unchanged',
  reasons: [],
});

const olderVerdict = ({ known }: JudgedPart): Verdict => ({
  kind: 'older',
  reasons: [olderText(known?.knownAt ?? null)],
});

/** What is said of the rows of an order that count, by part. */
function verdictOf(
  context: FileContext,
  { reading, parts }: JudgedOrder,
  outcome: TakenOrder | undefined,
): (part: JudgedPart) => Verdict {
  switch (reading?.kind) {
    case 'incomplete': {
      const labels = (context.shop.adapter.file?.layouts ?? [])
        .filter(({ id }) => reading.missing.includes(id))
        .map(({ label }) => label);
      return () => ({ kind: 'waiting', reasons: [waitingText(labels)] });
    }
    case 'unreadable': {
      const problems = cellProblems(reading.problems, context.shop.adapter.file?.layouts ?? [], parts);
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
      return ({ freshness, known }) =>
        moved || freshness !== 'same' || !known
          ? { kind: 'taken', reasons: [] }
          : verdictOfSame(context, known);
    }
  }
}
