import { Inject, Injectable, Logger } from '@nestjs/common';
import { IoError } from '@np-hub/kit';
import { withCause } from '../cause.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CartStep } from './cart-step.js';
import { Nightly } from './nightly.js';
import { NpStep } from './np-step.js';
import { Runs, RunTaken, type Run } from './runs.js';

/** Shops that one hub compares at the same time. */
const atOnce = 2;

/** Carries reconciliations out, step by step: each step is written with what it found, so that any hub can go on. */
@Injectable()
export class Reconciler {
  private readonly logger = new Logger('reconciliation');
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Nightly) private readonly nightly: Nightly,
    @Inject(NpStep) private readonly np: NpStep,
    @Inject(CartStep) private readonly cart: CartStep,
    @Inject(Shops) private readonly shops: Shops,
  ) {}

  /** Asks for the nightly ones whose time has come, and starts those that are due, as far as hands are free. */
  async wake(): Promise<void> {
    if (this.stopped) return;
    await this.nightly.ask();
    await this.begin();
  }

  /** Starts those that are due, as far as hands are free. */
  async begin(): Promise<void> {
    const free = atOnce - this.running.size;
    if (this.stopped || free <= 0) return;
    for (const run of await this.runs.claim(free)) {
      const work = this.run(run)
        .catch((error: unknown) => this.logger.error(`${run.id}: ${messageOf(error)}`))
        .finally(() => this.running.delete(work));
      this.running.add(work);
    }
  }

  /** Takes no more, and waits until those under way have come to the end of their step. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
  }

  /** Waits for those under way. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async run(claimed: Run): Promise<void> {
    let run: Run | null = claimed;
    try {
      await this.expect(run, await this.shops.open(run.shopId));
      while (run && !this.stopped) {
        const present: Run = run;
        // Anew for each step: one that its settings have overtaken is done once more by those of now.
        const shop = await this.shops.open(present.shopId);
        run = await withCause(present.id, () =>
          present.phase === 'np'
            ? this.np.step(present, shop)
            : this.cart.step(present, shop, () => this.stopped),
        );
      }
      if (run) await this.runs.release(run);
    } catch (error) {
      if (error instanceof RunTaken) return;
      if (!(error instanceof IoError)) this.logger.error(`Shop ${claimed.shopId}: ${messageOf(error)}`);
      const reason = error instanceof IoError ? `${error.kind}: ${error.message}` : 'failed';
      const waitMs = error instanceof IoError ? (error.details.retryAfterMs ?? 0) : 0;
      await this.runs.fail(run ?? claimed, reason, waitMs);
    }
  }

  /** Counted once more whenever a hub takes the run up: the shop has not stood still. */
  private async expect(run: Run, shop: OpenShop): Promise<void> {
    const total = (await this.np.count(shop.id)) + (await this.cart.count(shop.id));
    await this.runs.expect(run, total, this.cart.unread(shop));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown failure');
