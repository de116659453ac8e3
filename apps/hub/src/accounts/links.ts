import { createHash, randomBytes } from 'node:crypto';
import type { LinkView } from '@np-hub/model';
import type { EntityManager } from 'typeorm';

const dayMs = 24 * 3_600_000;
const lifeMs = { invitation: 7 * dayMs, reset: dayMs } as const;

export type LinkKind = keyof typeof lifeMs;

/** Whose link this is. */
export interface LinkOwner {
  readonly user_id: string;
  readonly login: string;
  readonly name: string;
  readonly kind: LinkKind;
}

/** The database holds only hashes: who reads it cannot use a link. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes the one link that a person has, in place of an earlier one. Only this answer holds its token. */
export async function makeLink(
  manager: EntityManager,
  userId: string,
  kind: LinkKind,
  now: Date,
): Promise<LinkView> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifeMs[kind]);
  await manager.query(
    `insert into user_links (token_hash, user_id, kind, expires_at) values ($1, $2, $3, $4)
     on conflict (user_id) do update set token_hash = excluded.token_hash, kind = excluded.kind,
       expires_at = excluded.expires_at`,
    [hashOf(token), userId, kind, expiresAt],
  );
  return { token, expiresAt: expiresAt.toISOString() };
}

/** Undefined where the link is none, was used, has expired, or belongs to somebody who is shut out. */
export async function ownerOfLink(
  manager: EntityManager,
  token: string,
  now: Date,
): Promise<LinkOwner | undefined> {
  const [owner] = await manager.query<LinkOwner[]>(
    `select l.user_id, l.kind, u.login, u.name from user_links l join users u on u.id = l.user_id
     where l.token_hash = $1 and l.expires_at > $2 and not u.disabled`,
    [hashOf(token), now],
  );
  return owner;
}

/** True for the one who uses it first. */
export async function useLink(manager: EntityManager, token: string): Promise<boolean> {
  const [, removed] = await manager.query<[unknown, number]>('delete from user_links where token_hash = $1', [
    hashOf(token),
  ]);
  return removed === 1;
}
