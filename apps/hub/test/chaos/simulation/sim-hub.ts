import { tmpdir } from 'node:os';
import type { DynamicModule, Provider } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpClient } from '@np-hub/kit';
import type { Clock, IdSource } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { AppModule } from '../../../src/app.module.js';
import { dueGroups, type DueGroup } from '../../../src/dispatch/claims.js';
import { Prober } from '../../../src/backpressure/prober.js';
import { Presence } from '../../../src/dispatch/presence.js';
import { ReadWorker } from '../../../src/dispatch/read-worker.js';
import { Reaper } from '../../../src/dispatch/reaper.js';
import { WriteWorker } from '../../../src/dispatch/write-worker.js';
import { readEnvironment } from '../../../src/env.js';
import { createApplication } from '../../../src/http/app.js';
import { FilesLife } from '../../../src/files/files-life.js';
import { Pull } from '../../../src/intake/pull.js';
import { WebhooksController } from '../../../src/intake/webhooks.controller.js';
import { Reconciler } from '../../../src/reconciliation/reconciler.js';
import { ReconciliationLife } from '../../../src/reconciliation/reconciliation-life.js';
import { Runs } from '../../../src/reconciliation/runs.js';
import { Deadlines } from '../../../src/scheduler/deadlines.js';
import { Scheduler } from '../../../src/scheduler/scheduler.js';
import { createKeyring } from '../../../src/security/keyring.js';
import { Tick } from '../../../src/scheduler/tick.js';
import { Outbound } from '../../../src/shops/outbound.js';
import { PushWorker } from '../../../src/status-push/push-worker.js';
import { timings, type Timing } from '../../../src/timing.js';
import type { Chance } from './chance.js';
import { gateTransactions, isDatabaseFailure, type DatabaseParts } from './database.js';

const { calm } = timings;
/** What NP may still do to an approval is asked for within hours, not days: the simulated time ends sooner. */
const timing: Timing = {
  ...calm,
  pullMs: 20_000,
  pullQuietMs: 40_000,
  sweepMs: 60_000,
  shopsAtOnce: 1,
  read: { ...calm.read, idle: calm.read.slow },
};

const environment = readEnvironment({ NP_HUB_DEMO: 'off', NP_HUB_LOG_LEVEL: 'silent' });

export interface SimHubParts extends DatabaseParts {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly line: HttpClient;
}

/** One hub with its real code; only its ticks are the simulation's, and its line to the outside. */
export class SimHub {
  private readonly busy = new Set<string>();

  private constructor(
    readonly name: string,
    readonly app: NestFastifyApplication,
    private readonly clock: Clock,
  ) {}

  static async start(parts: SimHubParts): Promise<SimHub> {
    const module = AppModule.forRoot({
      environment,
      keyring: createKeyring([{ id: 'test', secret: Buffer.alloc(32, 7) }]),
      databaseUrl: parts.databaseUrl,
      clock: parts.clock,
      ids: parts.ids,
      timing,
    });
    const app = await createApplication(simulated(module, parts.line), environment, tmpdir());
    await app.init();
    gateTransactions(app.get(DataSource), parts);
    return new SimHub(parts.name, app, parts.clock);
  }

  get<T>(part: new (...parts: never[]) => T): T {
    return this.app.get<T>(part, { strict: false });
  }

  get database(): DataSource {
    return this.get(DataSource);
  }

  /** Runs one batch of one kind of due work; of one kind only one at a time, as the dispatcher does it. False: nothing is due. */
  async work(chance: Chance): Promise<boolean> {
    const groups = await dueGroups(this.database.manager, this.clock.now().toISOString());
    const group = chance.pick(groups.filter((one) => !this.busy.has(keyOf(one))));
    if (!group) return false;
    this.busy.add(keyOf(group));
    try {
      await asItsLoop(() => this.runOne(group));
    } finally {
      this.busy.delete(keyOf(group));
    }
    return true;
  }

  /** One round of reading carts, unless one is under way: it would wait for that one. */
  async pull(): Promise<void> {
    if (this.busy.has('pull')) return;
    this.busy.add('pull');
    const pull = this.get(Pull);
    await asItsLoop(() => pull.wake());
    await pull.idle();
    this.busy.delete('pull');
  }

  /** Compares a shop with NP and with its cart, as a person asks for it. */
  async reconcile(shopId: string): Promise<void> {
    const reconciler = this.get(Reconciler);
    await this.get(Runs).ask(shopId, 'desk');
    await asItsLoop(() => reconciler.begin());
    await reconciler.idle();
  }

  reap(): Promise<unknown> {
    return asItsLoop(() => this.get(Reaper).run());
  }

  tell(): Promise<unknown> {
    return asItsLoop(() => this.get(Deadlines).run());
  }

  /** Connections to the database that wait for work, and are not known to have ended. */
  get idleConnections(): number {
    return this.pool.idleCount;
  }

  /** Ends as a killed process does: its sessions are gone at once, and nobody waits for what it was doing. */
  async die(): Promise<void> {
    const registry = this.get(SchedulerRegistry);
    for (const name of registry.getIntervals()) registry.deleteInterval(name);
    await this.get(Presence).onApplicationShutdown();
    // Not by the pool, which would wait for what a dead hub still holds.
    await Promise.all(this.pool._clients.map((client) => client.end()));
  }

  private get pool(): Pool {
    return (this.database.driver as unknown as { readonly master: Pool }).master;
  }

  private runOne(group: DueGroup): Promise<number> {
    if (group.lane === 'probe') return this.get(Prober).run(group);
    if (group.lane === 'write') return this.get(WriteWorker).run(group);
    return group.lane === 'word' ? this.get(PushWorker).run(group) : this.get(ReadWorker).run(group);
  }
}

const keyOf = (group: DueGroup): string => `${group.lane}/${group.connectionId}/${group.operation}`;

/** What the drivers' pool shows of itself. */
interface Pool {
  readonly idleCount: number;
  readonly _clients: readonly { end(): Promise<void> }[];
}

/** As the hub's own loops do it: a failure of the database ends this piece of work, not the hub. */
async function asItsLoop(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDatabaseFailure(error)) throw error;
  }
}

const ticking: readonly unknown[] = [Scheduler, FilesLife, ReconciliationLife];
const doesTick = (provider: { readonly prototype: unknown }): boolean =>
  ticking.includes(provider) || provider.prototype instanceof Tick;

/** The hub's own composition, with the line to the outside replaced, and without anything that ticks by itself. */
function simulated(module: DynamicModule, line: HttpClient): DynamicModule {
  const providers = (module.providers ?? []).map((provider): Provider => {
    if (provider === Outbound) return { provide: Outbound, useValue: { client: () => line } };
    const ticks = typeof provider === 'function' && doesTick(provider);
    return ticks ? { provide: provider, useValue: {} } : provider;
  });
  return { ...module, providers, controllers: [WebhooksController] };
}
