import { noWords, type Word, type WordAxis, type WordMaps } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';

/** A word as it is kept beside a transaction. */
export const wordKey = ({ axis, raw }: Word): string => `${axis}:${raw}`;

/** The meanings that operators have given to a shop's words. */
export async function loadWordMaps(manager: EntityManager, shopId: string): Promise<WordMaps> {
  const rows = await manager.query<{ axis: WordAxis; raw: string; value: string }[]>(
    'select axis, raw, value from word_maps where shop_id = $1 order by axis, raw',
    [shopId],
  );
  const of = (axis: WordAxis) =>
    Object.fromEntries(rows.filter((row) => row.axis === axis).map(({ raw, value }) => [raw, value]));
  if (rows.length === 0) return noWords;
  return { status: of('status'), payment: of('payment'), carrier: of('carrier'), mall: of('mall') };
}

/** Notes words without a meaning at their first sight; gives those that are new. */
export async function noteUnmapped(
  manager: EntityManager,
  shopId: string,
  words: readonly Word[],
  at: string,
): Promise<readonly Word[]> {
  if (words.length === 0) return [];
  const distinct = new Map(words.map((word) => [wordKey(word), word]));
  const rows = [...distinct.values()].map(({ axis, raw }) => ({ axis, raw }));
  const { sql, parameters } = unnestRows({ axis: 'text', raw: 'text' }, rows, 3);
  const fresh = await manager.query<Word[]>(
    `insert into unmapped_words (shop_id, axis, raw, first_seen_at)
     select $1, n.axis, n.raw, $2 from ${sql} n order by n.axis, n.raw on conflict do nothing returning axis, raw`,
    [shopId, at, ...parameters],
  );
  return fresh;
}
