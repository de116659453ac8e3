import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Presence } from '../../../src/dispatch/presence.js';
import { createTestDatabase } from '../../support/database.js';
import { Chance } from './chance.js';
import { lockTimeoutMs } from './database.js';
import { Desk } from './desk.js';
import { fair, noFaults, usualFaults, type Faults } from './faults.js';
import { cancelsOf, complaintsOf, type HistoryRow } from './history.js';
import { faultyLine } from './line.js';
import { actOnce } from './people.js';
import { Post } from './post.js';
import { doubtsOf, driftOf, figuresOf, rowsOf, sightOf, storyOf, traceOf } from './records.js';
import { enterShops } from './shops.js';
import { SimHub } from './sim-hub.js';
import { Steps } from './steps.js';
import {
  evening,
  fewestQuietRounds,
  longestSpell,
  lulls,
  minuteMs,
  mostRounds,
  mostSkewMs,
  shortestDay,
  shortestSpell,
  turns,
  usualKills,
  type SimulationOptions,
  type SimulationResult,
} from './terms.js';
import { judge, type HubRow } from './verdict.js';
import { carts, countedIds, OutsideWorld, skewed } from './world.js';

/**
 * The whole system in one process: real hubs, a real PostgreSQL, and the sandbox's NP and carts, one step at a time
 * in the order that the seed decides. Crashes are simulated: a hub's work stops for ever where it stands.
 */
export class Simulation {
  private readonly chance: Chance;
  private readonly steps: Steps;
  private readonly hubs: SimHub[] = [];
  private shopsOfCart: ReadonlyMap<string, readonly string[]> = new Map();
  private readonly cartOfOrder = new Map<string, string>();
  private readonly numbers: string[] = [];
  private readonly mail: Post;
  private onTheWay: { readonly atMs: number; readonly deliver: () => Promise<unknown> }[] = [];
  private readonly desk: Desk;
  private readonly counts = new Map<string, number>();
  private faults: Faults = noFaults;
  /** The line is mostly sound for a while. */
  private isFair = false;
  private born = 0;
  /** Transactions that stand still with their locks. A killed hub's are counted too, for as long as anybody may have met them. */
  private standing = 0;

  private constructor(
    private readonly options: SimulationOptions,
    private readonly world: OutsideWorld,
    private readonly database: { readonly url: string; drop(): Promise<void> },
    private readonly pool: pg.Pool,
  ) {
    this.chance = new Chance(options.seed);
    this.steps = new Steps(this.chance);
    this.desk = new Desk({ chance: this.chance, steps: this.steps, world, pool });
    this.mail = new Post({
      chance: this.chance,
      steps: this.steps,
      world,
      faults: () => this.present(),
      cartOf: (number) => this.cartOfOrder.get(number) ?? '',
      shopsOf: (cartShop) => this.shopsOfCart.get(cartShop) ?? [],
      isHeldUp: () => this.standing > 0,
    });
  }

  /** Runs one seed from an empty database to rest, and judges it. */
  static async run(options: SimulationOptions): Promise<SimulationResult> {
    const world = await OutsideWorld.start();
    const database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    pool.on('error', () => undefined);
    const simulation = new Simulation(options, world, database, pool);
    try {
      await simulation.setUp();
      await simulation.live();
      await simulation.calm();
      return await simulation.verdict();
    } finally {
      await simulation.tearDown();
    }
  }

  private async setUp(): Promise<void> {
    await this.pool.query(
      `alter database ${new URL(this.database.url).pathname.slice(1)} set lock_timeout = ${lockTimeoutMs}`,
    );
    if (this.options.sql) await this.pool.query(this.options.sql);
    const first = await this.addHub();
    // Statistics are gathered by the clock on the wall, and with them the order changes in which rows come that nobody has ordered.
    await this.pool.query(
      `do $$ declare t regclass; begin for t in select c.oid::regclass from pg_class c
         where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, to_regnamespace('jobs'))
       loop execute format('alter table %s set (autovacuum_enabled = false)', t); end loop; end $$`,
    );
    this.shopsOfCart = await enterShops(first, this.world, this.chance);
    this.faults = this.options.faults ?? usualFaults;
    for (let extra = 1; extra < (this.options.hubs ?? 3); extra += 1) await this.addHub();
  }

