import type { Staff } from '../makeshop/staff.js';
import type { Order } from '../makeshop/store.js';
import { between, type Random, seededRandom } from '../random.js';
import type { World } from '../world.js';
import { makeOrder, makeOrderNumber } from './generate.js';
import { applyScript, defaultWeights, pickScript, relayWeights, scripts } from './scripts.js';

const tickMs = 250;

/** Unfinished orders above which no new ones come: then nobody is connected. */
const mostUnfinished = 400;
const otherShopsShare = 0.25;

export interface LifeOptions {
  readonly ordersPerMinute: number;
  /** How long people take over a step, in milliseconds, from and to. */
  readonly paceMs: readonly [number, number];
}

const defaultLife: LifeOptions = { ordersPerMinute: 12, paceMs: [2000, 8000] };

interface BulkOptions {
  readonly count: number;
  readonly seed: number;
  readonly shopId: string;
  /** Weights of the scripts by name. */
  readonly mix: Readonly<Record<string, number>>;
  /** Whether people go on to act on the orders. */
  readonly alive: boolean;
  /** Seconds between two orders, counted back from now. */
  readonly spacingSeconds: number;
}

/** Orders that come in by themselves, and people who act on them by what makeshop's word says. */
export class Life {
  #timer: NodeJS.Timeout | null = null;
  #options = defaultLife;
  #nextOrderAtMs = 0;
  readonly #random: Random = seededRandom(20_261_121);
  readonly #unfinished = new Set<string>();
  readonly #dueMs = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly staff: Staff,
  ) {
    for (const order of world.orders.all()) if (order.life) this.#unfinished.add(order.displayOrderNumber);
  }

  get state(): { on: boolean; unfinished: number } & LifeOptions {
    return { on: this.#timer !== null, unfinished: this.#unfinished.size, ...this.#options };
  }

  start(options: Partial<LifeOptions> = {}): void {
    this.stop();
    this.#options = { ...defaultLife, ...options };
    this.#nextOrderAtMs = this.world.nowMs();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Creates many orders at once, repeatable by the seed but for their numbers. */
  createOrders(options: BulkOptions): Order[] {
    const random = seededRandom(options.seed);
    const nowMs = this.world.nowMs();
    return Array.from({ length: options.count }, (_, index) => {
      const placedAtMs = nowMs - (options.count - 1 - index) * options.spacingSeconds * 1000;
      const { shopId, alive } = options;
      return this.#create(random, placedAtMs, { shopId, script: pickScript(random, options.mix), alive });
    });
  }

  #create(random: Random, atMs: number, kind: { shopId: string; script: string; alive: boolean }): Order {
    const { shopId, script, alive } = kind;
    const number = makeOrderNumber(atMs, (taken) => this.world.orders.get(taken) !== undefined);
    const order = makeOrder(random, shopId, number, atMs);
    applyScript(this.world, order, script);
    if (alive) {
      order.life = { script, stage: 0 };
      this.#unfinished.add(number);
    }
    this.staff.place(order);
    return order;
  }

  #tick(): void {
    const nowMs = this.world.nowMs();
    const shops = [...this.world.shops.values()];
    const [first] = shops;
    // Of several shops the first one gets most of the orders.
    const shop = shops.length > 1 && this.#random() < otherShopsShare ? shops.at(-1) : first;
    const { ordersPerMinute } = this.#options;
    if (
      shop &&
      ordersPerMinute > 0 &&
      nowMs >= this.#nextOrderAtMs &&
      this.#unfinished.size < mostUnfinished
    ) {
      const script = pickScript(this.#random, shop === first ? defaultWeights : relayWeights);
      this.#create(this.#random, nowMs, { shopId: shop.shopId, script, alive: true });
      this.#nextOrderAtMs = nowMs + 60_000 / ordersPerMinute;
    }
    for (const number of this.#unfinished) this.#live(number, nowMs);
    this.world.journal.flush();
  }

  #live(number: string, nowMs: number): void {
    const order = this.world.orders.get(number);
    const step = order?.life ? scripts[order.life.script]?.steps[order.life.stage] : undefined;
    if (!order?.life || !step || order.isDeleted || order.payMethod !== 'N') {
      this.#finish(number);
      return;
    }
    if (!step.words.includes(order.paymentStatus)) {
      this.#dueMs.delete(number);
      return;
    }
    const dueMs = this.#dueMs.get(number);
    if (dueMs === undefined) {
      const [fromMs, toMs] = this.#options.paceMs;
      const waitMs = between(this.#random, fromMs, toMs) * (step.slow ? 4 : 1);
      this.#dueMs.set(number, nowMs + waitMs);
    } else if (nowMs >= dueMs) {
      this.#dueMs.delete(number);
      this.world.orders.change(order, { life: { ...order.life, stage: order.life.stage + 1 } });
      step.act({ world: this.world, staff: this.staff, random: this.#random, order });
    }
  }

  #finish(number: string): void {
    this.#unfinished.delete(number);
    this.#dueMs.delete(number);
    const order = this.world.orders.get(number);
    if (order?.life) this.world.orders.change(order, { life: null });
  }
}
