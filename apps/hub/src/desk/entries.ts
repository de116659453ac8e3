import { Inject, Injectable } from '@nestjs/common';
import type { Clock, DeskEntry, IdSource } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { unnestRows } from '../database/bulk.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, IDS, KEYRING } from '../tokens.js';
import type { TransactionKey } from '../transactions/rows.js';

/** Something that people did beside the state machine. `text` may hold personal data, `detail` may not. */
export interface NewEntry extends TransactionKey {
  readonly kind: DeskEntry['kind'];
  readonly by: string;
  readonly detail?: string | null;
  readonly text?: string;
}

interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly by_login: string;
  readonly kind: DeskEntry['kind'];
  readonly detail: string | null;
  readonly sealed_text: Buffer | null;
}

const columns = {
  id: 'uuid',
  shop_id: 'uuid',
  transaction_id: 'uuid',
  at: 'timestamptz',
  by_login: 'text',
  kind: 'text',
  detail: 'text',
  sealed_text: 'bytea',
} as const;

const mostEntries = 200;
export const deskEntryRecordId = (id: string): string => `desk-entry:${id}`;

/** Notes, and the record of who was asked, put away, or sent a link. It only grows. */
@Injectable()
export class DeskEntries {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  async add(entries: readonly NewEntry[], manager: EntityManager = this.database.manager): Promise<void> {
    if (entries.length === 0) return;
    const at = this.clock.now();
    const rows = entries.map((entry) => {
      const id = this.ids.next();
      return {
        id,
        shop_id: entry.shopId,
        transaction_id: entry.transactionId,
        at,
        by_login: entry.by,
        kind: entry.kind,
        detail: entry.detail ?? null,
        sealed_text:
          entry.text === undefined ? null : sealJson(this.keyring, deskEntryRecordId(id), entry.text),
      };
    });
    const names = Object.keys(columns).join(', ');
    const { sql, parameters } = unnestRows(columns, rows);
    await manager.query(`insert into desk_entries (${names}) select ${names} from ${sql} n`, parameters);
  }

  /** Those of one transaction, the latest first; a viewer sees that there are notes, but not what they say. */
  async of(user: SignedInUser, { shopId, transactionId }: TransactionKey): Promise<DeskEntry[]> {
    const rows = await this.database.query<EntryRow[]>(
      `select id, at, by_login, kind, detail, sealed_text from desk_entries
       where shop_id = $1 and transaction_id = $2 order by at desc, id desc limit ${mostEntries}`,
      [shopId, transactionId],
    );
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      by: row.by_login,
      kind: row.kind,
      detail: row.detail,
      text: this.textOf(user, row),
    }));
  }

  private textOf(user: SignedInUser, { id, sealed_text: sealed }: EntryRow): string | null {
    if (!sealed) return null;
    return user.role === 'viewer' ? '＊＊' : String(openJson(this.keyring, deskEntryRecordId(id), sealed));
  }
}
