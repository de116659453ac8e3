import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, Clock, LinkOwnerView, RecoveryCodesView, TotpView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { AuditAction } from '../audit/actions.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { AccessRules } from './access-rules.js';
import { ownerOfLink, useLink } from './links.js';
import { hashPassword, passwordFits } from './passwords.js';
import { LoginThrottle } from './login-throttle.js';
import { SecondFactor } from './second-factor.js';
import { Sessions, type Device, type SignedInUser } from './sessions.js';

interface DeviceRow {
  readonly id: string;
  readonly user_agent: string;
  readonly address: string;
  readonly created_at: Date;
  readonly seen_at: Date;
}

/** What people do to their own access: password, second factor, and where they are signed in. */
@Injectable()
export class OwnAccount {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SecondFactor) private readonly secondFactor: SecondFactor,
    @Inject(LoginThrottle) private readonly throttle: LoginThrottle,
    @Inject(AccessRules) private readonly rules: AccessRules,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(user: SignedInUser): Promise<AccountView> {
    const [person] = await this.database.query<{ on: boolean; codes: number }[]>(
      'select totp_on as on, cardinality(recovery_hashes) as codes from users where id = $1',
      [user.id],
    );
    const devices = await this.database.query<DeviceRow[]>(
      `select id, user_agent, address, created_at, seen_at from sessions where user_id = $1
       order by seen_at desc, id limit 100`,
      [user.id],
    );
    return {
      login: user.login,
      name: user.name,
      role: user.role,
      secondFactor: person?.on ?? false,
      secondFactorDemanded: await this.rules.demandsFactorOf(user.role),
      recoveryCodes: person?.codes ?? 0,
      devices: devices.map((row) => ({
        id: row.id,
        current: row.id === user.sessionId,
        userAgent: row.user_agent,
        address: row.address,
        createdAt: row.created_at.toISOString(),
        seenAt: row.seen_at.toISOString(),
      })),
    };
  }

  /** Gives the token of the one session that is left, a new one. Throws 400 for a wrong present password, and 429. */
  async changePassword(
    user: SignedInUser,
    given: { readonly present: string; readonly fresh: string },
    from: Device,
  ): Promise<string> {
    await this.provePassword(user, given.present, from);
    const hash = await hashPassword(given.fresh);
    return this.database.transaction(async (manager) => {
      await manager.query('update users set password_hash = $2 where id = $1', [user.id, hash]);
      const token = await this.sessions.renew(manager, user.id, from);
      await this.note(manager, user, 'password-changed');
      return token;
    });
  }

  /** Throws 400 for a wrong password, 409 where it is on, and 429. */
  async beginSecondFactor(user: SignedInUser, password: string, from: Device): Promise<TotpView> {
    await this.provePassword(user, password, from);
    return this.secondFactor.begin(user);
  }

  /** The sessions from before it, which proved less, end. */
  async confirmSecondFactor(
    user: SignedInUser,
    code: string,
    from: Device,
  ): Promise<{ readonly codes: RecoveryCodesView; readonly token: string }> {
    const codes = await this.secondFactor.confirm(user, code);
    const token = await this.database.transaction((manager) => this.sessions.renew(manager, user.id, from));
    return { codes, token };
  }

  /** Throws 409 `second-factor-demanded` where everybody of this role has to have one. */
  async endSecondFactor(user: SignedInUser, password: string, from: Device): Promise<void> {
    if (await this.rules.demandsFactorOf(user.role))
      throw new ApiProblem(409, 'second-factor-demanded', demanded);
    await this.provePassword(user, password, from);
    await this.secondFactor.end(user);
  }

  /** Throws 404 for a session that is over or somebody else's. */
  async endSession(user: SignedInUser, id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [, ended] = await manager.query<[unknown, number]>(
        'delete from sessions where id = $1 and user_id = $2',
        [id, user.id],
      );
      if (ended === 0) throw problemOf(404);
      await this.note(manager, user, 'session-ended');
    });
  }

  /** Whom a link belongs to. Throws 404, and 429 after many tries. */
  async ownerOf(token: string, from: Device): Promise<LinkOwnerView> {
    this.throttle.beginAddress(from.address);
    const owner = await ownerOfLink(this.database.manager, token, this.clock.now());
    if (!owner) throw problemOf(404);
    const { login, name, kind } = owner;
    return { login, name, kind };
  }

  /** Sets the password of the link's owner, once. Throws 404 for a link that is none any more, and 429. */
  async acceptLink(token: string, password: string, from: Device): Promise<void> {
    this.throttle.beginAddress(from.address);
    const hash = await hashPassword(password);
    await this.database.transaction(async (manager) => {
      const owner = await ownerOfLink(manager, token, this.clock.now());
      if (!owner || !(await useLink(manager, token))) throw problemOf(404);
      await manager.query('update users set password_hash = $2 where id = $1', [owner.user_id, hash]);
      await this.note(manager, { id: owner.user_id, login: owner.login }, 'invitation-accepted');
    });
  }

  private async provePassword({ id, login }: SignedInUser, password: string, from: Device): Promise<void> {
    this.throttle.begin(login, from.address);
    const [row] = await this.database.query<{ hash: string }[]>(
      'select password_hash as hash from users where id = $1',
      [id],
    );
    if (!(await passwordFits(row?.hash, password))) throw wrongField('password', wrongPassword);
    this.throttle.succeeded(login, from.address);
  }

  private note(
    manager: EntityManager,
    { id, login }: Pick<SignedInUser, 'id' | 'login'>,
    action: AuditAction,
  ): Promise<void> {
    return this.audit.record(manager, { by: login, action, object: `user:${id}` });
  }
}

const wrongPassword = { ja: '現在のパスワードが違います。', en: 'This is not your present password.' };
const demanded = {
  ja: 'このハブでは二段階認証が必須のため、無効にできません。端末を替えるときは、管理者にリセットを依頼してください。',
  en: 'A second factor is required here and cannot be turned off. For another telephone, ask for a reset.',
};
