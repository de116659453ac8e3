import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ReportKeeper } from './report-keeper.js';

const tickName = 'reports';
const pauseMs = 15_000;

/** Brings the figures up to date; one round at a time. */
@Injectable()
export class ReportTick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(tickName);
  private busy: Promise<void> | null = null;

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(ReportKeeper) private readonly keeper: ReportKeeper,
  ) {}

  onApplicationBootstrap(): void {
    this.registry.addInterval(
      tickName,
      setInterval(() => this.run(), pauseMs),
    );
  }

  /** Ends the ticking, which the scheduler may have done already, and waits for the round under way. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.registry.doesExist('interval', tickName)) this.registry.deleteInterval(tickName);
    await this.busy;
  }

  private run(): void {
    this.busy ??= this.keeper
      .run()
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.busy = null;
      });
  }
}
