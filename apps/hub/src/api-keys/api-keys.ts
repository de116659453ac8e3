import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiKeyView, Clock, IdSource, NewApiKeyView, Role } from '@np-hub/model';
import { DataSource, QueryFailedError } from 'typeorm';
import { refuseWiderScope } from '../accounts/scope.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Audit } from '../audit/audit.js';
import { Batches } from '../batches.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { CLOCK, IDS } from '../tokens.js';
import { hashSecret, keyPartsOf, newKeyParts } from './key-text.js';
import { KeyThrottle } from './key-throttle.js';

export interface NewApiKey {
  readonly name: string;
  readonly role: Role;
  readonly shopIds?: readonly string[] | null | undefined;
  /** ISO 8601; null or absent: it never expires. */
  readonly expiresAt?: string | null | undefined;
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly shop_ids: string[] | null;
  readonly prefix: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly expires_at: Date | null;
}

type SecretRow = KeyRow & { readonly secret_hash: Buffer };

const columns = 'id, name, role, shop_ids, prefix, created_by, created_at, last_used_at, expires_at';
const uniqueViolation = '23505';
/** A use is noted at most this often. */
const usedEveryMs = 60_000;
/** Requests that wait for a look at their keys share one. */
const mostInLook = 500;

const viewOf = (row: KeyRow): ApiKeyView => ({
  id: row.id,
  name: row.name,
  role: row.role,
  shopIds: row.shop_ids,
  prefix: row.prefix,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
});

const userOf = (row: KeyRow): SignedInUser => ({
  id: row.id,
  login: `key:${row.name}`,
  name: row.name,
  role: row.role,
  shopIds: row.shop_ids,
  isKey: true,
});

/** Keys with which other systems use the API: a role and a scope like a person's, a secret that is shown once. */
@Injectable()
export class ApiKeys {
  /** Each look begins after the requests that share it have come: a key that was revoked before opens nothing. */
  private readonly looks = new Batches((prefixes: readonly string[]) => this.load(prefixes), mostInLook);
  private readonly uses = new Batches((ids: readonly string[]) => this.noteUses(ids), mostInLook);

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KeyThrottle) private readonly throttle: KeyThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** The keys that still exist, expired ones too; to a person of some shops only those that reach no further. */
  async list(user: SignedInUser): Promise<readonly ApiKeyView[]> {
    const rows = await this.database.query<KeyRow[]>(
      `select ${columns} from api_keys where revoked_at is null and ($1::uuid[] is null or shop_ids <@ $1)
       order by lower(name)`,
      [user.shopIds],
    );
    return rows.map(viewOf);
  }

  /** Throws 409 `name-taken`, and 400 for shops beyond the person's own or an expiry that is over. */
  async create(user: SignedInUser, given: NewApiKey): Promise<NewApiKeyView> {
    const shopIds = given.shopIds ?? null;
    await refuseWiderScope(this.database, user, shopIds);
    const now = this.clock.now();
    const expiresAt = given.expiresAt ? new Date(given.expiresAt) : null;
    if (expiresAt && expiresAt <= now) throw wrongField('expiresAt', past);
    const { prefix, secret } = newKeyParts();
    try {
      const row = await this.database.transaction(async (manager) => {
        const [made] = await manager.query<KeyRow[]>(
          `insert into api_keys (id, name, role, shop_ids, prefix, secret_hash, created_by, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
          [
            this.ids.next(),
            given.name,
            given.role,
            shopIds,
            prefix,
            hashSecret(secret),
            user.login,
            now,
            expiresAt,
          ],
        );
        if (!made) throw problemOf(500);
        const details = { name: made.name, role: made.role, shopIds, expiresAt: given.expiresAt ?? null };
        const object = `key:${made.id}`;
        await this.audit.record(manager, { by: user.login, action: 'key-made', object, details });
        return made;
      });
      return { ...viewOf(row), key: `${prefix}_${secret}` };
    } catch (error) {
      if (!(error instanceof QueryFailedError) || error.driverError.code !== uniqueViolation) throw error;
      throw new ApiProblem(409, 'name-taken', {
        ja: 'この名前のAPIキーはすでにあります。',
        en: 'There is an API key of this name already.',
      });
    }
  }

  /** From the next request on it opens nothing. Its row stays, because the history names it. Throws 404. */
  async revoke(user: SignedInUser, id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [, revoked] = await manager.query<[unknown, number]>(
        `update api_keys set revoked_at = $2
         where id = $1 and revoked_at is null and ($3::uuid[] is null or shop_ids <@ $3)`,
        [id, this.clock.now(), user.shopIds],
      );
      if (revoked === 0) throw problemOf(404);
      await this.audit.record(manager, { by: user.login, action: 'key-revoked', object: `key:${id}` });
    });
  }

  /** Whose key this is; undefined where it is none, has expired or was revoked. Throws 429 after many failures. */
  async find(text: string, address: string): Promise<SignedInUser | undefined> {
    const parts = keyPartsOf(text);
    const name = parts?.prefix ?? '';
    this.throttle.check(name, address);
    const row = parts ? await this.looks.run(parts.prefix) : undefined;
    if (!parts || !row || !timingSafeEqual(row.secret_hash, hashSecret(parts.secret))) {
      this.throttle.failed(name, address);
      return undefined;
    }
    await this.noteUse(row);
    return userOf(row);
  }

  /** Which of these keys still open something. */
  async held(ids: readonly string[]): Promise<readonly SignedInUser[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<KeyRow[]>(
      `select ${columns} from api_keys
       where id = any($1) and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [ids, this.clock.now()],
    );
    return rows.map(userOf);
  }

  private async load(prefixes: readonly string[]): Promise<readonly (SecretRow | undefined)[]> {
    const rows = await this.database.query<SecretRow[]>(
      `select ${columns}, secret_hash from api_keys
       where prefix = any($1) and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [[...new Set(prefixes)], this.clock.now()],
    );
    const found = new Map(rows.map((row) => [row.prefix, row]));
    return prefixes.map((prefix) => found.get(prefix));
  }

  private async noteUse(row: KeyRow): Promise<void> {
    const now = this.clock.now();
    if (row.last_used_at && now.getTime() - row.last_used_at.getTime() < usedEveryMs) return;
    await this.uses.run(row.id);
  }

  private async noteUses(ids: readonly string[]): Promise<readonly undefined[]> {
    const now = this.clock.now();
    await this.database.query(
      `update api_keys set last_used_at = $2
       where id = any($1) and (last_used_at is null or last_used_at <= $3)`,
      [[...new Set(ids)].sort(), now, new Date(now.getTime() - usedEveryMs)],
    );
    return ids.map(() => undefined);
  }
}

const past = { ja: '未来の日時を指定してください。', en: 'Give a time in the future.' };
