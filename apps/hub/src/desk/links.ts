import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  correctablePaths,
  type BuyerLink,
  type Clock,
  type CorrectablePath,
  type IdSource,
  type NewBuyerLink,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SignedInUser } from '../accounts/sessions.js';
import type { Environment } from '../env.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { ChangeFeed } from '../http/stream.js';
import { CLOCK, ENVIRONMENT, IDS } from '../tokens.js';
import { isCorrectable } from '../transactions/allowed.js';
import { TransactionList } from '../transactions/list.js';
import { reasonsOf, type TransactionKey } from '../transactions/rows.js';
import { offendingBuyerPaths } from './buyer-fields.js';
import { DeskEntries } from './entries.js';

const hourMs = 3_600_000;

export const newLinkSchema = z.object({
  /** Absent: every field that is to be put right. */
  fields: z.array(z.enum(correctablePaths)).min(1).max(12).optional(),
  hours: z.int().min(1).max(336).default(72),
});
export type NewLinkInput = z.infer<typeof newLinkSchema>;

export interface LinkRow {
  readonly id: string;
  readonly shop_id: string;
  readonly transaction_id: string;
  readonly fields: CorrectablePath[];
  readonly made_by: string;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
}

const columns = 'id, shop_id, transaction_id, fields, made_by, made_at, expires_at, used_at, revoked_at';

const viewOf = (row: LinkRow): BuyerLink => ({
  id: row.id,
  fields: row.fields,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  usedAt: row.used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** The database holds only hashes: who reads it can open no link. The tokens are random, so that no salt is needed. */
const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Links by which buyers correct their own fields: once, until a moment, or until staff take them back. */
@Injectable()
export class BuyerLinks {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(DeskEntries) private readonly entries: DeskEntries,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Makes a link; its address is told this once. An earlier one that is still open ends: there is one at a time. */
  async make(user: SignedInUser, key: TransactionKey, input: NewLinkInput): Promise<NewBuyerLink> {
    const possible = await this.possibleFields(user, key);
    if (possible.length === 0) {
      throw new ApiProblem(409, 'nothing-to-correct', {
        ja: '購入者に修正していただく項目がありません。修正できる状態で、NPの指摘か送信前チェックの不備がある注文だけに作成できます。',
        en: 'There is nothing for the buyer to correct: a link needs an order that can be corrected, and a field that NP or the checks point at.',
      });
    }
    const fields = input.fields ?? possible;
    if (fields.some((field) => !possible.includes(field))) {
      throw wrongField('fields', {
        ja: '指摘のある項目だけを選んでください。',
        en: 'Please choose only fields that are to be put right.',
      });
    }
    // 256 bits: nobody finds one by trying.
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const row: LinkRow = {
      id: this.ids.next(),
      shop_id: key.shopId,
      transaction_id: key.transactionId,
      fields: [...fields],
      made_by: user.login,
      made_at: now,
      expires_at: new Date(now.getTime() + input.hours * hourMs),
      used_at: null,
      revoked_at: null,
    };
    await this.database.transaction(async (manager) => {
      await this.endOpen(manager, key, now);
      await manager.query(
        `insert into buyer_links (id, shop_id, transaction_id, token_hash, fields, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          row.id,
          row.shop_id,
          row.transaction_id,
          hashToken(token),
          row.fields,
          row.made_by,
          now,
          row.expires_at,
        ],
      );
      const detail = row.fields.join(',');
      await this.entries.add([{ ...key, kind: 'link-made', by: user.login, detail }], manager);
    });
    this.feed.notify([key.shopId]);
    // Behind the hash sign: no server and no log on the way sees it.
    return { ...viewOf(row), url: `${this.environment.publicUrl ?? ''}/fix#${token}` };
  }

  /** Takes a link back. Throws 404 where there is none that is open. */
  async revoke(user: SignedInUser, key: TransactionKey, id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [, revoked] = await manager.query<[unknown, number]>(
        `update buyer_links set revoked_at = $4
         where id = $3 and shop_id = $1 and transaction_id = $2 and used_at is null and revoked_at is null`,
        [key.shopId, key.transactionId, id, this.clock.now()],
      );
      if (revoked === 0) throw problemOf(404);
      await this.entries.add([{ ...key, kind: 'link-revoked', by: user.login }], manager);
    });
    this.feed.notify([key.shopId]);
  }

  async of({ shopId, transactionId }: TransactionKey): Promise<BuyerLink[]> {
    const rows = await this.database.query<LinkRow[]>(
      `select ${columns} from buyer_links where shop_id = $1 and transaction_id = $2 order by made_at desc limit 20`,
      [shopId, transactionId],
    );
    return rows.map(viewOf);
  }

  /** The fields that the buyer can be asked for; none where the order cannot be corrected. Throws 404. */
  async possibleFields(user: SignedInUser, key: TransactionKey): Promise<readonly CorrectablePath[]> {
    const row = await this.list.find(user, key.shopId, key.transactionId);
    if (!row) throw problemOf(404);
    const stored = this.list.storedOrder(row);
    if (!stored || !isCorrectable(row.facts)) return [];
    return offendingBuyerPaths(row.facts, reasonsOf(row.facts), stored);
  }

  /** The open link of a token; undefined for one that is unknown, used, taken back or too old: nobody is told which. */
  async open(token: string): Promise<LinkRow | undefined> {
    const [row] = await this.database.query<LinkRow[]>(
      `select ${columns} from buyer_links
       where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $2`,
      [hashToken(token), this.clock.now()],
    );
    return row;
  }

  /** Uses a link up, within the database transaction of its correction; false where somebody was faster. */
  async use(
    manager: EntityManager,
    { id, shop_id: shopId, transaction_id: transactionId, fields }: LinkRow,
  ): Promise<boolean> {
    const [, used] = await manager.query<[unknown, number]>(
      'update buyer_links set used_at = $2 where id = $1 and used_at is null and revoked_at is null and expires_at > $2',
      [id, this.clock.now()],
    );
    if (used === 0) return false;
    const detail = fields.join(',');
    await this.entries.add([{ shopId, transactionId, kind: 'link-used', by: buyerLogin, detail }], manager);
    return true;
  }

  private async endOpen(manager: EntityManager, key: TransactionKey, now: Date): Promise<void> {
    await manager.query(
      `update buyer_links set revoked_at = $3
       where shop_id = $1 and transaction_id = $2 and used_at is null and revoked_at is null`,
      [key.shopId, key.transactionId, now],
    );
  }
}

/** Stands in the history where the buyer did something. Not a login that anybody can have: see `Accounts`. */
export const buyerLogin = 'buyer-link';
