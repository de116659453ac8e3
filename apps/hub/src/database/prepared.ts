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

type Query = (...given: readonly unknown[]) => unknown;

/**
 * A session that keeps its statements over a batch of rows: they are named, so that each is parsed and planned once and not at
 * every call, which costs as much as running it for a few rows. They go by keys, so that one plan serves any rows; PostgreSQL
 * makes it anew when it hears more of a table (statistics.ts).
 */
export class PreparingClient extends pg.Client {
  // The driver's own signature has nine forms; only the one with a text and its values is changed.
  override query = ((...given: readonly unknown[]): unknown => {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null;
    const query = pg.Client.prototype.query as Query;
    return query.call(this, ...(name === null ? given : [{ name, text, values }, ...rest]));
  }) as pg.Client['query'];
}
