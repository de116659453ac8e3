import { Inject, Injectable } from '@nestjs/common';
import { finalStates, type BuyerMatch, type BuyerMatches, type State } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { Audit } from '../audit/audit.js';
import { unnestRows } from '../database/bulk.js';
import { deskEntryRecordId } from '../desk/entries.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { orderRecordId, storedOrderSchema } from '../intake/stored-order.js';
import { blindIndexesOfQuery, joinedName } from '../security/blind-index.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { KEYRING } from '../tokens.js';
import { eraseBuyers } from './erase.js';
import { numberedBuyers } from './same-buyers.js';

const most = 200;
/** Enough of an address to know it by. */
const addressLetters = 16;
const finalNames = new Set<string>(Object.keys(finalStates));

export interface BuyerKey {
  readonly shopId: string;
  readonly id: string;
}

interface Row {
  readonly shop_id: string;
  readonly shop_name: string;
  readonly id: string;
  readonly order_number: string;
  readonly state: State;
  readonly ordered_at: Date;
  readonly sealed_order: Buffer | null;
  readonly buyer_keys: readonly string[];
}

const select = `select t.shop_id, s.name as shop_name, t.id, t.order_number, t.state, t.ordered_at, t.sealed_order, t.buyer_keys
  from transactions t join shops s on s.id = t.shop_id`;

/** One buyer's right to know and to be forgotten: found by name, phone or mail, without opening anybody else's data. */
@Injectable()
export class Buyers {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Transactions of people with this name, phone or mail, the newest first, 200 at most. Throws 400 where it names nobody. */
  async find(user: SignedInUser, text: string): Promise<BuyerMatches> {
    const blind = blindIndexesOfQuery(this.keyring, text);
    if (blind.length === 0) throw wrongField('q', namesNobody);
    const rows = await this.database.query<Row[]>(
      `${select} where (t.shop_id, t.id) in (select k.shop_id, k.id from order_keys k where k.blind && $1::text[])
         and ($2::uuid[] is null or t.shop_id = any($2))
       order by t.ordered_at desc, t.id desc limit ${most + 1}`,
      [blind, user.shopIds],
    );
    return { matches: this.matchesOf(rows.slice(0, most)), more: rows.length > most };
  }

  /** Everything that the hub has about these transactions' people. Noted in the audit trail. Throws 404. */
  async export(user: SignedInUser, keys: readonly BuyerKey[]): Promise<readonly object[]> {
    const rows = await this.load(user, keys);
    const dated = await this.database.query<
      { id: string; at: Date; event: { type: string }; state: string }[]
    >(
      `select h.transaction_id as id, h.at, h.event, h.state from history h
       where h.transaction_id = any($1) and h.shop_id = any($2) order by h.transaction_id, h.sequence`,
      [rows.map(({ id }) => id), rows.map(({ shop_id }) => shop_id)],
    );
    const notes = await this.notesOn(rows);
    await this.note(user, rows, 'buyer-exported');
    return rows.map((row) => ({
      shop: row.shop_name,
      orderNumber: row.order_number,
      state: row.state,
      orderedAt: row.ordered_at.toISOString(),
      ...this.storedOf(row),
      notes: notes
        .filter(({ transactionId }) => transactionId === row.id)
        .map(({ at, text }) => ({ at, text })),
      history: dated
        .filter(({ id }) => id === row.id)
        .map(({ at, event, state }) => ({ at: at.toISOString(), event: event.type, state })),
    }));
  }

  /**
   * Forgets the people of these transactions for good; the history stays whole. Throws 404, and 409 `unfinished`, which
   * names the orders, where NP or the cart still has to be told something: then nothing is erased.
   */
  async erase(user: SignedInUser, keys: readonly BuyerKey[]): Promise<{ readonly erased: number }> {
    const rows = await this.load(user, keys);
    return this.database.transaction(async (manager) => {
      const { sql, parameters } = unnestRows(
        { shop_id: 'uuid', id: 'uuid' },
        rows.map(({ shop_id, id }) => ({ shop_id, id })),
      );
      const locked = await manager.query<Row[]>(
        `${select} join ${sql} n on n.shop_id = t.shop_id and n.id = t.id order by t.shop_id, t.id for update of t`,
        parameters,
      );
      const unfinished = locked.filter(({ state }) => !finalNames.has(state));
      if (unfinished.length > 0) throw unfinishedProblem(unfinished);
      await eraseBuyers(manager, locked);
      await this.audit.record(manager, ...entriesOf(user, locked, 'buyer-erased'));
      return { erased: locked.length };
    });
  }

