import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';

/** What a tick does. */
export interface TickTerms {
  readonly name: string;
  readonly pauseMs: number;
  readonly work: () => Promise<unknown>;
}

/** Does one piece of work again and again, one round at a time; a round that fails is logged, and the next one follows. */
export abstract class Tick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private busy: Promise<void> | null = null;

  protected constructor(
    private readonly registry: SchedulerRegistry,
    private readonly terms: TickTerms,
  ) {
    this.logger = new Logger(terms.name);
  }

  onApplicationBootstrap(): void {
    const { name, pauseMs } = this.terms;
    this.registry.addInterval(
      name,
      setInterval(() => this.run(), pauseMs),
    );
  }

  /** Ends the ticking, which the scheduler may have done already, and waits for the round under way. */
  async beforeApplicationShutdown(): Promise<void> {
    const { name } = this.terms;
    if (this.registry.doesExist('interval', name)) this.registry.deleteInterval(name);
    await this.busy;
  }

  private run(): void {
    this.busy ??= this.terms
      .work()
      .then(() => undefined)
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.busy = null;
      });
  }
}
