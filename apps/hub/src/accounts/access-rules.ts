import { Inject, Injectable } from '@nestjs/common';
import { isAtLeast, type AccessRulesView, type Role } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import { ApiProblem } from '../http/problem.js';
import type { SignedInUser } from './sessions.js';

/** What is demanded of people who sign in. Holds at once, for sessions that are open as well; programs have no second factor. */
@Injectable()
export class AccessRules {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async show(manager: EntityManager = this.database.manager): Promise<AccessRulesView> {
    const [row] = await manager.query<{ factor_from: Role | null }[]>('select factor_from from access_rules');
    return { secondFactorFrom: row?.factor_from ?? null };
  }

  async demandsFactorOf(role: Role): Promise<boolean> {
    const { secondFactorFrom } = await this.show();
    return secondFactorFrom !== null && isAtLeast(role, secondFactorFrom);
  }

  /** Throws 409 `own-factor-first`: who demands it has it, so that it is known to work. */
  async change(by: SignedInUser, wanted: AccessRulesView): Promise<AccessRulesView> {
    return this.database.transaction(async (manager) => {
      const before = await this.show(manager);
      const [own] = await manager.query<{ on: boolean }[]>('select totp_on as on from users where id = $1', [
        by.id,
      ]);
      if (wanted.secondFactorFrom !== null && !own?.on)
        throw new ApiProblem(409, 'own-factor-first', ownFirst);
      await manager.query(
        `insert into access_rules (factor_from) values ($1)
         on conflict (only_row) do update set factor_from = excluded.factor_from`,
        [wanted.secondFactorFrom],
      );
      const details = differences(before, wanted);
      await this.audit.record(manager, {
        by: by.login,
        action: 'access-rules-changed',
        object: 'hub:access-rules',
        details,
      });
      return wanted;
    });
  }
}

const ownFirst = {
  ja: '先にご自身の二段階認証を有効にしてください。',
  en: 'Turn on your own second factor first.',
};