  private async load(user: SignedInUser, keys: readonly BuyerKey[]): Promise<readonly Row[]> {
    const rows = keys.map(({ shopId, id }) => ({ shop_id: shopId, id }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows, 2);
    const found = await this.database.query<Row[]>(
      `${select} join ${sql} n on n.shop_id = t.shop_id and n.id = t.id
       where $1::uuid[] is null or t.shop_id = any($1) order by t.ordered_at, t.id`,
      [user.shopIds, ...parameters],
    );
    const asked = new Set(keys.map(({ shopId, id }) => `${shopId} ${id}`));
    if (found.length !== asked.size) throw problemOf(404);
    return found;
  }

  private note(user: SignedInUser, rows: readonly Row[], action: 'buyer-exported'): Promise<void> {
    return this.database.transaction((manager) =>
      this.audit.record(manager, ...entriesOf(user, rows, action)),
    );
  }

  /** What staff have noted about these orders, the oldest first. */
  private async notesOn(rows: readonly Row[]) {
    const { sql, parameters } = unnestRows(
      { shop_id: 'uuid', id: 'uuid' },
      rows.map(({ shop_id, id }) => ({ shop_id, id })),
    );
    const notes = await this.database.query<
      { id: string; transaction_id: string; at: Date; sealed_text: Buffer }[]
    >(
      `select d.id, d.transaction_id, d.at, d.sealed_text from desk_entries d
       join ${sql} n on n.shop_id = d.shop_id and n.id = d.transaction_id
       where d.sealed_text is not null order by d.at, d.id`,
      parameters,
    );
    return notes.map((row) => ({
      transactionId: row.transaction_id,
      at: row.at.toISOString(),
      text: openJson(this.keyring, deskEntryRecordId(row.id), row.sealed_text),
    }));
  }

  private storedOf({ shop_id, id, sealed_order: sealed }: Row) {
    return sealed && storedOrderSchema.parse(openJson(this.keyring, orderRecordId(shop_id, id), sealed));
  }

  private matchesOf(rows: readonly Row[]): BuyerMatch[] {
    const opened = rows.map((row) => ({ row, buyer: this.storedOf(row)?.order.buyer }));
    const numbers = numberedBuyers(
      opened.map(({ row, buyer }) => ({ name: joinedName(buyer?.name ?? ''), keys: row.buyer_keys })),
    );
    return opened.map(({ row, buyer }, index) => ({
      shopId: row.shop_id,
      shopName: row.shop_name,
      id: row.id,
      orderNumber: row.order_number,
      buyerName: buyer?.name ?? '',
      addressStart: [...(buyer?.address ?? '')].slice(0, addressLetters).join(''),
      phoneEnd: (buyer?.phone ?? '').slice(-4),
      email: buyer?.email || null,
      buyer: numbers[index] ?? 0,
      state: row.state,
      orderedAt: row.ordered_at.toISOString(),
      erasable: finalNames.has(row.state),
    }));
  }
}

const entriesOf = (user: SignedInUser, rows: readonly Row[], action: 'buyer-exported' | 'buyer-erased') =>
  rows.map(({ shop_id: shopId, id }) => ({ by: user.login, action, object: `transaction:${id}`, shopId }));

const namesNobody = {
  ja: '氏名、電話番号、メールアドレスのいずれかを入力してください。',
  en: 'Give a name, a phone number or a mail address.',
};

function unfinishedProblem(rows: readonly Row[]): ApiProblem {
  const numbers = rows.map(({ order_number: number }) => number).join(', ');
  return new ApiProblem(409, 'unfinished', {
    ja: `まだ終わっていない取引があるため、消去できません：${numbers}`,
    en: `These orders are not finished, so nothing was erased: ${numbers}`,
  });
}
