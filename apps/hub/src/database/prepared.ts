import { createHash } from 'node:crypto';
import pg from 'pg';
import { isBatch } from './bulk.js';

/** Many more than there are; what is made anew for each call, were there such a thing, would fill up each session. */
const mostPrepared = 500;

const names = new Map<string, string>();

/** The name of a statement, the same in every session; null where it is not worth one. */
function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined || !isBatch(text) || names.size >= mostPrepared) return known ?? null;
  const name = createHash('sha1').update(text).digest('hex');
  names.set(text, name);
  return name;
}

type Given = readonly unknown[];
type Query = (...given: Given) => Promise<unknown>;

/** As TypeORM writes them. */
const beginText = 'START TRANSACTION';
const endTexts: ReadonlySet<unknown> = new Set(['COMMIT', 'ROLLBACK']);
const nothing = { rows: [], rowCount: 0 };

/**
 * A session of the hub's, in which less waits for the way to the database and back.
 *
 * Statements over a batch of rows are named, so that each is parsed and planned once and not at every call, which costs
 * as much as running it for a few rows. They go by keys, so that one plan serves any rows; PostgreSQL makes it anew when
 * it hears more of a table (statistics.ts).
 *
 * A transaction begins together with its first statement where that only reads: had its beginning failed, nothing
 * would be stored outside of it. Before any other statement it is waited for.
 */
export class PreparingClient extends pg.Client {
  /** A transaction is asked for, and has no statement yet. */
  private isHeld = false;
  /** All but the first statement, where that only reads, wait for the beginning of their transaction. */
  private beginning: Promise<unknown> | null = null;

  // The driver's own signature has nine forms; TypeORM uses the one with a text and its values.
  override query = ((...given: Given): unknown => {
    const [text] = given;
    if (text === beginText) {
      this.isHeld = true;
      return Promise.resolve(nothing);
    }
    if (this.beginning) return this.beginning.then(() => this.send(given));
    if (!this.isHeld) return this.send(given);
    this.isHeld = false;
    return endTexts.has(text) ? Promise.resolve(nothing) : this.begin(given);
  }) as pg.Client['query'];

  private begin(first: Given): Promise<unknown> {
    const beginning = this.send([beginText]).finally(() => void (this.beginning = null));
    this.beginning = beginning;
    if (!String(first[0]).startsWith('select')) return beginning.then(() => this.send(first));
    const answer = this.send(first);
    // Both fail together, and the beginning says why.
    answer.catch(() => undefined);
    return beginning.then(() => answer);
  }

  private send(given: Given): Promise<unknown> {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null;
    const query = pg.Client.prototype.query as unknown as Query;
    return query.call(this, ...(name === null ? given : [{ name, text, values }, ...rest]));
  }
}
