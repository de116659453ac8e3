import { cagolab } from '../cagolab/office.js';
import { goqsystem } from '../goqsystem/office.js';
import type { Life } from '../life/life.js';
import { subscriptionStores } from '../subscription-store/office.js';
import type { World } from '../world.js';
import type { OfficeOrder } from './book.js';
import { Exchange } from './exchange.js';
import { OfficeLife } from './life.js';
import { type AnyOffice, Office, type OfficeDefinition } from './office.js';

const tickMs = 250;

/** makeshop gets this many times the orders that each office gets in the demo life. */
const shareOfLife = 3;

export interface RunningOffice {
  readonly office: AnyOffice;
  readonly exchange: Exchange;
  readonly life: OfficeLife;
}

/** The back offices of the carts that exchange files, one line each; サブスクストア has two stores. */
const openOffices = (world: World): AnyOffice[] => [
  open(world, cagolab),
  open(world, goqsystem),
  ...subscriptionStores.map((store) => open(world, store)),
];

function open<Order extends OfficeOrder>(world: World, definition: OfficeDefinition<Order>): Office<Order> {
  return new Office(world, definition, world.book<Order>(definition.id));
}

/** All offices, and the clock that drives them. */
export class Offices {
  readonly #byId: ReadonlyMap<string, RunningOffice>;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly world: World,
    private readonly life: Life,
  ) {
    this.#byId = new Map(
      openOffices(world).map((office) => [
        office.id,
        { office, exchange: new Exchange(office), life: new OfficeLife(office) },
      ]),
    );
  }

  get(id: string): RunningOffice | undefined {
    return this.#byId.get(id);
  }

  all(): RunningOffice[] {
    return [...this.#byId.values()];
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    for (const { office } of this.all()) await office.definition.close?.(office);
  }

  #tick(): void {
    const nowMs = this.world.nowMs();
    const { on, ordersPerMinute, paceMs } = this.life.state;
    for (const { office, exchange, life } of this.all()) {
      if (on) life.tick({ ordersPerMinute: ordersPerMinute / shareOfLife, paceMs }, nowMs);
      office.definition.tick?.(office, nowMs);
      exchange.tick(nowMs);
    }
    this.world.journal.flush();
  }
}
