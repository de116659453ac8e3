import { Inject, Injectable } from '@nestjs/common';
import {
  actorSchema,
  factsSchema,
  gateSchema,
  stateSchema,
  toNpPayload,
  type Clock,
  type Counts,
  type Facts,
  type Reason,
  type State,
  type TransactionPage,
  type TransactionRow,
  type WordKey,
} from '@np-hub/model';
import { notSent } from '@np-hub/kit';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SignedInUser } from '../accounts/sessions.js';
import { orderRecordId, storedOrderSchema, type StoredOrder } from '../intake/stored-order.js';
import { tallied } from './tallies.js';
import { blindIndexesOfQuery } from '../security/blind-index.js';
import { openJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { maskName } from '../security/mask.js';
import { adapterOf } from '../shops/shops.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { allowedActions } from './allowed.js';
import { beginningWith, numberSpellings, searchSchema } from './number-spellings.js';
import { problemsOf } from './rows.js';

const several = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(50).optional(),
  );

/** The filters of the list; every one narrows. */
export const listFilterSchema = z.object({
  state: several(stateSchema),
  actor: several(actorSchema),
  gate: several(gateSchema),
  shopId: several(z.uuid()),
  attention: z.enum(['1']).optional(),
  q: searchSchema.optional(),
});
export type ListFilter = z.infer<typeof listFilterSchema>;

/** A moment and the id of the row at it, as `next` gives them. */
function isCursor(text: string): boolean {
  const [at = '', id, ...more] = text.split('_');
  return more.length === 0 && z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success;
}

export const cursorSchema = z
  .string()
  .max(200)
  .refine(isCursor, '前回の応答の next を指定してください。 / Give the `next` of an earlier answer.');

