import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Reconciler } from './reconciler.js';

const pauseMs = 5_000;

/** Looks for reconciliations whose time has come; a look that is still under way is not begun a second time. */
@Injectable()
export class ReconciliationLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('reconciliation');
  private look: Promise<void> | null = null;

  constructor(
    @Inject(SchedulerRegistry) private readonly registry: SchedulerRegistry,
    @Inject(Reconciler) private readonly reconciler: Reconciler,
  ) {}

  onApplicationBootstrap(): void {
    this.registry.addInterval(
      'reconcile',
      setInterval(() => this.begin(), pauseMs),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.look;
    await this.reconciler.stop();
  }

  private begin(): void {
    this.look ??= this.reconciler
      .wake()
      .catch((error: unknown) => this.logger.error(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.look = null;
      });
  }
}
