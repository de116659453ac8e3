import { firstPaymentPauseMs, type Effect } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Writes } from '../database/together.js';
import type { Timing } from '../timing.js';
import type { TransactionKey } from './rows.js';
import { wordlessShops } from './wordless.js';

/** Work in the hands of one hub. */
export interface Lease {
  readonly token: string;
  /** The hub's name (presence.ts). */
  readonly owner: string;
  readonly now: string;
  readonly until: string;
}

/** An effect of one transaction, on its way to the table. */
export interface EffectItem {
  readonly key: TransactionKey;
  readonly connectionId: string;
  readonly effect: Effect;
  /** Null: it is for whoever comes first. */
  readonly lease: Lease | null;
}

/**
 * Writes effects as rows, one a lane and transaction: a newer one replaces one that has not been run. A row
 * that a worker holds is replaced as well, and that worker finds its token gone. The rows go to `writes`.
 */
export async function writeEffects(
  manager: EntityManager,
  items: readonly EffectItem[],
  { writes, timing, at }: { readonly writes: Writes; readonly timing: Timing; readonly at: string },
): Promise<void> {
  const words = items.filter(({ effect }) => effect.lane === 'word').map(({ key }) => key.shopId);
  const wordless = await wordlessShops(manager, words);
  await write(
    writes,
    items.filter(({ effect, key }) => effect.lane !== 'word' || !wordless.has(key.shopId)),
    timing,
    at,
  );
}

async function write(
  writes: Writes,
  items: readonly EffectItem[],
  timing: Timing,
  at: string,
): Promise<void> {
  const cleared = items.filter(({ effect }) => isCleared(effect)).map(keyRow);
  const set = items.filter(({ effect }) => !isCleared(effect)).map((item) => effectRow(item, timing, at));
  if (cleared.length > 0) {
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', transaction_id: 'uuid', lane: 'text' },
      cleared,
    );
    await writes.query(
      `delete from effects e using ${sql} c
       where e.shop_id = c.shop_id and e.transaction_id = c.transaction_id and e.lane = c.lane`,
      parameters,
    );
  }
  if (set.length === 0) return;
  const columns = {
    shop_id: 'uuid',
    transaction_id: 'uuid',
    lane: 'text',
    connection_id: 'uuid',
    operation: 'text',
    attempt: 'int',
    due_at: 'timestamptz',
    pace: 'text',
    token: 'uuid',
    lease_until: 'timestamptz',
    lease_owner: 'text',
  } as const;
  const names = Object.keys(columns).join(', ');
  const { sql, parameters } = unnestRows(columns, set);
  await writes.query(
    `insert into effects (${names}) select ${names} from ${sql} n
     on conflict (shop_id, transaction_id, lane) do update set connection_id = excluded.connection_id,
       operation = excluded.operation, attempt = excluded.attempt, due_at = excluded.due_at,
       pace = excluded.pace, tries = 0, token = excluded.token, lease_until = excluded.lease_until, lease_owner = excluded.lease_owner`,
    parameters,
  );
}

const isCleared = (effect: Effect): boolean =>
  effect.lane === 'word' ? effect.key === null : effect.run === null;

const keyRow = ({ key, effect }: EffectItem) => ({
  shop_id: key.shopId,
  transaction_id: key.transactionId,
  lane: effect.lane,
});

function effectRow(item: EffectItem, timing: Timing, at: string) {
  const { effect, lease } = item;
  const base = {
    ...keyRow(item),
    connection_id: item.connectionId,
    attempt: 0,
    due_at: at,
    pace: null as string | null,
    token: lease?.token ?? null,
    lease_until: lease?.until ?? null,
    lease_owner: lease?.owner ?? null,
  };
  switch (effect.lane) {
    case 'write':
      return {
        ...base,
        operation: effect.run?.operation ?? '',
        attempt: effect.run?.attempt ?? 0,
        due_at: effect.run?.notBefore ?? at,
      };
    case 'word':
      // Words go to the cart, so the shop itself is the connection.
      return { ...base, connection_id: item.key.shopId, operation: 'push' };
    case 'credit':
    case 'payment': {
      const pace = effect.run?.pace ?? 'slow';
      const byAge = effect.lane === 'payment' && timing.paymentsByAge;
      const firstMs = byAge ? firstPaymentPauseMs : timing.read[pace].firstMs;
      const pauseMs = effect.lane === 'credit' && effect.now ? 0 : firstMs;
      return {
        ...base,
        operation: effect.lane === 'credit' ? 'find-credit' : 'find-payment',
        attempt: effect.run?.attempt ?? 0,
        due_at: new Date(Date.parse(at) + pauseMs).toISOString(),
        pace,
      };
    }
  }
}
