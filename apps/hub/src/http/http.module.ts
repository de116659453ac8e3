import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import type { Environment } from '../env.js';
import { HealthController } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.js';
import { loggerModule } from './logging.js';
import { networkOf } from './network.js';
import { RequestCounts } from './request-counts.js';
import { ChangeFeed, StreamController } from './stream.js';

/**
 * Everything around the API's own controllers: accounts, limits, logs, repeated requests, health and the stream.
 * Needs what `AccountsModule` needs.
 */
@Module({})
export class HttpModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [
        loggerModule(environment.logLevel),
        ThrottlerModule.forRoot({
          throttlers: [{ ttl: 60_000, limit: environment.requestsPerMinute }],
          setHeaders: false,
          storage: new RequestCounts(),
          getTracker: ({ ip }) => networkOf(String(ip)),
        }),
        ScheduleModule.forRoot(),
        AuditModule,
        AccountsModule,
      ],
      controllers: [HealthController, StreamController],
      providers: [
        ChangeFeed,
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [ChangeFeed],
    };
  }
}