  /** Orders come, people act, calls fail, hubs die; until every order has come and time enough has passed. */
  private async live(): Promise<void> {
    const ticks = shortestDay + this.options.orders * 5;
    let [placed, lot, turnsAt] = [0, 1, this.chance.between(shortestSpell, longestSpell)];
    const nightfall = Math.floor(ticks * evening);
    for (let tick = 0; tick < ticks; tick += 1) {
      // Whatever was in the middle of something stays there for the night. Returns are for the next day.
      if (tick === nightfall) this.world.clock.nextDay();
      if (tick === turnsAt) {
        this.isFair = !this.isFair;
        turnsAt += this.chance.between(shortestSpell, longestSpell);
      }
      const wanted = Math.min(this.options.orders, Math.ceil((this.options.orders * tick * 2) / ticks));
      if (wanted - placed >= lot || (wanted > placed && wanted === this.options.orders)) {
        await this.place(wanted - placed);
        placed = wanted;
        lot = this.chance.between(1, this.options.cart ? 3 : 12);
      }
      await this.step();
    }
  }

  private async place(count: number): Promise<void> {
    const shopId = this.options.cart ?? this.chance.pick(carts)?.shopId ?? '';
    const bulk = { count, seed: this.chance.between(1, 1e9), mix: 'demo', alive: false, shopId };
    const { displayOrderNumbers } = await this.world.control<{ displayOrderNumbers: string[] }>(
      'POST',
      '/makeshop/orders/bulk',
      bulk,
    );
    for (const number of displayOrderNumbers) {
      this.cartOfOrder.set(number, shopId);
      this.numbers.push(number);
      this.mail.add({ event: 'order_updated', number });
    }
    if (this.chance.happens(0.5)) await this.allLook(displayOrderNumbers[0]);
  }

  /** A notice comes at once, and every hub begins to read: two of them may read one merchant's two shops together. */
  private async allLook(number: string | undefined): Promise<void> {
    const [first] = this.hubs;
    if (first && number !== undefined) await this.mail.send(first, { event: 'order_updated', number });
    for (const hub of this.hubs) await this.steps.begin(hub.name, () => hub.pull());
  }

  private async step(): Promise<void> {
    // Mostly moments; now and then minutes in which nobody comes to anything: leases end, reviews are over.
    const isLull = this.chance.happens(lulls);
    this.world.clock.forward(isLull ? this.chance.between(1, 4) * minuteMs : this.chance.between(0, 3_000));
    await this.deliverDue();
    const hub = this.chance.pick(this.hubs);
    if (!hub) return;
    if (this.chance.happens(this.options.kills ?? usualKills)) return this.killAndRestart(this.victim(hub));
    if (this.chance.happens(this.faults['database-restart'])) return this.restartDatabase();
    return this.turn(hub);
  }

  private async turn(hub: SimHub): Promise<void> {
    switch (this.chance.weighted({ ...turns, ...this.options.turns })) {
      case 'advance':
        for (let times = this.chance.between(1, 6); times > 0 && this.steps.waiting > 0; times -= 1)
          await this.steps.advance();
        return;
      case 'work':
        return this.steps.begin(hub.name, () => hub.work(this.chance));
      case 'rush':
        for (const each of this.hubs) await this.steps.begin(each.name, () => each.work(this.chance));
        return;
      case 'pull':
        return this.steps.begin(hub.name, () => hub.pull());
      case 'reap':
        return this.steps.begin(hub.name, () => hub.reap());
      case 'tell':
        return this.steps.begin(hub.name, () => hub.tell());
      case 'person':
        return this.person();
      case 'notice':
        return this.mail.deliverOne(hub);
      case 'desk':
        return this.desk.act(hub, this.numbers);
      case 'noise':
        return this.mail.noise(hub);
    }
  }

