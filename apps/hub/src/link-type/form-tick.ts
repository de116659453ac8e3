import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { FormResults } from './form-results.js';

const tickName = 'payment-forms';
/** The time of a form ends after tens of minutes; one look by an index that is empty while none is open. */
const pauseMs = 5_000;

/** Looks for forms whose time is over; one look at a time. */
@Injectable()
export class FormTick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(tickName);
  private busy: Promise<void> | null = null;

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(FormResults) private readonly results: FormResults,
  ) {}

  onApplicationBootstrap(): void {
    this.registry.addInterval(
      tickName,
      setInterval(() => this.run(), pauseMs),
    );
  }

  /** Ends the ticking, which the scheduler may have done already, and waits for the look under way. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.registry.doesExist('interval', tickName)) this.registry.deleteInterval(tickName);
    await this.busy;
  }

  private run(): void {
    this.busy ??= this.results
      .expire()
      .then(() => undefined)
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.busy = null;
      });
  }
}
