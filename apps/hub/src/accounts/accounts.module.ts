import { Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeysController } from '../api-keys/api-keys.controller.js';
import { ApiKeys } from '../api-keys/api-keys.js';
import { KeyThrottle } from '../api-keys/key-throttle.js';
import type { Environment } from '../env.js';
import { KeyCheck } from '../security/key-check.js';
import { ENVIRONMENT } from '../tokens.js';
import { AccessRulesController } from './access-rules.controller.js';
import { AccessRules } from './access-rules.js';
import { Accounts } from './accounts.js';
import { HeldAccess } from './held-access.js';
import { LoginThrottle } from './login-throttle.js';
import { SessionController } from './session.controller.js';
import { SessionGuard } from './session-guard.js';
import { Sessions } from './sessions.js';
import { AccountController } from './account.controller.js';
import { LinksController } from './links.controller.js';
import { OwnAccount } from './own-account.js';
import { SecondFactor } from './second-factor.js';
import { UsersController } from './users.controller.js';

/** People, sessions and roles. Needs a `DataSource`, `CLOCK`, `IDS`, `KEYRING` and `ENVIRONMENT` from a global module. */
@Module({
  controllers: [
    SessionController,
    AccountController,
    AccessRulesController,
    LinksController,
    UsersController,
    ApiKeysController,
  ],
  providers: [
    AccessRules,
    Accounts,
    ApiKeys,
    HeldAccess,
    KeyCheck,
    KeyThrottle,
    LoginThrottle,
    OwnAccount,
    SecondFactor,
    Sessions,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Accounts, HeldAccess],
})
export class AccountsModule implements OnModuleInit {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onModuleInit(): Promise<void> {
    const { admin } = this.environment;
    if (!admin || !(await this.accounts.ensureFirstOwner(admin))) return;
    new Logger('Accounts').log('The first owner was made from NP_HUB_ADMIN_LOGIN');
  }
}