  /** What was still on its way when its caller gave up arrives, whatever has happened since. */
  private async deliverDue(): Promise<void> {
    const nowMs = this.world.clock.now().getTime();
    const due = this.onTheWay.filter(({ atMs }) => atMs <= nowMs);
    this.onTheWay = this.onTheWay.filter(({ atMs }) => atMs > nowMs);
    for (const { deliver } of due) await deliver();
  }

  private async person(): Promise<void> {
    const { world, chance, numbers } = this;
    for (let times = chance.between(1, 3); times > 0; times -= 1) {
      const notice = await actOnce({ world, chance, numbers, staleAnswer: this.faults['stale-answer'] });
      if (notice) this.mail.add(notice);
    }
  }

  /** Mostly one that is in the middle of something. */
  private victim(any: SimHub): SimHub {
    const busy = this.hubs.filter(({ name }) => this.steps.holds(name));
    return this.chance.happens(0.8) ? (this.chance.pick(busy) ?? any) : any;
  }

  private async killAndRestart(hub: SimHub): Promise<void> {
    this.count('kills');
    this.count('heldAtKills', this.steps.kill(hub.name));
    this.hubs.splice(this.hubs.indexOf(hub), 1);
    await hub.die();
    await this.addHub();
  }

  /** Every session ends, as with the server; the hubs go on with new ones. */
  private async restartDatabase(): Promise<void> {
    this.count('database-restart');
    await this.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // Sessions that have ended are known by an event: what moves on before it would differ from run to run.
    while (this.hubs.some(({ idleConnections }) => idleConnections > 0)) await sleep(2);
    await sleep(20);
  }

  private present(): Faults {
    return this.isFair ? fair(this.faults) : this.faults;
  }

  private aimed(url: string): Faults {
    const { aim } = this.options;
    const hits = aim !== undefined && this.faults !== noFaults && url.endsWith(aim.call);
    return hits ? { ...this.present(), ...aim.faults } : this.present();
  }

  private async addHub(): Promise<SimHub> {
    this.born += 1;
    const name = `hub-${this.born}`;
    const { steps, chance, world } = this;
    const isSkewed = chance.happens(this.faults['clock-skew']);
    const clock = skewed(world.clock, isSkewed ? chance.between(-mostSkewMs, mostSkewMs) : 0);
    const standing = (change: 1 | -1): void => {
      this.standing += change;
    };
    const shared = {
      standing,
      steps,
      chance,
      faults: () => this.present(),
      count: (what: string) => this.count(what),
    };
    const line = faultyLine(name, {
      ...shared,
      faults: (url) => this.aimed(url),
      clock: world.clock,
      arm: async (fault) => void (await world.control('POST', '/faults', fault)),
      deliverLater: (delayMs, deliver) =>
        this.onTheWay.push({ atMs: world.clock.now().getTime() + delayMs, deliver }),
    });
    const ids = countedIds(this.born);
    const hub = await SimHub.start({ ...shared, name, databaseUrl: this.database.url, clock, ids, line });
    await hub.get(Presence).owner();
    this.hubs.push(hub);
    return hub;
  }

