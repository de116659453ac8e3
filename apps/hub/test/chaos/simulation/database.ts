import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { Chance } from './chance.js';
import { databaseFault, type Faults } from './faults.js';
import type { Steps } from './steps.js';

export interface DatabaseParts {
  readonly name: string;
  readonly databaseUrl: string;
  readonly steps: Steps;
  readonly chance: Chance;
  readonly faults: () => Faults;
  readonly count: (name: string) => void;
}

type Work = (manager: EntityManager) => Promise<unknown>;
type Query = (sql: string, parameters?: unknown[]) => Promise<unknown>;

const wasCut = 'The connection to the database was cut (simulated).';

/** What a database may answer under these faults; the work is then done again by whoever looks next. */
const expectedFailures = [
  wasCut,
  'A transaction changed under a held lock',
  'duplicate key value violates unique constraint',
  'Connection terminated',
  'terminating connection due to administrator command',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'provided by a query runner was already released',
];

/** A failure that the hub's own loop notes and goes on from: not one of the hub's making. */
export const isDatabaseFailure = (error: unknown): boolean =>
  error instanceof Error && expectedFailures.some((text) => error.message.includes(text));

/**
 * Each database transaction waits for its turn before it begins, so that no lock is held while anybody waits, and
 * then one of them, by chance, meets a fault:
 * - `unlocked`: its reads up to the first write take no lock, and others move before it writes. The lock and the
 *   version check each guard alone; here the lock is away.
 * - `old-read`: what it reads without a lock is what stood before others moved.
 * - `cut-before`, `cut-after`: the connection ends before anything is done, or when all is done and nobody knows.
 */
export class GatedTransactions {
  private readonly open = new Set<pg.Client>();

  constructor(
    database: DataSource,
    private readonly parts: DatabaseParts,
  ) {
    const begin = database.transaction.bind(database) as (work: Work) => Promise<unknown>;
    Object.assign(database, { transaction: (work: Work) => this.run(begin, work) });
  }

  /** Ends what a killed hub has left open here. */
  async end(): Promise<void> {
    await Promise.all([...this.open].map((client) => client.end()));
  }

  private async run(begin: (work: Work) => Promise<unknown>, work: Work): Promise<unknown> {
    const { steps, name, chance, faults, count } = this.parts;
    const fault = steps.isInside ? databaseFault(chance.next(), faults()) : null;
    if (fault) count(fault);
    if (fault === 'old-read') return this.withOldReads(begin, work);
    await steps.gate(name);
    if (fault === 'cut-before') throw new Error(wasCut);
    const result = await begin(fault === 'unlocked' ? this.unlocked(work) : work);
    if (fault === 'cut-after') throw new Error(wasCut);
    return result;
  }

  /** Long enough for others to come in between. */
  private async wait(): Promise<void> {
    for (let turns = this.parts.chance.between(1, 5); turns > 0; turns -= 1)
      await this.parts.steps.gate(this.parts.name);
  }

  private unlocked(work: Work): Work {
    return (manager) => {
      let hasWritten = false;
      return work(
        asking(manager, async (query, sql, parameters) => {
          if (hasWritten) return query(sql, parameters);
          if (isRead(sql))
            return query(sql.replace(/for update(?: of \w+)?(?: skip locked)?/, ''), parameters);
          hasWritten = true;
          await this.wait();
          return query(sql, parameters);
        }),
      );
    };
  }

  private async withOldReads(begin: (work: Work) => Promise<unknown>, work: Work): Promise<unknown> {
    const client = new pg.Client({ connectionString: this.parts.databaseUrl });
    client.on('error', () => undefined);
    this.open.add(client);
    try {
      await client.connect();
      await client.query('begin isolation level repeatable read');
      await client.query('select 1');
      await this.wait();
      return await begin((manager) =>
        work(
          asking(manager, async (query, sql, parameters) => {
            const old = isRead(sql) && !sql.includes('for update');
            return old ? (await client.query(sql, parameters)).rows : query(sql, parameters);
          }),
        ),
      );
    } finally {
      this.open.delete(client);
      await client.end();
    }
  }
}

const isRead = (sql: string): boolean => /^\s*select/i.test(sql);

/** The manager of one transaction, with its queries asked in another way. */
function asking(
  manager: EntityManager,
  ask: (query: Query, sql: string, parameters?: unknown[]) => Promise<unknown>,
): EntityManager {
  const query = manager.query.bind(manager) as Query;
  return Object.assign(manager, {
    query: (sql: string, parameters?: unknown[]) => ask(query, sql, parameters),
  });
}
