import { Inject, Injectable } from '@nestjs/common';
import {
  factsSchema,
  normaliseHyphens,
  normaliseOrderNumber,
  type FindKind,
  type FindView,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { blindIndexesOfQuery, blindIndexesOfSlips } from '../security/blind-index.js';
import type { Keyring } from '../security/keyring.js';
import { KEYRING } from '../tokens.js';
import { listedColumns, TransactionList, type ListedRow } from '../transactions/list.js';
import { beginningWith, numberSpellings } from '../transactions/number-spellings.js';

const mostInGroup = 6;

/** One thing that a text may mean: SQL that names at most a few transactions by an index of its own. */
interface Search {
  readonly kind: FindKind;
  /** Gives `shop_id` and `id`. `$1`: the shops that may be seen. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Finds transactions by whatever people have at hand, each kind of text by its own index. */
@Injectable()
export class Find {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** The latest few of each kind that the text may mean. */
  async find(user: SignedInUser, text: string): Promise<FindView> {
    const plain = normaliseHyphens(text.normalize('NFKC').trim());
    const inquiryNumber = /^akt\d*$/iu.test(plain);
    const shops = user.shopIds ?? (await this.everyShop());
    const searches = inquiryNumber ? [] : searchesOf(plain, this.keyring);
    const found = await Promise.all(
      searches.map(async ({ kind, sql, parameters }) => ({
        kind,
        rows: await this.database.query<ListedRow[]>(
          `select ${listedColumns} from (${sql}) k join transactions t on t.shop_id = k.shop_id and t.id = k.id
           join shops s on s.id = t.shop_id order by k.rank, t.updated_at desc, t.id desc`,
          [shops, ...parameters],
        ),
      })),
    );
    const seen = new Set<string>();
    const groups = found.map(({ kind, rows }) => {
      const fresh = rows.filter(({ id }) => !seen.has(id));
      const shown = fresh.slice(0, mostInGroup);
      for (const { id } of shown) seen.add(id);
      return { kind, rows: shown, more: fresh.length > mostInGroup };
    });
    return {
      groups: groups
        .filter(({ rows }) => rows.length > 0)
        .map(({ kind, rows, more }) => ({
          kind,
          rows: rows.map((row) => this.list.rowView(user, { ...row, facts: factsSchema.parse(row.facts) })),
          more,
        })),
      inquiryNumber,
    };
  }

  private async everyShop(): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }[]>('select id from shops');
    return rows.map(({ id }) => id);
  }
}

/** Everything that a text may mean, the most telling first. */
export function searchesOf(text: string, keyring: Keyring): readonly Search[] {
  const digits = text.replaceAll(/[\s-]/gu, '');
  const isNumber = /^[!-~]{2,}$/u.test(normaliseOrderNumber(text));
  const [person] = peopleKinds(text);
  const isPerson = person !== undefined && (person !== 'name' || !/\d/u.test(text));
  return [
    ...(isNumber ? [numberSearch(text)] : []),
    ...(/^\d{6,11}$/u.test(digits) ? [npIdSearch(digits)] : []),
    ...(/^[\w\s-]{6,40}$/u.test(text) && /\d{4}/u.test(digits) ? [slipSearch(text, keyring)] : []),
    ...(isPerson ? [blindSearch(person, blindIndexesOfQuery(keyring, text))] : []),
  ].filter(({ parameters }) => parameters.every((each) => !Array.isArray(each) || each.length > 0));
}

function peopleKinds(text: string): readonly FindKind[] {
  if (text === '') return [];
  if (text.includes('@')) return ['mail'];
  const phone = text.replaceAll(/[\s\-()ー.+]/gu, '');
  if (/^\d+$/u.test(phone)) return phone.length === 4 ? ['phone4'] : phone.length >= 9 ? ['phone'] : [];
  return ['name'];
}

const oneMore = mostInGroup + 1;

/**
 * By the cart's number, then by the number under which the buyer ordered elsewhere; one that is named whole comes first.
 * In any spelling that a cart may have, each by the index on its own.
 */
const numberSearch = (text: string): Search => {
  const numbers = numberSpellings(text);
  const beginnings = numbers.map(
    (_, at) => `
      union all (select t.shop_id, t.id, 1 from order_keys t
        where t.shop_id = u.shop_id and t.order_number like $${at + 3}
        order by t.order_number using ~>~ limit ${oneMore})
      union all (select t.shop_id, t.id, case when t.origin_number = any($2::text[]) then 0 else 2 end from order_keys t
        where t.shop_id = u.shop_id and t.origin_number is not null and t.origin_number like $${at + 3}
        order by t.origin_number using ~>~ limit ${oneMore})`,
  );
  return {
    kind: 'order',
    sql: `select distinct on (k.id) k.shop_id, k.id, k.rank
    from unnest($1::uuid[]) as u(shop_id) cross join lateral (
      select t.shop_id, t.id, 0 as rank from order_keys t
        where t.shop_id = u.shop_id and t.order_number = any($2::text[])${beginnings.join('')}
    ) k order by k.id, k.rank`,
    parameters: [numbers, ...numbers.map(beginningWith)],
  };
};

/** Also by the id of an attempt that another one has replaced. */
const npIdSearch = (digits: string): Search => ({
  kind: 'np-id',
  sql: `select distinct on (a.transaction_id) a.shop_id, a.transaction_id as id, 0 as rank from (
      select a.shop_id, a.transaction_id from attempts a
      where a.np_transaction_id is not null and a.np_transaction_id like $2 and a.shop_id = any($1::uuid[])
      order by a.np_transaction_id using ~<~ limit ${oneMore}) a order by a.transaction_id`,
  parameters: [beginningWith(digits)],
});

/** By any parcel's slip number, and by the one that is reported or is to be. Those noted before migration 0022 stand in `order_keys`. */
const slipSearch = (text: string, keyring: Keyring): Search => {
  const bare = text.replaceAll(/[\s-]/gu, '');
  const spellings = [text, bare, bare.replace(/^(\d{4})(\d{4})(\d{4})$/u, '$1-$2-$3')];
  return {
    kind: 'slip',
    sql: `select t.shop_id, t.id, 0 as rank from transactions t
      where (t.shop_id, t.id) in (
          select o.shop_id, o.id from transactions o where o.slip_number = any($2::text[])
          union all select s.shop_id, s.id from order_slips s where s.slip = any($3::text[])
          union all select k.shop_id, k.id from order_keys k where k.blind && $3::text[])
        and t.shop_id = any($1::uuid[])
      order by t.updated_at desc, t.id desc limit ${oneMore}`,
    parameters: [spellings, blindIndexesOfSlips(keyring, [text])],
  };
};

const blindSearch = (kind: FindKind, indexes: readonly string[]): Search => ({
  kind,
  sql: `select t.shop_id, t.id, 0 as rank from transactions t
    where (t.shop_id, t.id) in (select k.shop_id, k.id from order_keys k where k.blind && $2::text[])
      and t.shop_id = any($1::uuid[])
    order by t.updated_at desc, t.id desc limit ${oneMore}`,
  parameters: [indexes],
});
