import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { systemClock, type Clock, type IdSource } from '@np-hub/model';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CheckoutNoticeController } from './checkout/checkout-notice.controller.js';
import { CheckoutTexts } from './checkout/checkout-texts.js';
import { Pace } from './backpressure/pace.js';
import { Prober } from './backpressure/prober.js';
import { Recovery } from './backpressure/recovery.js';
import { TroublesController } from './backpressure/troubles.controller.js';
import { ChangesController } from './changes/changes.controller.js';
import { Notices } from './changes/notices.js';
import { Numbering } from './changes/numbering.js';
import { ChangePages } from './changes/pages.js';
import { codeCardControllers, codeCardProviders } from './code-cards/index.js';
import { migrate, openDataSource } from './database/data-source.js';
import { Partitions } from './database/partitions.js';
import { Statistics } from './database/statistics.js';
import { deskControllers, deskProviders } from './desk/index.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { Presence } from './dispatch/presence.js';
import { ReadWorker } from './dispatch/read-worker.js';
import { Departures } from './dispatch/departures.js';
import { NpListTaking } from './doubts/np-list-taking.js';
import { NpListsController } from './doubts/np-lists.controller.js';
import { NpLists } from './doubts/np-lists.js';
import { DuplicateCheck } from './duplicates/duplicate-check.js';
import { Reaper } from './dispatch/reaper.js';
import { WriteWorker } from './dispatch/write-worker.js';
import type { Environment } from './env.js';
import { FilesController } from './files/files.controller.js';
import { fileProviders } from './files/index.js';
import { noticeControllers, noticeProviders } from './gateway-notices/index.js';
import { HttpModule } from './http/http.module.js';
import { Absences } from './intake/absences.js';
import { Intake } from './intake/intake.js';
import { Pull } from './intake/pull.js';
import { Runs } from './intake/runs.js';
import { WebhooksController } from './intake/webhooks.controller.js';
import { Windows } from './intake/windows.js';
import { reconciliationProviders } from './reconciliation/index.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { moveProviders } from './moves/index.js';
import { MovesController } from './moves/moves.controller.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { privacyProviders } from './privacy/index.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { reportControllers, reportProviders } from './reports/index.js';
import { Changes } from './scheduler/changes.js';
import { Deadlines } from './scheduler/deadlines.js';
import { Scheduler } from './scheduler/scheduler.js';
import type { Keyring } from './security/keyring.js';
import { Connections } from './shops/connections.js';
import { Outbound } from './shops/outbound.js';
import { ShopsController } from './shops/shops.controller.js';
import { SettingsChange } from './shops/settings-change.js';
import { Shops } from './shops/shops.js';
import { settlementControllers, settlementProviders } from './settlements/index.js';
import { PushWorker } from './status-push/push-worker.js';
import { timings, type Timing } from './timing.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING, TIMING } from './tokens.js';
import { SecondIds } from './doubts/second-ids.js';
import { TransactionActions } from './transactions/actions.js';
import { TransactionList } from './transactions/list.js';
import { Tallies } from './transactions/tallies.js';
import { Transactions } from './transactions/transactions.js';
import { TransactionsController } from './transactions/transactions.controller.js';
import { TransactionViews } from './transactions/view.js';
import { notificationControllers, notificationProviders } from './notifications/index.js';
import { onboardingControllers, onboardingProviders } from './onboarding/index.js';
import { OpenOrders } from './open-orders/open-orders.js';
import { OpenOrdersController } from './open-orders/open-orders.controller.js';
import { realTimeControllers, realTimeProviders } from './real-time/index.js';
import { linkTypeControllers, linkTypeProviders } from './link-type/index.js';
import { invoiceControllers, invoiceProviders } from './invoices/index.js';
import { WebhookSender } from './webhooks-out/sender.js';
import { Webhooks } from './webhooks-out/webhooks.js';
import { WebhooksOutController } from './webhooks-out/webhooks-out.controller.js';
import { Reread } from './words/reread.js';
import { Words } from './words/words.js';
import { WordsController } from './words/words.controller.js';

/** What the hub is built from. Clock, ids and timing are given by tests only. */
export interface HubParts {
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly databaseUrl: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly timing?: Timing;
}

/** Values that every module may ask for. */
@Module({})
export class BaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  static forRoot(parts: HubParts): DynamicModule {
    const timing = parts.timing ?? timings[parts.environment.pace];
    return {
      module: BaseModule,
      global: true,
      providers: [
        { provide: ENVIRONMENT, useValue: parts.environment },
        { provide: KEYRING, useValue: parts.keyring },
        { provide: CLOCK, useValue: parts.clock ?? systemClock },
        { provide: IDS, useValue: parts.ids ?? { next: () => randomUUID() } },
        { provide: TIMING, useValue: timing },
        { provide: DataSource, useFactory: () => openDatabase(parts.databaseUrl) },
      ],
      exports: [ENVIRONMENT, KEYRING, CLOCK, IDS, TIMING, DataSource],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}

async function openDatabase(url: string): Promise<DataSource> {
  const database = await openDataSource(url);
  await migrate(database);
  return database;
}

/** The composition root: every part of the hub, each named once. */
@Module({})
export class AppModule {
  static forRoot(parts: HubParts): DynamicModule {
    return {
      module: AppModule,
      imports: [BaseModule.forRoot(parts), HttpModule.forRoot(parts.environment)],
      controllers: [
        TransactionsController,
        ShopsController,
        WebhooksController,
        ChangesController,
        WebhooksOutController,
        OpenOrdersController,
        FilesController,
        WordsController,
        ReconciliationController,
        MetricsController,
        PrivacyController,
        ...noticeControllers,
        CheckoutNoticeController,
        ...deskControllers,
        ...onboardingControllers,
        ...notificationControllers,
        ...codeCardControllers,
        ...reportControllers,
        NpListsController,
        ...settlementControllers,
        MovesController,
        TroublesController,
        ...realTimeControllers,
        ...linkTypeControllers,
        ...invoiceControllers,
      ],
      providers: [
        Outbound,
        Connections,
        Shops,
        SettingsChange,
        Transactions,
        TransactionList,
        Tallies,
        TransactionViews,
        SecondIds,
        TransactionActions,
        Intake,
        Absences,
        Windows,
        Runs,
        Pull,
        Presence,
        Recovery,
        Prober,
        Pace,
        Departures,
        DuplicateCheck,
        WriteWorker,
        ReadWorker,
        PushWorker,
        Reaper,
        Dispatcher,
        Partitions,
        Statistics,
        Numbering,
        ChangePages,
        Notices,
        WebhookSender,
        OpenOrders,
        Webhooks,
        Changes,
        Deadlines,
        Scheduler,
        NpListTaking,
        NpLists,
        Reread,
        Words,
        Metrics,
        ...fileProviders,
        ...reconciliationProviders,
        ...privacyProviders,
        ...noticeProviders,
        CheckoutTexts,
        ...deskProviders,
        ...settlementProviders,
        ...moveProviders,
        ...realTimeProviders,
        ...linkTypeProviders,
        ...invoiceProviders,
        ...onboardingProviders,
        ...notificationProviders,
        ...codeCardProviders,
        ...reportProviders,
      ],
    };
  }
}
