import { Inject, Injectable } from '@nestjs/common';
import {
  isAtLeast,
  type Clock,
  type IdSource,
  type InvitedUser,
  type Role,
  type UserView,
} from '@np-hub/model';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { CLOCK, IDS } from '../tokens.js';
import { makeLink } from './links.js';
import { hashPassword, noPassword } from './passwords.js';
import { refuseWiderScope } from './scope.js';
import type { SignedInUser } from './sessions.js';

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly shopIds?: readonly string[] | null | undefined;
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly shopIds?: readonly string[] | null | undefined;
}

interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly shop_ids: string[] | null;
  readonly disabled: boolean;
  readonly totp_on: boolean;
  readonly link_until: Date | null;
  readonly last_seen_at: Date | null;
  readonly created_at: Date;
}

const uniqueViolation = '23505';

/** `$1`: the shops of who asks, null for every one. `$2`: now. */
const select = `select u.id, u.login, u.name, u.role, u.shop_ids, u.disabled, u.totp_on, u.created_at,
    l.expires_at as link_until, s.last_seen_at
  from users u
  left join user_links l on l.user_id = u.id and l.expires_at > $2
  left join (select user_id, max(seen_at) as last_seen_at from sessions group by 1) s on s.user_id = u.id
  where ($1::uuid[] is null or u.shop_ids <@ $1)`;

const viewOf = (row: UserRow): UserView => ({
  id: row.id,
  login: row.login,
  name: row.name,
  role: row.role,
  shopIds: row.shop_ids,
  disabled: row.disabled,
  secondFactor: row.totp_on,
  linkUntil: row.link_until?.toISOString() ?? null,
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
});

const auditedOf = ({ login, name, role, shopIds, disabled }: UserView) => ({
  login,
  name,
  role,
  shopIds,
  disabled,
});

/**
 * The people who may use the hub. Nobody makes, changes or sees anybody who stands above them or reaches further:
 * owners look after operators, operators of some shops after the people of those.
 */
