import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { IdSource } from '@np-hub/model';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { IDS } from '../tokens.js';

interface Session {
  readonly owner: string;
  /** A connection for itself: the lock is the session's, and the two end together. */
  readonly client: pg.Client;
  hasEnded: boolean;
}

const lockKey = (owner: string): string => `hashtextextended(${owner}, 0)`;

/** Names under which leases are held, but no session of this database: PostgreSQL shows a 64-bit key as two halves. */
const goneOwners = `
  select held.owner from (
    select lease_owner as owner from effects where token is not null
    union select lease_owner from shops
    union select lease_owner from reconciliations where finished_at is null) held
  where held.owner is not null and not exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
      and l.database = (select oid from pg_database where datname = current_database())
      and ((l.classid::bigint << 32) | l.objid::bigint) = ${lockKey('held.owner')})`;

/**
 * Tells the hubs that live from those that are gone. Each takes its leases under a name of its own and holds an
 * advisory lock on that name as long as its session lasts: the server ends the session of a dead process, and with
 * it the lock. A name is never used twice, so a name that is gone stays gone.
 */
@Injectable()
export class Presence implements OnApplicationShutdown {
  private readonly logger = new Logger('presence');
  private session: Session | null = null;
  private opening: Promise<string> | null = null;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The name to take leases under. Throws where the database is out of reach: then there is nothing to take. */
  async owner(): Promise<string> {
    if (this.session && this.isHeld(this.session.owner)) return this.session.owner;
    this.opening ??= this.open().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /** Whether leases under this name are still this hub's own, as far as it knows. */
  isHeld(owner: string): boolean {
    return this.session?.owner === owner && !this.session.hasEnded;
  }

  /** Ends the leases of hubs that are gone, so that others need not wait for them to run out. */
  async endLeasesOfGone(now: string): Promise<void> {
    await this.verify();
    const gone = await this.database.query<{ owner: string }[]>(goneOwners);
    if (gone.length === 0) return;
    this.logger.warn(`${gone.length} hub(s) ended without stopping: what they held is taken over`);
    const owners = gone.map(({ owner }) => owner);
    // Rows that somebody works on at this moment are left for the next look.
    await this.database.query(
      `update effects e set lease_until = $2::timestamptz - interval '1 second', lease_owner = null
       from (select shop_id, transaction_id, lane from effects where lease_owner = any($1) and token is not null
             order by shop_id, transaction_id, lane for update skip locked) d
       where e.shop_id = d.shop_id and e.transaction_id = d.transaction_id and e.lane = d.lane`,
      [owners, now],
    );
    await this.database.query(
      `with freed as (
         update shops set lease_until = null, lease_owner = null where lease_owner = any($1) returning id)
       update runs set finished_at = $2, outcome = 'interrupted'
       where finished_at is null and shop_id in (select id from freed)`,
      [owners, now],
    );
    await this.database.query(
      `update reconciliations set lease_until = null, lease_owner = null
       where lease_owner = any($1) and finished_at is null`,
      [owners],
    );
  }

  /** Gives the name up, once the work under way has ended and nothing is held under it any more. */
  async onApplicationShutdown(): Promise<void> {
    const { session } = this;
    this.session = null;
    await session?.client.end();
  }

  private async open(): Promise<string> {
    const { url } = this.database.options as { readonly url?: string };
    const client = new pg.Client({
      connectionString: url,
      application_name: 'np-hub presence',
      keepAlive: true,
    });
    const session: Session = { owner: this.ids.next(), client, hasEnded: false };
    client.on('error', () => (session.hasEnded = true));
    client.on('end', () => (session.hasEnded = true));
    try {
      await client.connect();
      const sql = `select pg_try_advisory_lock(${lockKey('$1')}) as taken`;
      const { rows } = await client.query<{ taken: boolean }>(sql, [session.owner]);
      if (!rows[0]?.taken) throw new Error('Another hub holds this name');
    } catch (error) {
      await client.end();
      throw error;
    }
    this.session = session;
    return session.owner;
  }

  /** A connection that was cut on its way is noticed only by using it. */
  private async verify(): Promise<void> {
    const { session } = this;
    if (!session || session.hasEnded) return;
    try {
      await session.client.query('select 1');
    } catch {
      this.logger.warn('The session that says this hub lives was cut: a new one begins');
      session.hasEnded = true;
      await session.client.end();
    }
  }
}
