import { Inject, Injectable } from '@nestjs/common';
import type { LocalText } from '@np-hub/kit';
import {
  carriers,
  finalStates,
  plainRaw,
  type Clock,
  type UnmappedWordView,
  type Word,
  type WordAxis,
  type WordMapView,
} from '@np-hub/model';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { ApiProblem } from '../http/problem.js';
import { Connections } from '../shops/connections.js';
import { oweFollowing, takeShop } from '../shops/held.js';
import { SettingsChange } from '../shops/settings-change.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { Reread } from './reread.js';

interface Choice {
  readonly value: string;
  readonly label: LocalText;
}

interface WaitingRow {
  readonly shop_id: string;
  readonly shop_name: string;
  readonly word: string;
  readonly orders: number;
  readonly first_seen_at: Date;
}

const finalNames = Object.keys(finalStates);
const same = (text: string): LocalText => ({ ja: text, en: text });

const statusChoices: readonly Choice[] = [
  { value: 'open', label: { ja: '未出荷（受付中・出荷待ちなど）', en: 'Open: not shipped yet' } },
  { value: 'shipped', label: { ja: '出荷済み', en: 'Shipped' } },
  { value: 'cancelled', label: { ja: 'キャンセル', en: 'Cancelled' } },
  { value: 'deleted', label: { ja: '削除', en: 'Deleted' } },
  { value: 'returned', label: { ja: '返品', en: 'Returned' } },
];
const paymentChoices: readonly Choice[] = [
  { value: 'np', label: same('NP後払い') },
  { value: 'other', label: { ja: 'NP後払い以外（連携しない）', en: 'Not NP後払い' } },
];
const unsupported: Choice = {
  value: 'unsupported',
  label: { ja: 'NPに出荷報告できない運送会社', en: 'A carrier that NP takes no reports for' },
};

