import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { NoticeInbox } from './inbox.js';

const tickName = 'gateway-notices';
const pauseMs = 1_000;

/** Looks at the notices that wait for their transaction; one look at a time. */
@Injectable()
export class NoticeTick implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(tickName);
  private busy: Promise<void> | null = null;

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(NoticeInbox) private readonly inbox: NoticeInbox,
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
    this.busy ??= this.inbox
      .retry()
      .then(() => undefined)
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.busy = null;
      });
  }
}
