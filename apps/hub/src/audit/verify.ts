import type { DataSource } from 'typeorm';
import { chainHash } from './chain.js';

interface StoredLine {
  readonly sequence: string;
  readonly at: Date;
  readonly by_login: string;
  readonly action: string;
  readonly object: string;
  readonly shop_id: string | null;
  readonly details: unknown;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** `brokenAt`: the first line that does not follow from the one before it; null where all do. */
export interface ChainCheck {
  readonly lines: number;
  /** `<number of the last line>:<hash in hex>`: kept elsewhere, it proves later that nothing was cut off. */
  readonly head: string;
  readonly brokenAt: number | null;
  /** False where an earlier head was given and is not in the chain. */
  readonly holdsEarlierHead: boolean;
}

const batch = 5_000;

/** Reads the whole trail, oldest first, and computes every hash again. `earlier` is a head that was kept. */
export async function verifyChain(database: DataSource, key: Buffer, earlier?: string): Promise<ChainCheck> {
  let lines = 0;
  let previous: Buffer = Buffer.alloc(0);
  let holdsEarlierHead = earlier === undefined;
  const result = (brokenAt: number | null): ChainCheck => ({
    lines,
    head: `${lines}:${previous.toString('hex')}`,
    brokenAt,
    holdsEarlierHead,
  });
  for (let full = true; full;) {
    const rows = await database.query<StoredLine[]>(
      `select sequence, at, by_login, action, object, shop_id, details, previous_hash, hash from audit
       where sequence > $1 order by sequence limit ${batch}`,
      [lines],
    );
    for (const row of rows) {
      const expected = lines + 1;
      if (Number(row.sequence) !== expected || !row.hash.equals(hashOf(key, previous, row)))
        return result(expected);
      lines = expected;
      previous = row.hash;
      if (earlier === `${lines}:${previous.toString('hex')}`) holdsEarlierHead = true;
    }
    full = rows.length === batch;
  }
  const [head] = await database.query<{ sequence: string; hash: Buffer }[]>(
    'select sequence, hash from audit_head',
  );
  const isWhole = head && Number(head.sequence) === lines && head.hash.equals(previous);
  return result(isWhole ? null : lines + 1);
}

const hashOf = (key: Buffer, previous: Buffer, row: StoredLine): Buffer =>
  chainHash(key, previous, {
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    by: row.by_login,
    action: row.action,
    object: row.object,
    shopId: row.shop_id,
    details: row.details,
  });
