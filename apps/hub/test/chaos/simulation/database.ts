import type { DataSource, EntityManager } from 'typeorm';
import type { Chance } from './chance.js';
import { databaseFault, type DatabaseFault, type Faults } from './faults.js';
import type { Steps } from './steps.js';

export interface DatabaseParts {
  readonly name: string;
  readonly steps: Steps;
  readonly chance: Chance;
  readonly faults: () => Faults;
  readonly count: (name: string) => void;
  /** One more transaction, or one less, stands still with its locks. */
  readonly standing: (change: 1 | -1) => void;
}

type Work = (manager: EntityManager) => Promise<unknown>;
type Query = (sql: string, parameters?: unknown[]) => Promise<unknown>;

/** A transaction of the hub has about so many statements before it writes what matters. */
const slowWithin = 8;
/** So long a statement waits for a lock that nobody lets go of meanwhile. */
export const lockTimeoutMs = 150;

const wasCut = 'The connection to the database was cut (simulated).';

/** What a database may answer under these faults; the work is then done again by whoever looks next. */
const expectedFailures = [
  wasCut,
  'A transaction changed under a held lock',
  'duplicate key value violates unique constraint',
  'canceling statement due to lock timeout',
  'Connection terminated',
  'terminating connection due to administrator command',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'provided by a query runner was already released',
  'Query runner already released',
];

/** A failure that the hub's own loop notes and goes on from: not one of the hub's making. */
export const isDatabaseFailure = (error: unknown): boolean =>
  error instanceof Error && expectedFailures.some((text) => error.message.includes(text));

/**
 * Each database transaction waits for its turn before it begins, and then one of them, by chance, meets a fault:
 * - `unlocked`: its reads up to the first write take no lock, and others move before it writes. The lock and the
 *   version check each guard alone; here the lock is away.
 * - `slow-transaction`: it stands still among its statements, with the locks that it has, and others move. Who needs
 *   one of these locks fails after a moment.
 * - `cut-before`, `cut-after`: the connection ends before anything is done, or when all is done and nobody knows.
 */
class GatedTransactions {
  constructor(private readonly parts: DatabaseParts) {}

  take(database: DataSource): void {
    const begin = database.transaction.bind(database) as (work: Work) => Promise<unknown>;
    Object.assign(database, { transaction: (work: Work) => this.run(begin, work) });
  }

  private async run(begin: (work: Work) => Promise<unknown>, work: Work): Promise<unknown> {
    const { steps, name, chance, faults, count } = this.parts;
    const fault = steps.isInside ? databaseFault(chance.next(), faults()) : null;
    if (fault) count(fault);
    await steps.gate(name);
    if (fault === 'cut-before') throw new Error(wasCut);
    const result = await begin(this.spoilt(fault, work));
    if (fault === 'cut-after') throw new Error(wasCut);
    return result;
  }

  /** Long enough for others to come in between. */
  private async wait(): Promise<void> {
    for (let turns = this.parts.chance.between(1, 5); turns > 0; turns -= 1)
      await this.parts.steps.gate(this.parts.name);
  }

  private spoilt(fault: DatabaseFault | null, work: Work): Work {
    if (fault === 'unlocked') return this.unlocked(work);
    return fault === 'slow-transaction' ? this.slow(work) : work;
  }

  private unlocked(work: Work): Work {
    let hasWritten = false;
    return asking(work, async (query, sql, parameters) => {
      if (hasWritten) return query(sql, parameters);
      if (isRead(sql)) return query(sql.replace(/for update(?: of \w+)?(?: skip locked)?/, ''), parameters);
      hasWritten = true;
      await this.wait();
      return query(sql, parameters);
    });
  }

  /** Somewhere among its first statements it stands still, with the locks that it has. */
  private slow(work: Work): Work {
    let left = this.parts.chance.between(1, slowWithin);
    return asking(work, async (query, sql, parameters) => {
      const answer = await query(sql, parameters);
      left -= 1;
      if (left === 0) await this.standStill();
      return answer;
    });
  }

  private async standStill(): Promise<void> {
    this.parts.standing(1);
    await this.wait();
    this.parts.standing(-1);
  }
}

/** Puts every transaction of one hub under the simulation. */
export function gateTransactions(database: DataSource, parts: DatabaseParts): void {
  new GatedTransactions(parts).take(database);
}

const isRead = (sql: string): boolean => /^\s*select/i.test(sql);

/**
 * The work of one transaction, with its queries asked in another way: in their order, as a session answers them, and
 * all of them before its end.
 */
function asking(
  work: Work,
  ask: (query: Query, sql: string, parameters?: unknown[]) => Promise<unknown>,
): Work {
  return async (manager) => {
    const query = manager.query.bind(manager) as Query;
    let before: Promise<unknown> = Promise.resolve();
    const inTurn = (sql: string, parameters?: unknown[]): Promise<unknown> => {
      const answer = before.then(() => ask(query, sql, parameters));
      before = answer.catch(() => undefined);
      return answer;
    };
    const result = await work(Object.assign(manager, { query: inTurn }));
    await before;
    return result;
  };
}
