import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { isAtLeast, type Clock, type Role } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiProblem } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { LoginThrottle } from './login-throttle.js';
import { passwordFits } from './passwords.js';
import { SecondFactor } from './second-factor.js';

const hourMs = 3_600_000;
const idleMs = 12 * hourMs;
export const sessionLengthMs = 7 * 24 * hourMs;
/** A session is marked as seen at most this often. */
const seenEveryMs = 60_000;

/** From where somebody signs in. */
export interface Device {
  readonly address: string;
  readonly userAgent: string;
}

/** Who is asking. */
export interface SignedInUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
  /** The session that shows the person; a program has none. */
  readonly sessionId?: string;
  /** A program with an API key, and no person. */
  readonly isKey?: true;
  /** A second factor is demanded of this person, who has none yet. */
  readonly lacksFactor?: true;
}

interface SignInRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly shop_ids: string[] | null;
  readonly totp_on: boolean;
  readonly factor_from: Role | null;
}

const userColumns = `u.id, u.login, u.name, u.role, u.shop_ids, u.totp_on,
  (select factor_from from access_rules) as factor_from`;

const userOf = ({ id, login, name, role, shop_ids, totp_on, factor_from }: SignInRow): SignedInUser => ({
  id,
  login,
  name,
  role,
  shopIds: shop_ids,
  ...(factor_from && !totp_on && isAtLeast(role, factor_from) ? { lacksFactor: true } : {}),
});

/** The database holds only hashes: who reads it cannot take over a session. */
const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Who is signed in: 12 hours without use or 7 days end a session. */
@Injectable()
export class Sessions {
  private readonly logger = new Logger('Sessions');

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LoginThrottle) private readonly throttle: LoginThrottle,
    @Inject(SecondFactor) private readonly secondFactor: SecondFactor,
  ) {}

  /**
   * Throws 401 `wrong-password` without telling which of the two was wrong, `code-needed` and `wrong-code` where the
   * password was right, and 429.
   */
  async signIn(
    given: { readonly login: string; readonly password: string; readonly code?: string | undefined },
    from: Device,
  ): Promise<{ readonly token: string; readonly user: SignedInUser }> {
    this.throttle.begin(given.login, from.address);
    const rows: (SignInRow & { password_hash: string })[] = await this.database.query(
      `select ${userColumns}, u.password_hash from users u
       where lower(normalize(u.login, NFKC)) = lower($1) and not u.disabled
       order by lower(u.login) = lower($1) desc limit 1`,
      // PostgreSQL knows no NUL in a text, and no login has one: nobody is found by it.
      [given.login.includes('\0') ? '' : given.login],
    );
    const [row] = rows;
    if (!(await passwordFits(row?.password_hash, given.password)) || !row) {
      this.logger.warn(`A sign-in was refused: wrong password, from ${from.address}`);
      throw new ApiProblem(401, 'wrong-password', {
        ja: 'ログイン名またはパスワードが違います。',
        en: 'The login or the password is wrong.',
      });
    }
    if (row.totp_on) await this.secondFactor.require(row.id, given.code);
    this.throttle.succeeded(given.login, from.address);
    this.logger.log(`User ${row.id} has signed in`);
    return { token: await this.begin(this.database.manager, row.id, from), user: userOf(row) };
  }

  /** A new session for somebody who has proven to be who they say; gives its token. */
  async begin(manager: EntityManager, userId: string, from: Device): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await manager.query(
      `insert into sessions (token_hash, user_id, user_agent, address, created_at, seen_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [hashToken(token), userId, from.userAgent.slice(0, 200), from.address, this.clock.now()],
    );
    return token;
  }

  /** Ends every session of a person and begins a new one: whoever had taken one over is out. */
  async renew(manager: EntityManager, userId: string, from: Device): Promise<string> {
    await manager.query('delete from sessions where user_id = $1', [userId]);
    return this.begin(manager, userId, from);
  }

  /** Undefined where the token is unknown, too old, unused for too long, or its user is disabled. */
  async find(token: string): Promise<SignedInUser | undefined> {
    const now = this.clock.now();
    const hash = hashToken(token);
    const rows: (SignInRow & { seen_at: Date; session_id: string })[] = await this.database.query(
      `select ${userColumns}, s.seen_at, s.id as session_id from sessions s join users u on u.id = s.user_id
       where s.token_hash = $1 and not u.disabled and s.seen_at > $2 and s.created_at > $3`,
      [hash, new Date(now.getTime() - idleMs), new Date(now.getTime() - sessionLengthMs)],
    );
    const [row] = rows;
    if (!row) return undefined;
    if (now.getTime() - row.seen_at.getTime() > seenEveryMs) {
      await this.database.query('update sessions set seen_at = $2 where token_hash = $1', [hash, now]);
    }
    return { ...userOf(row), sessionId: row.session_id };
  }

  /** Who of these sessions is still signed in. */
  async held(ids: readonly string[]): Promise<readonly SignedInUser[]> {
    if (ids.length === 0) return [];
    const now = this.clock.now().getTime();
    const rows = await this.database.query<(SignInRow & { session_id: string })[]>(
      `select ${userColumns}, s.id as session_id from sessions s join users u on u.id = s.user_id
       where s.id = any($1) and not u.disabled and s.seen_at > $2 and s.created_at > $3`,
      [ids, new Date(now - idleMs), new Date(now - sessionLengthMs)],
    );
    return rows.map((row) => ({ ...userOf(row), sessionId: row.session_id }));
  }

  async end(token: string): Promise<void> {
    await this.database.query('delete from sessions where token_hash = $1', [hashToken(token)]);
  }

  /** Removes sessions that are over. */
  @Interval(hourMs)
  async purge(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.database.query('delete from sessions where seen_at <= $1 or created_at <= $2', [
      new Date(now - idleMs),
      new Date(now - sessionLengthMs),
    ]);
  }
}
