import type { Random } from '../random.js';
import { ControlProblem } from '../control/problem.js';
import type { Outcome } from '../np/magic.js';
import type { World } from '../world.js';
import type { OfficeBook, OfficeOrder } from './book.js';

/** A file as it is downloaded or uploaded: its name without a folder, and its bytes. */
export interface OfficeFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One of the export buttons. */
export interface OfficeExport<Order extends OfficeOrder> {
  readonly label: string;
  /** Whether it goes to the exchange folder with every change. */
  readonly exchanged: boolean;
  write(orders: readonly Order[], atMs: number): OfficeFile;
}

/** One line of a result file: whose it is, and what the office keeps of it. */
export interface ResultLine<Order extends OfficeOrder> {
  readonly number: string;
  readonly set: Partial<Order>;
}

/** What staff, or the buyer, do once the office shows one of the words; `slow` people take four times as long. */
export interface OfficeStep<Order extends OfficeOrder> {
  readonly words: readonly string[];
  act(context: { office: Office<Order>; order: Order; random: Random }): void;
  readonly slow?: boolean;
}

/** One kind of order in the demo life: how it begins, what NP will say, and what people do with it. */
export interface OfficeScript<Order extends OfficeOrder> {
  readonly weight: number;
  readonly ja: string;
  spoil?(order: NewOrder<Order>, random: Random): Partial<Order>;
  readonly outcome?: Partial<Outcome>;
  /** The buyer leaves before the order is made. */
  readonly leaves?: true;
  readonly steps: readonly OfficeStep<Order>[];
}

/** Something that people do to one order. A body it cannot read throws `ControlProblem`. */
export interface OfficeAction<Order extends OfficeOrder> {
  run(office: Office<Order>, order: Order, body: unknown): void | Promise<void>;
}

/** A made order before it is kept. */
export type NewOrder<Order extends OfficeOrder> = Omit<Order, 'changedAtMs' | 'life'>;

/** The pages of an office, in its cart's own words. */
export interface OfficePages<Order extends OfficeOrder> {
  /** The inside of the list page; `query` as given in the address. Everything in it is escaped already. */
  list(office: Office<Order>, query: Readonly<Record<string, string>>): string;
  order(office: Office<Order>, order: Order): string;
}

/** What makes one cart's back office out of the shared machinery. */
export interface OfficeDefinition<Order extends OfficeOrder> {
  /** Part of addresses: `/offices/<id>`. */
  readonly id: string;
  readonly label: string;
  readonly exports: Readonly<Record<string, OfficeExport<Order>>>;
  /** Reads a result file. Throws where it is none. */
  readResult(file: OfficeFile): ResultLine<Order>[];
  /** A believable order that NP accepts as it is; `index` counts the orders of the office from 0. */
  makeOrder(random: Random, index: number, placedAtMs: number): NewOrder<Order>;
  /** The number under which NP knows the order: outcomes are prepared for it. */
  npNumberOf(order: NewOrder<Order>): string;
  readonly scripts: Readonly<Record<string, OfficeScript<Order>>>;
  /** What the staff look at before they act. */
  wordOf(order: Order): string;
  /** Orders that nobody acts on any more. */
  isClosed(order: Order): boolean;
  /** What people can do to one order, by its name in the address. */
  readonly actions: Readonly<Record<string, OfficeAction<Order>>>;
  readonly pages: OfficePages<Order>;
  /** What the cart does by itself, asked every quarter of a second. */
  tick?(office: Office<Order>, nowMs: number): void;
  /** The place of the next order where numbers are not simply counted. */
  nextIndex?(office: Office<Order>): number;
  /** Where a buyer's order may be refused before it is made: gives it once it is there. Null: such a cart just makes it. */
  checkout?(
    office: Office<Order>,
    order: NewOrder<Order>,
    of: { readonly life: Order['life']; readonly leaves: boolean },
  ): Promise<Order | null> | null;
  /** Ends what is under way. */
  close?(office: Office<Order>): Promise<void>;
}

interface ImportOutcome {
  readonly name: string;
  readonly atMs: number;
  readonly rows: number;
  readonly problems: readonly string[];
}

const importsKept = 20;

/** One cart's back office: its orders, the files it writes and takes, what its people do. */
export class Office<Order extends OfficeOrder> {
  readonly id: string;
  readonly label: string;
  /** The latest files taken over, newest first. */
  readonly imports: ImportOutcome[] = [];

  constructor(
    readonly world: World,
    readonly definition: OfficeDefinition<Order>,
    readonly book: OfficeBook<Order>,
  ) {
    this.id = definition.id;
    this.label = definition.label;
  }

  /** Takes an order in. A number that is taken is refused. */
  place(order: NewOrder<Order>, life: Order['life'] = null): Order {
    if (this.book.get(order.number)) throw new ControlProblem(409, `${order.number} exists`);
    return this.book.add({ ...order, life } as Omit<Order, 'changedAtMs'>);
  }

  order(number: string): Order {
    const order = this.book.get(number);
    if (!order) throw new ControlProblem(404, `No order ${number}`);
    return order;
  }

  async act(number: string, action: string, body: unknown): Promise<Order> {
    const order = this.order(number);
    const act = Object.hasOwn(this.definition.actions, action) ? this.definition.actions[action] : undefined;
    if (!act) throw new ControlProblem(404, `No action ${action}`);
    await act.run(this, order, body);
    return order;
  }

  /** One export, by its name, of the orders changed after a moment (0: all). */
  exportFile(name: string, sinceMs = 0): OfficeFile {
    const found = Object.hasOwn(this.definition.exports, name) ? this.definition.exports[name] : undefined;
    if (!found) throw new ControlProblem(404, `No export ${name}`);
    return found.write(this.book.changedAfter(sinceMs), this.world.nowMs());
  }

  /** The files of the exchange folder about orders changed after a moment; none that would say nothing. */
  exportFiles(sinceMs: number): OfficeFile[] {
    const orders = this.book.changedAfter(sinceMs);
    if (orders.length === 0) return [];
    const exchanged = Object.values(this.definition.exports).filter((one) => one.exchanged);
    const files = exchanged.map((one) => one.write(orders, this.world.nowMs()));
    return files.filter(({ bytes }) => bytes.length > 0);
  }

  /** Takes a result file over, row by row. Throws `ControlProblem` where it is none. */
  importResult(file: OfficeFile): ImportOutcome {
    const problems: string[] = [];
    let rows = 0;
    for (const { number, set } of this.#linesOf(file)) {
      const order = this.book.get(number);
      if (order) this.book.note(order, set);
      else problems.push(`${number}: 該当する注文がありません`);
      rows += 1;
    }
    const outcome = { name: file.name, atMs: this.world.nowMs(), rows, problems };
    this.imports.unshift(outcome);
    this.imports.splice(importsKept);
    return outcome;
  }

  #linesOf(file: OfficeFile): ResultLine<Order>[] {
    try {
      return this.definition.readResult(file);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ControlProblem(400, `${file.name}: ${message}`);
    }
  }
}

/** An office whose kind of order does not matter: what routes, exchange and life see. */
export type AnyOffice = Office<OfficeOrder>;