export const listQuerySchema = listFilterSchema.extend({
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

/** A stored transaction as the list and the page of one transaction read it. */
export interface ListedRow {
  readonly shop_id: string;
  readonly shop_name: string;
  readonly adapter: string;
  readonly id: string;
  readonly order_number: string;
  /** The number that NP knows the order by. */
  readonly np_number: string;
  readonly np_transaction_id: string | null;
  readonly billed_yen: string;
  readonly state: State;
  readonly state_since: Date;
  readonly gate: TransactionRow['gate'];
  readonly actor: TransactionRow['actor'];
  readonly attentions: string[];
  readonly reasons: TransactionRow['reasons'];
  readonly word_key: WordKey | null;
  readonly facts: Facts;
  readonly sealed_order: Buffer | null;
  readonly deadline_kind: string | null;
  readonly deadline_at: Date | null;
  readonly ordered_at: Date;
  readonly updated_at: Date;
  readonly pushed_word: string | null;
  readonly pushed_at: Date | null;
  readonly push_error: string | null;
  readonly cursor: string;
}

/** Where more numbers than this begin with a text, they are not looked up one by one. */
const mostByNumber = 2_000;

/** SQL: the orders whose number here or elsewhere begins with a text; every spelling of it goes by the index on its own. */
const byNumber = `select k.shop_id, k.id from order_keys k where k.np_number like ?
  union all select k.shop_id, k.id from order_keys k where k.origin_number is not null and k.order_number like ?
  union all `;
const alongTheList = 't.np_number like ? or t.order_number like ? or ';

export const listedColumns = `t.shop_id, s.name as shop_name, s.adapter, t.id, t.order_number, t.np_number, t.np_transaction_id,
  t.billed_yen, t.state, t.state_since, t.gate, t.actor, t.attentions, t.reasons, t.word_key, t.facts,
  t.sealed_order, t.deadline_kind, t.deadline_at, t.ordered_at, t.updated_at, t.pushed_word, t.pushed_at, t.push_error,
  to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || t.id as cursor`;

/** The unified list over all shops that a person may see. */
@Injectable()
export class TransactionList {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** One page, the latest change first. */
  async page(user: SignedInUser, query: ListQuery): Promise<TransactionPage> {
    const where = this.where(user, query, await this.isBroad(query));
    const [at, id] = query.after?.split('_') ?? [];
    if (at && id) where.add('(t.updated_at, t.id) < (?::timestamptz, ?::uuid)', at, id);
    const rows = await this.database.query<ListedRow[]>(
      `select ${listedColumns} from transactions t join shops s on s.id = t.shop_id
       ${where.sql()} order by t.updated_at desc, t.id desc limit ${query.limit + 1}`,
      where.parameters,
    );
    const shown = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? (shown.at(-1)?.cursor ?? null) : null;
    return { rows: shown.map((row) => this.rowView(user, whole(row))), next };
  }

  /** How many transactions of the filter are in each state, with each actor, gate and shop. */
  async counts(user: SignedInUser, filter: ListFilter): Promise<Counts> {
    const where = this.where(user, filter);
    // What is not tallied is counted over the transactions themselves; narrowed before it is grouped, so that an index is used.
    const counted =
      filter.q || filter.attention
        ? `(select t.state, t.actor, t.gate, t.shop_id, 1 as orders from transactions t ${where.sql()}) t`
        : `${tallied} t ${where.sql()}`;
    const rows = await this.database.query<{ kind: string; name: string; count: number }[]>(
      `select case when grouping(t.state) = 0 then 'states' when grouping(t.actor) = 0 then 'actors'
           when grouping(t.gate) = 0 then 'gates' else 'shops' end as kind,
         coalesce(t.state, t.actor, t.gate, t.shop_id::text) as name, sum(t.orders)::int as count
       from ${counted}
       group by grouping sets ((t.state), (t.actor), (t.gate), (t.shop_id)) having sum(t.orders) > 0`,
      where.parameters,
    );
    const of = (kind: string) =>
      Object.fromEntries(rows.filter((row) => row.kind === kind).map((row) => [row.name, row.count]));
    const states = of('states');
    const total = Object.values(states).reduce((sum, count) => sum + count, 0);
    return { total, states, actors: of('actors'), gates: of('gates'), shops: of('shops') };
  }

  /** One stored transaction that the person may see; undefined where there is none. */
  async find(
    user: SignedInUser,
    shopId: string,
    id: string,
    manager: EntityManager = this.database.manager,
  ): Promise<ListedRow | undefined> {
    if (user.shopIds && !user.shopIds.includes(shopId)) return undefined;
    const [row] = await manager.query<ListedRow[]>(
      `select ${listedColumns} from transactions t join shops s on s.id = t.shop_id where t.shop_id = $1 and t.id = $2`,
      [shopId, id],
    );
    return row && whole(row);
  }

  /** The order behind a row; null once it is erased. */
  storedOrder(row: Pick<ListedRow, 'shop_id' | 'id' | 'sealed_order'>): StoredOrder | null {
    if (!row.sealed_order) return null;
    return storedOrderSchema.parse(
      openJson(this.keyring, orderRecordId(row.shop_id, row.id), row.sealed_order),
    );
  }

  rowView(user: SignedInUser, row: ListedRow): TransactionRow {
    const stored = this.storedOrder(row);
    const name = stored?.order.buyer.name ?? '';
    const adapter = adapterOf(row.adapter);
    const word = row.word_key ? adapter.words[row.word_key] : notSent;
    return {
      id: row.id,
      shopId: row.shop_id,
      shopName: row.shop_name,
      cart: adapter.label,
      orderNumber: row.order_number,
      originNumber: row.np_number === row.order_number ? null : row.np_number,
      npTransactionId: row.np_transaction_id,
      buyerName: user.role === 'viewer' ? maskName(name) : name,
      billedYen: Number(row.billed_yen),
      state: row.state,
      cartWord: word === notSent ? null : word,
      gate: row.gate,
      actor: row.actor,
      attentions: row.attentions,
      reasons: aimed(row.reasons, stored),
      problems: problemsOf(row.facts),
      deadline:
        row.deadline_kind && row.deadline_at
          ? { kind: row.deadline_kind, at: row.deadline_at.toISOString() }
          : null,
      actions: user.role === 'viewer' ? [] : [...allowedActions(row.facts, this.clock.now().toISOString())],
      orderedAt: row.ordered_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  }

  /** True where so many numbers begin with the text that the latest of them are found sooner along the list itself. */
  private async isBroad({ q }: ListFilter): Promise<boolean> {
    if (!q) return false;
    const numbers = numberSpellings(q).map(beginningWith);
    const each = numbers.map((_, at) => `select from order_keys where np_number like $${at + 1}`);
    const [found] = await this.database.query<{ many: boolean }[]>(
      `select count(*) > ${mostByNumber} as many from (${each.join(' union all ')} limit ${mostByNumber + 1}) k`,
      numbers,
    );
    return found?.many ?? false;
  }

  private where(user: SignedInUser, filter: ListFilter, broad = false): Conditions {
    const where = new Conditions();
    if (user.shopIds) where.add('t.shop_id = any(?::uuid[])', user.shopIds);
    if (filter.shopId) where.add('t.shop_id = any(?::uuid[])', filter.shopId);
    if (filter.state) where.add('t.state = any(?)', filter.state);
    if (filter.actor) where.add('t.actor = any(?)', filter.actor);
    if (filter.gate) where.add('t.gate = any(?)', filter.gate);
    if (filter.attention) where.add("t.attentions <> '{}'");
    if (filter.q) {
      const numbers = numberSpellings(filter.q).map(beginningWith);
      const text = plain(filter.q);
      where.add(
        `(${broad ? alongTheList.repeat(numbers.length) : ''}(t.shop_id, t.id) in (${broad ? '' : byNumber.repeat(numbers.length)}
           select a.shop_id, a.transaction_id from attempts a where a.np_transaction_id = ?
           union all select t.shop_id, t.id from transactions t where t.slip_number = any(?)
           union all select k.shop_id, k.id from order_keys k where k.blind && ?::text[]))`,
        ...numbers.flatMap((number) => [number, number]),
        text,
        slipSpellings(text),
        blindIndexesOfQuery(this.keyring, filter.q),
      );
    }
    return where;
  }
}

/** Facts that an earlier version stored are read as what they meant. */
const whole = (row: ListedRow): ListedRow => ({ ...row, facts: factsSchema.parse(row.facts) });

/**
 * NP gets the buyer's data for the destination where the goods go to the buyer, and then names the destination's
 * fields as well: what has to be corrected is the buyer's.
 */
function aimed(reasons: readonly Reason[], stored: StoredOrder | null): Reason[] {
  const separate = stored !== null && toNpPayload(stored.order, stored.corrections).destination !== null;
  if (separate) return [...reasons];
  return reasons.map((reason) => ({
    ...reason,
    fields: reason.fields.map((field) => field.replace(/^destination\./u, 'customer.')),
  }));
}

const plain = (typed: string): string => typed.normalize('NFKC').trim();

/** A slip number as carts keep it: as typed, in one piece, and in groups of four. */
function slipSpellings(text: string): readonly string[] {
  const bare = text.replaceAll('-', '');
  return [text, bare, bare.replace(/^(\d{4})(\d{4})(\d{4})$/u, '$1-$2-$3')];
}

/** Conditions of a query with their parameters; `?` stands for the next one. */
class Conditions {
  readonly parameters: unknown[] = [];
  private readonly parts: string[] = [];

  add(condition: string, ...values: readonly unknown[]): void {
    const rest = [...values];
    this.parts.push(
      condition.replaceAll('?', () => {
        this.parameters.push(rest.shift());
        return `$${this.parameters.length}`;
      }),
    );
  }

  sql(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`;
  }
}
