import type { EventType, FindingAction, FindingKind } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { TransactionKey } from '../transactions/rows.js';

/** One difference, as a comparison found it. Words, amounts and names of states only: no personal data. */
export interface Finding extends TransactionKey {
  readonly kind: FindingKind;
  readonly attempt: number | null;
  readonly had: string | null;
  readonly shown: string | null;
  /** The event that has repaired it; null: it stays open. */
  readonly event: EventType | null;
  readonly action: FindingAction | null;
}

/** What was compared: an attempt with NP, or (attempt null) the order with the cart. */
export interface Compared extends TransactionKey {
  readonly attempt: number | null;
}

export interface Noting {
  /** Null: no reconciliation is under way. */
  readonly runId: string | null;
  readonly at: string;
  readonly ids: { next(): string };
}

const columns = {
  id: 'uuid',
  shop_id: 'uuid',
  transaction_id: 'uuid',
  kind: 'text',
  attempt: 'int',
  had: 'text',
  shown: 'text',
  state: 'text',
  event: 'text',
  action: 'text',
} as const;
const names = Object.keys(columns).join(', ');

/** Made live again before, so that a cancel has proven since that nothing of it is left. */
const wasRevived = `(f.state = 'repaired' or f.resolution = 'done')`;

/** Names an attempt of a transaction. */
export const attemptKey = (transactionId: string, attempt: number): string => `${transactionId}/${attempt}`;

/** The attempts of these transactions that were made live again before, by their keys. */
export async function revivedBefore(
  manager: EntityManager,
  shopId: string,
  transactionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ id: string; attempt: number }[]>(
    `select f.transaction_id as id, f.attempt from findings f
     where f.shop_id = $1 and f.transaction_id = any($2) and f.kind = 'np-alive' and ${wasRevived}`,
    [shopId, transactionIds],
  );
  return new Set(rows.map(({ id, attempt }) => attemptKey(id, attempt)));
}

/**
 * Notes differences. One that is open already is the same one, seen again; what a person has put aside is not raised
 * anew while it looks the same, and neither is a transaction that NP's own answer to a cancel has proven dead.
 */
export async function noteFindings(
  manager: EntityManager,
  findings: readonly Finding[],
  { runId, at, ids }: Noting,
): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map((finding) => ({
    id: ids.next(),
    shop_id: finding.shopId,
    transaction_id: finding.transactionId,
    kind: finding.kind,
    attempt: finding.attempt,
    had: finding.had,
    shown: finding.shown,
    state: finding.event === null ? 'open' : 'repaired',
    event: finding.event,
    action: finding.event === null ? finding.action : null,
  }));
  const { sql, parameters } = unnestRows(columns, rows, 3);
  await manager.query(
    `insert into findings (${names}, run_id, found_at)
     select ${names}, $1, $2 from ${sql} n
     where n.state <> 'open' or not exists (
       select 1 from findings f where f.shop_id = n.shop_id and f.transaction_id = n.transaction_id
         and f.kind = n.kind and f.attempt is not distinct from n.attempt
         and f.had is not distinct from n.had and f.shown is not distinct from n.shown
         and (f.resolution = 'dismissed' or (f.kind = 'np-alive' and ${wasRevived})))
     on conflict (shop_id, transaction_id, kind, coalesce(attempt, 0)) where state = 'open'
     do update set run_id = excluded.run_id, had = excluded.had, shown = excluded.shown, action = excluded.action`,
    [runId, at, ...parameters],
  );
}

/** Ends what is open about these and was not seen again: both sides are equal now. `runId` names this comparison. */
export async function endGone(
  manager: EntityManager,
  compared: readonly Compared[],
  {
    kinds,
    runId,
    at,
  }: { readonly kinds: readonly FindingKind[]; readonly runId: string; readonly at: string },
): Promise<void> {
  if (compared.length === 0) return;
  const rows = compared.map(({ shopId, transactionId, attempt }) => ({
    shop_id: shopId,
    transaction_id: transactionId,
    attempt,
  }));
  const { sql, parameters } = unnestRows(
    { shop_id: 'uuid', transaction_id: 'uuid', attempt: 'int' },
    rows,
    4,
  );
  await manager.query(
    `update findings f set state = 'resolved', resolution = 'gone', resolved_at = $1 from ${sql} k
     where f.shop_id = k.shop_id and f.transaction_id = k.transaction_id and f.attempt is not distinct from k.attempt
       and f.state = 'open' and f.kind = any($2) and f.run_id is distinct from $3`,
    [at, kinds, runId, ...parameters],
  );
}
