import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AlertCollector } from './collector.js';
import { AlertSender } from './sender.js';

const tickName = 'alerts';
const pauseMs = 2_000;

/** Collects what there is to tell, then tells it; one round at a time. */
@Injectable()
export class AlertTick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(tickName);
  private busy: Promise<void> | null = null;

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(AlertCollector) private readonly collector: AlertCollector,
    @Inject(AlertSender) private readonly sender: AlertSender,
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
    this.busy ??= this.collector
      .run()
      .then(() => this.sender.run())
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.busy = null;
      });
  }
}
