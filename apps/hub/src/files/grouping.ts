import type { FileRow } from '@np-hub/kit';

/** One row of a file with the number of the order that it is about. */
export interface OrderedRow {
  readonly line: number;
  readonly orderNumber: string;
  readonly row: FileRow;
}

/** All rows of a file about one order, in the file's order. */
export interface OrderRows {
  readonly orderNumber: string;
  readonly rows: readonly OrderedRow[];
}

export interface GroupLimits {
  /** Orders and rows handed on at once. */
  readonly orders: number;
  readonly rows: number;
  /** Rows held in memory while their orders are not complete. */
  readonly held: number;
}

/**
 * Puts the rows of each order together, wherever they stand in the file, and hands orders on as soon as they are
 * complete. `read` reads the file from its beginning; `lastLines` names the last row of every wanted order. Where too
 * many orders are open at once, those that end latest are left to another reading: memory stays bounded whatever the
 * file's order is, and every reading completes at least half of what may be held.
 */
export async function* completeOrders(
  read: () => AsyncIterable<readonly OrderedRow[]>,
  lastLines: ReadonlyMap<string, number>,
  limits: GroupLimits,
): AsyncGenerator<readonly OrderRows[]> {
  const lastOf = (orderNumber: string): number => lastLines.get(orderNumber) ?? 0;
  let wanted: { has(orderNumber: string): boolean; readonly size: number } = lastLines;
  while (wanted.size > 0) {
    const open = new OpenOrders(lastOf, limits.held);
    let ready: OrderRows[] = [];
    let readyRows = 0;
    for await (const batch of read()) {
      for (const row of batch) {
        if (!wanted.has(row.orderNumber)) continue;
        const complete = open.add(row);
        if (!complete) continue;
        ready.push(complete);
        readyRows += complete.rows.length;
        if (ready.length < limits.orders && readyRows < limits.rows) continue;
        yield ready;
        ready = [];
        readyRows = 0;
      }
    }
    if (ready.length > 0) yield ready;
    wanted = open.deferred;
  }
}

class OpenOrders {
  readonly deferred = new Set<string>();
  private readonly open = new Map<string, OrderedRow[]>();
  private held = 0;

  constructor(
    private readonly lastOf: (orderNumber: string) => number,
    private readonly mostHeld: number,
  ) {}

  /** Gives the order that this row completes. */
  add(row: OrderedRow): OrderRows | undefined {
    const { orderNumber, line } = row;
    if (this.deferred.has(orderNumber)) return undefined;
    const rows = this.open.get(orderNumber) ?? [];
    rows.push(row);
    if (line >= this.lastOf(orderNumber)) {
      this.open.delete(orderNumber);
      this.held -= rows.length - 1;
      return { orderNumber, rows };
    }
    this.open.set(orderNumber, rows);
    this.held += 1;
    if (this.held > this.mostHeld) this.deferLatest();
    return undefined;
  }

  /** Lets go of the orders that end latest, until half of what may be held is free. */
  private deferLatest(): void {
    const latestFirst = [...this.open].sort(([one], [other]) => this.lastOf(other) - this.lastOf(one));
    for (const [orderNumber, rows] of latestFirst) {
      if (this.held <= this.mostHeld / 2) return;
      this.open.delete(orderNumber);
      this.deferred.add(orderNumber);
      this.held -= rows.length;
    }
  }
}