@Injectable()
export class Accounts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Everybody within reach, by login. */
  async list(by: Pick<SignedInUser, 'shopIds'> = { shopIds: null }): Promise<readonly UserView[]> {
    const rows: UserRow[] = await this.database.query(`${select} order by lower(u.login)`, [
      by.shopIds,
      this.clock.now(),
    ]);
    return rows.map(viewOf);
  }

  /** A person without a password, and the link to set one. Throws 409 `login-taken`; capital letters make no difference. */
  async invite(by: SignedInUser, user: NewUser): Promise<InvitedUser> {
    refuseHigherRole(by, user.role);
    await refuseWiderScope(this.database, by, user.shopIds ?? null);
    const id = this.ids.next();
    const now = this.clock.now();
    try {
      return await this.database.transaction(async (manager) => {
        await manager.query(
          `insert into users (id, login, name, role, password_hash, shop_ids, created_at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [id, user.login, user.name, user.role, noPassword, user.shopIds ?? null, now],
        );
        const link = await makeLink(manager, id, 'invitation', now);
        const made = await this.one(manager, by, id);
        const details = differences({}, auditedOf(made));
        await this.audit.record(manager, {
          by: by.login,
          action: 'user-invited',
          object: `user:${id}`,
          details,
        });
        return { user: made, link };
      });
    } catch (error) {
      if (!(error instanceof QueryFailedError) || error.driverError.code !== uniqueViolation) throw error;
      throw new ApiProblem(409, 'login-taken', {
        ja: 'このログイン名はすでに使われています。',
        en: 'This login is already taken.',
      });
    }
  }

  /** Another role, other shops or a shut door end the sessions. Throws 404, 403, and 409 `last-owner`. */
  async change(by: SignedInUser, id: string, change: UserChange): Promise<UserView> {
    return this.database.transaction(async (manager) => {
      const before = await this.lock(manager, by, id);
      if (change.role) refuseHigherRole(by, change.role);
      await manager.query(
        `update users set name = coalesce($2, name), role = coalesce($3, role), disabled = coalesce($4, disabled),
           shop_ids = case when $5 then $6::uuid[] else shop_ids end
         where id = $1`,
        [
          id,
          change.name ?? null,
          change.role ?? null,
          change.disabled ?? null,
          change.shopIds !== undefined,
          change.shopIds ?? null,
        ],
      );
      await refuseWithoutOwner(manager);
      if (change.shopIds !== undefined) await refuseWiderScope(manager, by, change.shopIds);
      const after = await this.one(manager, by, id);
      const details = differences(auditedOf(before), auditedOf(after));
      const { name: _, ...rights } = details;
      if (Object.keys(rights).length > 0) await endSessions(manager, id);
      await this.audit.record(manager, {
        by: by.login,
        action: 'user-changed',
        object: `user:${id}`,
        details,
      });
      return after;
    });
  }

  /** Takes password, second factor and sessions away, and gives a link for new ones. Throws 404 and 403. */
  async reset(by: SignedInUser, id: string): Promise<InvitedUser> {
    return this.database.transaction(async (manager) => {
      const before = await this.lock(manager, by, id);
      await manager.query(
        `update users set password_hash = $2, totp_on = false, sealed_totp = null, recovery_hashes = '{}'
         where id = $1`,
        [id, noPassword],
      );
      const link = await makeLink(manager, id, 'reset', this.clock.now());
      await endSessions(manager, id);
      const details = { secondFactor: before.secondFactor };
      await this.audit.record(manager, { by: by.login, action: 'user-reset', object: `user:${id}`, details });
      return { user: await this.one(manager, by, id), link };
    });
  }

  /** Makes the user, or brings role, name and password up to what is given. For the demo's own users. */
  async ensureUser(user: NewUser & { readonly password: string }): Promise<void> {
    await this.database.query(
      `insert into users (id, login, name, role, password_hash, shop_ids, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (lower(login)) do update set name = excluded.name, role = excluded.role,
         password_hash = excluded.password_hash, shop_ids = excluded.shop_ids, disabled = false`,
      [
        this.ids.next(),
        user.login,
        user.name,
        user.role,
        await hashPassword(user.password),
        user.shopIds ?? null,
        this.clock.now(),
      ],
    );
  }

  /** Makes the first owner; false where there are users already, who are left alone. */
  async ensureFirstOwner(admin: { readonly login: string; readonly password: string }): Promise<boolean> {
    const rows: { some: boolean }[] = await this.database.query('select exists (select from users) as some');
    if (rows[0]?.some) return false;
    await this.ensureUser({ ...admin, name: admin.login, role: 'owner' });
    return true;
  }

  /** One change at a time, or two owners could shut each other out. Throws 404, and 403 for somebody above. */
  private async lock(manager: EntityManager, by: SignedInUser, id: string): Promise<UserView> {
    await manager.query('lock table users in share row exclusive mode');
    const user = await this.one(manager, by, id);
    if (!isAtLeast(by.role, user.role)) throw problemOf(403);
    return user;
  }

  private async one(manager: EntityManager, by: SignedInUser, id: string): Promise<UserView> {
    const [row] = await manager.query<UserRow[]>(`${select} and u.id = $3`, [
      by.shopIds,
      this.clock.now(),
      id,
    ]);
    if (!row) throw problemOf(404);
    return viewOf(row);
  }
}

const endSessions = (manager: EntityManager, userId: string): Promise<unknown> =>
  manager.query('delete from sessions where user_id = $1', [userId]);

const aboveOwn = {
  ja: 'ご自身より上の権限は付与できません。',
  en: 'Nobody gives a role above their own.',
};

function refuseHigherRole(by: SignedInUser, role: Role): void {
  if (!isAtLeast(by.role, role)) throw wrongField('role', aboveOwn);
}

async function refuseWithoutOwner(manager: EntityManager): Promise<void> {
  const rows: { some: boolean }[] = await manager.query(
    `select exists (select from users where role = 'owner' and not disabled and shop_ids is null) as some`,
  );
  if (rows[0]?.some) return;
  throw new ApiProblem(409, 'last-owner', {
    ja: '全ショップを担当する有効なオーナーが一人もいなくなるため、変更できません。',
    en: 'This would leave no owner of every shop who can sign in.',
  });
}
