import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, KEYRING } from '../tokens.js';
import type { AuditAction } from './actions.js';
import { chainHash } from './chain.js';

export interface AuditEntry {
  /** Login of the person, `key:<name>`, or `system`. */
  readonly by: string;
  readonly action: AuditAction;
  readonly object: string;
  /** The shop that it concerns; absent: all of the hub. */
  readonly shopId?: string | undefined;
  /** What was there before and after, without personal data of buyers and without secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

const columns = {
  sequence: 'bigint',
  at: 'timestamptz',
  by_login: 'text',
  action: 'text',
  object: 'text',
  shop_id: 'uuid',
  details: 'json',
  previous_hash: 'bytea',
  hash: 'bytea',
} as const;

/** What people change, written down with the change itself: one cannot be in the database without the other. */
@Injectable()
export class Audit {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Adds lines inside the caller's database transaction. Call it last: writers wait for each other until the commit. */
  async record(manager: EntityManager, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const [head] = await manager.query<{ sequence: string; hash: Buffer }[]>(
      'select sequence, hash from audit_head where id = 1 for update',
    );
    if (!head) throw new Error('The head of the audit trail is missing');
    const at = this.clock.now().toISOString();
    let [sequence, previous] = [Number(head.sequence), head.hash];
    const rows = entries.map(({ by, action, object, shopId, details }) => {
      sequence += 1;
      const line = { sequence, at, by, action, object, shopId: shopId ?? null, details: details ?? {} };
      const hash = chainHash(this.keyring.auditKey, previous, line);
      const row = { ...line, by_login: by, shop_id: line.shopId, previous_hash: previous, hash };
      previous = hash;
      return row;
    });
    const { sql, parameters } = unnestRows(columns, rows);
    const names = Object.keys(columns).join(', ');
    await manager.query(`insert into audit (${names}) select ${names} from ${sql} n`, parameters);
    await manager.query('update audit_head set sequence = $1, hash = $2 where id = 1', [sequence, previous]);
  }
}

/** The fields that a change gives another value, before and after. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }]),
  );
}
