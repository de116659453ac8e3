import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource, Role } from '@np-hub/model';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { ApiProblem, problemOf } from '../http/problem.js';
import { CLOCK, IDS } from '../tokens.js';
import { hashPassword } from './passwords.js';

/** A user as operators see one. */
export interface UserView {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
  readonly disabled: boolean;
  readonly createdAt: string;
}

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly shopIds?: readonly string[] | null | undefined;
}

export interface UserChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
  readonly shopIds?: readonly string[] | null | undefined;
}

interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly shop_ids: string[] | null;
  readonly disabled: boolean;
  readonly created_at: Date;
}

const columns = 'id, login, name, role, shop_ids, disabled, created_at';
const uniqueViolation = '23505';

const viewOf = (row: UserRow): UserView => ({
  id: row.id,
  login: row.login,
  name: row.name,
  role: row.role,
  shopIds: row.shop_ids,
  disabled: row.disabled,
  createdAt: row.created_at.toISOString(),
});

/** The people who may use the hub. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Everybody, by login. */
  async list(): Promise<readonly UserView[]> {
    const rows: UserRow[] = await this.database.query(`select ${columns} from users order by lower(login)`);
    return rows.map(viewOf);
  }

  /** Throws 409 `login-taken`; capital letters make no difference. */
  async create(user: NewUser): Promise<UserView> {
    try {
      const rows: UserRow[] = await this.database.query(
        `insert into users (id, login, name, role, password_hash, shop_ids, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
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
      return rows.map(viewOf)[0] ?? raiseNotFound();
    } catch (error) {
      if (!(error instanceof QueryFailedError) || error.driverError.code !== uniqueViolation) throw error;
      throw new ApiProblem(409, 'login-taken', {
        ja: 'このログイン名はすでに使われています。',
        en: 'This login is already taken.',
      });
    }
  }

  /** A new password or a disabled user ends the sessions. Throws 404, and 409 `last-operator`. */
  async change(id: string, change: UserChange): Promise<UserView> {
    const passwordHash = change.password === undefined ? null : await hashPassword(change.password);
    return this.database.transaction(async (manager) => {
      // One change at a time, or two operators could disable each other.
      await manager.query('lock table users in share row exclusive mode');
      const [rows]: [UserRow[], number] = await manager.query(
        `update users set role = coalesce($2, role), disabled = coalesce($3, disabled),
           password_hash = coalesce($4, password_hash), shop_ids = case when $5 then $6::uuid[] else shop_ids end
         where id = $1 returning ${columns}`,
        [
          id,
          change.role ?? null,
          change.disabled ?? null,
          passwordHash,
          change.shopIds !== undefined,
          change.shopIds ?? null,
        ],
      );
      const [row] = rows;
      if (!row) return raiseNotFound();
      await refuseWithoutOperator(manager);
      if (passwordHash !== null || row.disabled) {
        await manager.query('delete from sessions where user_id = $1', [id]);
      }
      return viewOf(row);
    });
  }

  /** Makes the user, or brings role, name and password up to what is given. For the demo's own users. */
  async ensureUser(user: NewUser): Promise<void> {
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

  /** Makes the first operator; false where there are users already, who are left alone. */
  async ensureFirstOperator(admin: { readonly login: string; readonly password: string }): Promise<boolean> {
    const rows: { some: boolean }[] = await this.database.query('select exists (select from users) as some');
    if (rows[0]?.some) return false;
    await this.ensureUser({ ...admin, name: admin.login, role: 'operator' });
    return true;
  }
}

const raiseNotFound = (): never => {
  throw problemOf(404);
};

async function refuseWithoutOperator(manager: EntityManager): Promise<void> {
  const rows: { some: boolean }[] = await manager.query(
    `select exists (select from users where role = 'operator' and not disabled) as some`,
  );
  if (rows[0]?.some) return;
  throw new ApiProblem(409, 'last-operator', {
    ja: '有効な管理者(operator)が一人もいなくなるため、変更できません。',
    en: 'This would leave no operator who can sign in.',
  });
}
