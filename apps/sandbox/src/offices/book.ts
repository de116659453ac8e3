import type { Journal } from '../journal.js';

/** What every office keeps of an order, whatever else its cart has. */
export interface OfficeOrder {
  readonly number: string;
  readonly placedAtMs: number;
  /** The last change by the buyer or the staff. Strictly growing within a book, so that exports can begin after it. */
  changedAtMs: number;
  /** What the demo life means to do with it, and how far it has come. */
  life: { readonly script: string; readonly stage: number } | null;
}

/** What the journal keeps of an office beside its orders. */
export interface OfficeState {
  /** The folder that holds `in` and `out`; null: files go by hand. */
  readonly exchange: string | null;
  /** The last change that has been written to `in`. */
  readonly exportedMs: number;
}

/** The orders of one office. Every change is a line of the journal. */
export class OfficeBook<Order extends OfficeOrder> {
  readonly #orders = new Map<string, Order>();
  #lastChangeMs = 0;

  constructor(
    private readonly officeId: string,
    private readonly journal: Journal,
    private readonly nowMs: () => number,
  ) {}

  get size(): number {
    return this.#orders.size;
  }

  get lastChangeMs(): number {
    return this.#lastChangeMs;
  }

  get(number: string): Order | undefined {
    return this.#orders.get(number);
  }

  /** In the order in which they were placed. */
  all(): Order[] {
    return [...this.#orders.values()];
  }

  /** Orders changed after a moment; 0 gives all. */
  changedAfter(sinceMs: number): Order[] {
    if (sinceMs >= this.#lastChangeMs) return [];
    return this.all().filter((order) => order.changedAtMs > sinceMs);
  }

  add(order: Omit<Order, 'changedAtMs'>): Order {
    const whole = { ...order, changedAtMs: this.#nextChangeMs() } as Order;
    this.#put(whole.number, whole);
    // The kept one, which later changes reach.
    return this.#orders.get(whole.number) ?? whole;
  }

  /** What the buyer or the staff change: the next export has it. */
  change(order: Order, set: Partial<Order>): void {
    this.#put(order.number, { ...set, changedAtMs: this.#nextChangeMs() });
  }

  /** What the office notes by itself (an NP status taken over, the demo life): no reason to export. */
  note(order: Order, set: Partial<Order>): void {
    this.#put(order.number, set);
  }

  #nextChangeMs(): number {
    return Math.max(this.nowMs(), this.#lastChangeMs + 1);
  }

  #put(number: string, set: object): void {
    this.restore(number, set);
    this.journal.append({ kind: 'office-order', id: `${this.officeId}/${number}`, set });
  }

  /** Replays one line of the journal. */
  restore(number: string, set: object): void {
    const known = this.#orders.get(number);
    const order = Object.assign(known ?? {}, set) as Order;
    if (!known) this.#orders.set(number, order);
    this.#lastChangeMs = Math.max(this.#lastChangeMs, order.changedAtMs);
  }

  clear(): void {
    this.#orders.clear();
  }
}
