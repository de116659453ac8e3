import type { LifeOptions } from '../life/life.js';
import { pickScript } from '../life/scripts.js';
import { outcomeSchema } from '../np/magic.js';
import { between, type Random, seededRandom } from '../random.js';
import type { World } from '../world.js';
import type { OfficeOrder } from './book.js';
import type { AnyOffice } from './office.js';

/** Unfinished orders above which no new ones come: then nobody is connected. */
const mostUnfinished = 60;

interface PlaceOptions {
  readonly count: number;
  readonly seed: number;
  /** Weights of the scripts by name. */
  readonly mix: Readonly<Record<string, number>>;
  /** Whether people go on to act on the orders. */
  readonly alive: boolean;
  /** Seconds between two orders, counted back from now. */
  readonly spacingSeconds: number;
}

/** Orders that come to one office by themselves, and people who act on them by the words that it shows. */
export class OfficeLife {
  #nextOrderAtMs = 0;
  readonly #random: Random;
  readonly #unfinished = new Set<string>();
  readonly #dueMs = new Map<string, number>();

  constructor(private readonly office: AnyOffice) {
    this.#random = seededRandom([...office.id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
    for (const { number, life } of office.book.all()) if (life) this.#unfinished.add(number);
  }

  get weights(): Record<string, number> {
    const scripts = Object.entries(this.office.definition.scripts);
    return Object.fromEntries(scripts.map(([name, { weight }]) => [name, weight]));
  }

  /** Makes many orders at once, repeatable by the seed but for their numbers. Gives the numbers. */
  place({ count, seed, mix, alive, spacingSeconds }: PlaceOptions): string[] {
    const random = seededRandom(seed);
    const nowMs = this.office.world.nowMs();
    return Array.from({ length: count }, (_, index) => {
      const placedAtMs = nowMs - (count - 1 - index) * spacingSeconds * 1000;
      return this.#placeOne(random, placedAtMs, { script: pickScript(random, mix), alive });
    });
  }

  #placeOne(random: Random, atMs: number, kind: { script: string; alive: boolean }): string {
    const { office } = this;
    const { definition, world } = office;
    const script = definition.scripts[kind.script];
    const index = definition.nextIndex?.(office) ?? office.book.size;
    const made = definition.makeOrder(random, index, atMs);
    const order = { ...made, ...script?.spoil?.(made, random) };
    if (script?.outcome)
      world.np.prepareOutcome(definition.npNumberOf(order), outcomeSchema.parse(script.outcome));
    const life = kind.alive ? { script: kind.script, stage: 0 } : null;
    const asking = definition.checkout?.(office, order, { life, leaves: script?.leaves ?? false });
    if (asking) {
      const placed = (kept: OfficeOrder | null): void => {
        if (kept?.life) this.#unfinished.add(kept.number);
      };
      asking.then(placed, () => undefined);
      return order.number;
    }
    office.place(order, life);
    if (kind.alive) this.#unfinished.add(order.number);
    return order.number;
  }

  /** One moment of the demo life. */
  tick({ ordersPerMinute, paceMs }: LifeOptions, nowMs: number): void {
    const isDue = ordersPerMinute > 0 && nowMs >= this.#nextOrderAtMs;
    if (isDue && this.#unfinished.size < mostUnfinished) {
      this.#placeOne(this.#random, nowMs, { script: pickScript(this.#random, this.weights), alive: true });
      this.#nextOrderAtMs = nowMs + 60_000 / ordersPerMinute;
    }
    for (const number of this.#unfinished) this.#live(number, nowMs, paceMs);
  }

  #live(number: string, nowMs: number, [fromMs, toMs]: LifeOptions['paceMs']): void {
    const { office } = this;
    const order = office.book.get(number);
    const script = order?.life ? office.definition.scripts[order.life.script] : undefined;
    const step = order?.life ? script?.steps[order.life.stage] : undefined;
    if (!order?.life || !step || office.definition.isClosed(order)) {
      this.#finish(number);
      return;
    }
    if (!step.words.includes(office.definition.wordOf(order))) {
      this.#dueMs.delete(number);
      return;
    }
    const dueMs = this.#dueMs.get(number);
    if (dueMs === undefined) {
      this.#dueMs.set(number, nowMs + between(this.#random, fromMs, toMs) * (step.slow ? 4 : 1));
    } else if (nowMs >= dueMs) {
      this.#dueMs.delete(number);
      office.book.note(order, { life: { ...order.life, stage: order.life.stage + 1 } });
      step.act({ office, order, random: this.#random });
    }
  }

  #finish(number: string): void {
    this.#unfinished.delete(number);
    this.#dueMs.delete(number);
    const order = this.office.book.get(number);
    if (order?.life) this.office.book.note(order, { life: null });
  }
}

/** The buyer pays NP's invoice, where the shipment has been reported. */
export function payAtNp(world: World, npNumber: string): void {
  const reported = world.np.withShopTransactionId(npNumber).find((known) => known.report);
  if (reported?.cancelledAtMs === null) world.np.change(reported, { paidAtMs: world.nowMs() });
}