  /** The line is sound again: everything that can end ends, doubts included where a person can find out. */
  private async calm(): Promise<void> {
    this.faults = noFaults;
    await this.world.control('DELETE', '/faults');
    await this.steps.finishAll();
    this.world.clock.forward(minuteMs);
    await this.deliverDue();
    await this.mail.deliverDeletions(this.hubs[0]);
    let rests = await this.settle();
    // Whether buyers have paid is asked the day after the report, and then every day.
    for (let days = 0; rests && days < 2; days += 1) {
      this.world.clock.nextDay();
      rests = await this.settle();
    }
    this.count('doubts', (await this.doubts()).length);
    for (let round = 0; rests && round < 3 && (await this.doubts()).length > 0; round += 1) {
      this.world.clock.forward(15 * minuteMs);
      for (const doubt of await this.doubts()) {
        const [hub] = this.hubs;
        if (hub) await this.wholly(hub, () => this.desk.resolve(hub, doubt));
      }
      rests = await this.settle();
    }
  }

  private doubts(): Promise<HubRow[]> {
    return doubtsOf(this.pool);
  }

  /** Runs all that is due, and moves time on, until nothing changes any more. False: it never comes to rest. */
  private async settle(): Promise<boolean> {
    // A round of each hub in turn: what one of them cannot do yet, another may.
    let [last, quiet] = ['', 0];
    const quietRounds = Math.max(fewestQuietRounds, this.hubs.length);
    for (let round = 0; quiet < quietRounds; round += 1) {
      if (round > mostRounds) {
        this.steps.complain(`Not at rest after ${mostRounds} rounds`);
        return false;
      }
      const hub = this.hubs[round % this.hubs.length];
      if (!hub) return false;
      const pulls = [...this.shopsOfCart.values()].flat().map(() => () => hub.pull());
      for (const work of [() => hub.reap(), () => hub.tell(), ...pulls]) await this.wholly(hub, work);
      await this.workOff(hub);
      // Soon first, then long enough for the slowest question (whether the buyer has paid) to be asked.
      this.world.clock.forward((quiet === 0 ? this.chance.between(1, 4) : 60) * minuteMs);
      const sight = await sightOf(this.pool, this.world.sandbox);
      quiet = sight === last ? quiet + 1 : 0;
      this.count('rounds');
      last = sight;
    }
    return true;
  }

  /** All that is due at this hub. A connection that is paused, or a lease of another, may keep some of it waiting. */
  private async workOff(hub: SimHub): Promise<void> {
    let isDue = true;
    for (let times = 0; isDue && times < 200; times += 1)
      await this.wholly(hub, async () => {
        isDue = await hub.work(this.chance);
      });
  }

  private async wholly(hub: SimHub, work: () => Promise<unknown>): Promise<void> {
    await this.steps.begin(hub.name, work);
    await this.steps.finishAll();
  }

  private rows(orderNumber: string | null = null): Promise<HubRow[]> {
    return rowsOf(this.pool, orderNumber);
  }

  private async verdict(): Promise<SimulationResult> {
    const rows = await this.rows();
    const { rows: history } = await this.pool.query<HistoryRow>(
      'select transaction_id, sequence, event, outcome from history order by transaction_id, sequence',
    );
    const { cancelled, lost } = cancelsOf(rows, history, this.desk.confirmedCancels);
    const findings = judge(this.world.sandbox, rows, cancelled);
    findings.lost.push(...lost);
    findings.wrongState.push(...complaintsOf(rows, history), ...(await this.reconciled()));
    const figures = figuresOf(this.counts, this.world.sandbox, history);
    const trace = await traceOf(this.pool, this.numbers);
    const story = storyOf(this.options.show, rows, history, this.world.sandbox);
    return { findings, thrown: this.steps.thrown, story, figures, trace };
  }

  /** At rest nothing is left to find: what a reconciliation finds now, the hub had wrong. */
  private async reconciled(): Promise<string[]> {
    const [hub] = this.hubs;
    for (const shopId of [...this.shopsOfCart.values()].flat())
      if (hub) await this.wholly(hub, () => hub.reconcile(shopId));
    return driftOf(this.pool);
  }

  private count(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  private async tearDown(): Promise<void> {
    for (const hub of this.hubs) await hub.app.close();
    await this.pool.end();
    await this.world.stop();
    await this.database.drop();
  }
}
