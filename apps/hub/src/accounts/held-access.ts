import { Inject, Injectable } from '@nestjs/common';
import { ApiKeys } from '../api-keys/api-keys.js';
import { Sessions, type SignedInUser } from './sessions.js';

/** What somebody who came in some time ago may still do, for what stays open behind the guard. */
@Injectable()
export class HeldAccess {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ApiKeys) private readonly keys: ApiKeys,
  ) {}

  /** For each: whether the session or key is still there, with the role, shops and second factor of then. */
  async holds(users: readonly SignedInUser[]): Promise<readonly boolean[]> {
    const sessionIds = [...new Set(users.flatMap(({ sessionId }) => sessionId ?? []))];
    const keyIds = [...new Set(users.flatMap(({ id, isKey }) => (isKey ? [id] : [])))];
    const present = [...(await this.sessions.held(sessionIds)), ...(await this.keys.held(keyIds))];
    const grants = new Map(present.map((user) => [user.sessionId ?? user.id, grantOf(user)]));
    return users.map((user) => grants.get(user.sessionId ?? user.id) === grantOf(user));
  }
}

const grantOf = ({ id, role, shopIds, lacksFactor }: SignedInUser): string =>
  JSON.stringify([id, role, shopIds, lacksFactor ?? false]);
