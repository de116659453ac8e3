import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
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

/** A transaction's beginning, with the statements that wait for it. */
interface Beginning {
  readonly answer: Promise<unknown>;
  readonly waiting: { readonly go: () => void; readonly fail: (error: unknown) => void }[];
}

/**
 * A session of the hub's, in which less waits for the way to the database and back.
 *
 * What is asked in one turn is handed over in one piece: a piece costs more than most statements.
 *
 * Statements over a batch of rows are named, so that each is parsed and planned once and not at every call, which costs
 * as much as running it for a few rows. They go by keys, so that one plan serves any rows; PostgreSQL makes it anew when
 * it hears more of a table (statistics.ts).
 *
 * A transaction begins together with its first statements as far as these only read: had its beginning failed, nothing
 * would be stored outside of it. From the first other one on they wait for it.
 *
 * A transaction ends as its statements have: where one has failed that nobody waited for (unawaited.ts), `COMMIT` fails.
 */
export class PreparingClient extends pg.Client {
  /** A transaction is asked for, and has no statement yet. */
  private isHeld = false;
  private beginning: Beginning | null = null;
  /** The one under way, with its first error: of what comes after that PostgreSQL says only that it cannot go on. */
  private transaction: { failure: unknown } | null = null;
  private isGathering = false;

  // The driver's own signature has nine forms; TypeORM uses the one with a text and its values.
  override query = ((...given: Given): unknown => {
    const [text] = given;
    if (text === beginText) {
      this.isHeld = true;
      return Promise.resolve(nothing);
    }
    if (this.isHeld) {
      this.isHeld = false;
      if (endTexts.has(text)) return Promise.resolve(nothing);
      this.begin();
    }
    return this.beginning ? this.askAtBeginning(given, this.beginning) : this.ask(given);
  }) as pg.Client['query'];

  private begin(): void {
    this.transaction = { failure: null };
    const { answer, waiting }: Beginning = { answer: this.ask([beginText]), waiting: [] };
    this.beginning = { answer, waiting };
    answer.then(
      () => {
        this.beginning = null;
        for (const { go } of waiting) go();
      },
      (error: unknown) => {
        this.beginning = null;
        for (const { fail } of waiting) fail(error);
      },
    );
  }

  private askAtBeginning(given: Given, { answer: begun, waiting }: Beginning): Promise<unknown> {
    if (waiting.length > 0 || !String(given[0]).startsWith('select'))
      return new Promise((done, fail) => waiting.push({ go: () => done(this.ask(given)), fail }));
    const answer = this.ask(given);
    // Both may fail, and the beginning says why.
    answer.catch(() => undefined);
    return begun.then(() => answer);
  }

  private ask(given: Given): Promise<unknown> {
    const { transaction } = this;
    if (!transaction) return this.send(given);
    const [text] = given;
    if (endTexts.has(text)) this.transaction = null;
    return this.send(given).then(
      (result) => {
        // PostgreSQL's answer to the COMMIT of a transaction in which something has failed.
        if (text === 'COMMIT' && (result as { command?: string }).command === 'ROLLBACK')
          throw transaction.failure ?? new Error('The transaction was rolled back');
        return result;
      },
      (error: unknown) => {
        transaction.failure ??= error;
        throw transaction.failure;
      },
    );
  }

  private send(given: Given): Promise<unknown> {
    this.gather();
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null;
    const query = pg.Client.prototype.query as unknown as Query;
    return query.call(this, ...(name === null ? given : [{ name, text, values }, ...rest]));
  }

  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    process.nextTick(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }
}