/** Words of carts that nobody understands yet, and the meanings that operators give them. */
@Injectable()
export class Words {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Reread) private readonly reread: Reread,
    @Inject(SettingsChange) private readonly settingsChange: SettingsChange,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Every word that an unfinished order of these shops waits for, the one with most orders first. Null: all shops. */
  async unmapped(
    shopIds: readonly string[] | null,
    scope: readonly string[] | null,
  ): Promise<readonly UnmappedWordView[]> {
    const rows = await this.database.query<WaitingRow[]>(
      `select t.shop_id, s.name as shop_name, w.word, count(*)::int as orders,
         coalesce(min(u.first_seen_at), min(t.updated_at)) as first_seen_at
       from transactions t join shops s on s.id = t.shop_id cross join lateral unnest(t.unmapped) as w(word)
       left join unmapped_words u on u.shop_id = t.shop_id and u.axis || ':' || u.raw = w.word
       where t.unmapped <> '{}' and t.state <> all($1) and ($2::uuid[] is null or t.shop_id = any($2))
       group by 1, 2, 3 order by orders desc, w.word`,
      [finalNames, shopIds],
    );
    const choices = new Map<string, (axis: WordAxis) => readonly Choice[]>();
    for (const { shop_id: id } of rows) {
      if (!choices.has(id)) choices.set(id, await this.choicesOf(await this.shops.open(id), scope));
    }
    return rows.map((row) => {
      const { axis, raw } = wordOf(row.word);
      return {
        shopId: row.shop_id,
        shopName: row.shop_name,
        axis,
        raw,
        orders: row.orders,
        firstSeenAt: row.first_seen_at.toISOString(),
        choices: [...(choices.get(row.shop_id)?.(axis) ?? [])],
      };
    });
  }

  /** The words of a shop that have been given a meaning. */
  async mapped(shopId: string): Promise<readonly WordMapView[]> {
    const choices = await this.choicesOf(await this.shops.open(shopId));
    const rows = await this.database.query<
      { axis: WordAxis; raw: string; value: string; by_login: string; at: Date }[]
    >('select axis, raw, value, by_login, at from word_maps where shop_id = $1 order by axis, raw', [shopId]);
    return rows.map(({ axis, raw, value, by_login: by, at }) => ({
      axis,
      raw,
      value,
      label: choices(axis).find((choice) => choice.value === value)?.label ?? same(value),
      by,
      at: at.toISOString(),
    }));
  }

  /** Gives a word its meaning; every order that waits for it goes on. Gives how many. Throws 400 for no meaning. */
  async map(
    shopId: string,
    word: Word & { readonly value: string },
    user: Pick<SignedInUser, 'login' | 'shopIds'>,
  ): Promise<number> {
    const { axis, value } = word;
    const raw = plainRaw(word.raw);
    const choices = (await this.choicesOf(await this.shops.open(shopId), user.shopIds))(axis);
    if (!choices.some((choice) => choice.value === value)) {
      const message = { ja: 'この意味は選べません。', en: 'This is none of the meanings to choose from.' };
      throw new ApiProblem(400, 'invalid-input', message, [{ field: 'value', message }]);
    }
    const known = await this.mapped(shopId);
    // A meaning that replaces another one, and the first mall of a shop, concern orders that wait for no word.
    const isForAll = (meaningIn(known, { axis, raw }) ?? value) !== value || axis === 'mall';
    const isOwed = await this.database.transaction(async (manager) => {
      await takeShop(manager, shopId);
      await manager.query(
        `insert into word_maps (shop_id, axis, raw, value, by_login, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (shop_id, axis, raw) do update
           set value = excluded.value, by_login = excluded.by_login, at = excluded.at`,
        [shopId, axis, raw, value, user.login, this.clock.now()],
      );
      await manager.query('delete from unmapped_words where shop_id = $1 and axis = $2 and raw = $3', [
        shopId,
        axis,
        raw,
      ]);
      const details = { axis, raw, before: meaningIn(known, { axis, raw }) ?? null, after: value };
      const object = `shop:${shopId}`;
      await this.audit.record(manager, { by: user.login, action: 'word-mapped', object, shopId, details });
      return isForAll && (await oweFollowing(manager, shopId, this.clock.now()));
    });
    const resolved = await this.reread.waitingFor(shopId, { axis, raw });
    if (isForAll) await this.settingsChange.afterWords(shopId, isOwed);
    return resolved;
  }

  /** Takes a meaning away: unfinished orders with the word wait for one again. */
  async forget(shopId: string, { axis, raw }: Word, by: string): Promise<void> {
    await this.shops.open(shopId);
    const isOwed = await this.database.transaction(async (manager) => {
      await takeShop(manager, shopId);
      await manager.query('delete from word_maps where shop_id = $1 and axis = $2 and raw = $3', [
        shopId,
        axis,
        plainRaw(raw),
      ]);
      const object = `shop:${shopId}`;
      await this.audit.record(manager, {
        by,
        action: 'word-forgotten',
        object,
        shopId,
        details: { axis, raw },
      });
      return oweFollowing(manager, shopId, this.clock.now());
    });
    await this.settingsChange.afterWords(shopId, isOwed);
  }

  /** Orders that were read with older meanings while a word got its own: they go on as well. Gives how many. */
  @Interval(60_000)
  async resolveLeft(): Promise<number> {
    const rows = await this.database.query<{ shop_id: string; word: string }[]>(
      `select distinct t.shop_id, w.word from transactions t cross join lateral unnest(t.unmapped) as w(word)
       join word_maps m on m.shop_id = t.shop_id and m.axis || ':' || m.raw = w.word
       where t.unmapped <> '{}' and t.state <> all($1)`,
      [finalNames],
    );
    let resolved = 0;
    for (const row of rows) resolved += await this.reread.waitingFor(row.shop_id, wordOf(row.word));
    return resolved;
  }

  /** `scope`: a person of some shops chooses among the connections of those. */
  private async choicesOf(
    shop: OpenShop,
    scope: readonly string[] | null = null,
  ): Promise<(axis: WordAxis) => readonly Choice[]> {
    const connections = await this.connections.list(scope);
    const byAxis: Readonly<Record<WordAxis, readonly Choice[]>> = {
      status: statusChoices,
      payment: paymentChoices,
      carrier: [...carrierChoices(shop.policies.contractedCarrier), unsupported],
      mall: connections.map(({ id, name }) => ({ value: id, label: same(name) })),
    };
    return (axis) => byAxis[axis];
  }
}

const meaningIn = (known: readonly WordMapView[], { axis, raw }: Word): string | undefined =>
  known.find((each) => each.axis === axis && each.raw === raw)?.value;

const carrierChoices = (contracted: boolean): readonly Choice[] =>
  Object.entries(carriers)
    .filter(([name]) => contracted || name !== 'contracted')
    .map(([value, { name, npCode }]) => ({ value, label: same(`${name}（${npCode}）`) }));

function wordOf(stored: string): Word {
  const colon = stored.indexOf(':');
  return { axis: stored.slice(0, colon) as WordAxis, raw: stored.slice(colon + 1) };
}
