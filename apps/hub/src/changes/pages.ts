import { Inject, Injectable } from '@nestjs/common';
import type { LocalText } from '@np-hub/kit';
import { describeProblem } from '@np-hub/model';
import type { CartInstruction, ChangePage, ChangeView, ShipGate, State, WordKey } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { gateways } from '../gateways.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { cursorOf, expiredCursor, positionOf, unreadableCursor } from './cursor.js';
import { Numbering } from './numbering.js';
import { ownReasons } from './own-reasons.js';

interface StoredChange {
  readonly position: string;
  readonly at: Date;
  readonly shop_id: string;
  readonly transaction_id: string;
  readonly order_number: string;
  readonly state: State;
  readonly gate: ShipGate;
  readonly word_key: WordKey | null;
  readonly np_transaction_id: string | null;
  readonly reasons: string[];
  readonly instruction: CartInstruction | null;
  readonly paid_on: string | null;
}

/** Some changes in their order. `end` is where the next ones begin. */
export interface ChangeBatch {
  readonly rows: readonly ChangeView[];
  readonly end: bigint;
  readonly more: boolean;
}

const titles = new Map([
  ...gateways.flatMap(({ codes }) => codes.map(({ code, title }): [string, LocalText] => [code, title])),
  ...ownReasons,
]);

/**
 * What a reason means, in a few words: a code of a gateway, `<field>:<rule>` of a check of the hub's own, or another
 * one of its own (`ownReasons`). One that no dictionary knows stands for itself.
 */
export function titleOf(reason: string): LocalText {
  const [field = '', rule] = reason.split(':', 2);
  if (rule === undefined) return titles.get(reason) ?? { ja: reason, en: reason };
  const of = (language: 'ja' | 'en') => describeProblem({ field, rule, npCode: null }, language).message;
  return { ja: of('ja'), en: of('en') };
}

/** The feed: every change of the shops that somebody may see, in one order that never skips and never repeats. */
@Injectable()
export class ChangePages {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Numbering) private readonly numbering: Numbering,
    @Inject(Shops) private readonly shops: Pick<Shops, 'settingsOf'>,
  ) {}

  /** One page behind a cursor, or from the beginning. Throws 400 for a cursor that is none, and 410 for one too old. */
  async page(query: {
    readonly after: string | undefined;
    readonly limit: number;
    /** Null: every shop. */
    readonly shopIds: readonly string[] | null;
  }): Promise<ChangePage> {
    const ends = await this.numbering.run();
    const after = query.after === undefined ? ends.dropped : positionOf(query.after);
    if (after === null) throw unreadableCursor('after');
    if (after < ends.dropped || after > ends.last) throw expiredCursor('after');
    const { rows, end, more } = await this.batch({ ...query, after, last: ends.last });
    return { rows: [...rows], next: cursorOf(end), more };
  }

  /** Changes behind `after`, up to `last`, which has to be a position that has been given. */
  async batch(query: {
    readonly after: bigint;
    readonly last: bigint;
    readonly limit: number;
    readonly shopIds: readonly string[] | null;
  }): Promise<ChangeBatch> {
    const scope = query.shopIds ? 'and shop_id = any($4)' : '';
    const found = await this.database.query<StoredChange[]>(
      `select position, at, shop_id, transaction_id, order_number, state, gate, word_key, np_transaction_id, reasons,
         instruction, case when state = 'paid' then (select max(b.paid_on)::text from billings b
           where b.shop_id = c.shop_id and b.transaction_id = c.transaction_id) end as paid_on
       from changes c where position > $1 and position <= $2 ${scope} order by position limit $3`,
      [
        query.after.toString(),
        query.last.toString(),
        query.limit + 1,
        ...(query.shopIds ? [query.shopIds] : []),
      ],
    );
    const shown = found.slice(0, query.limit);
    const more = found.length > query.limit;
    const lastShown = shown.at(-1);
    return {
      rows: await this.views(shown),
      end: more && lastShown ? BigInt(lastShown.position) : query.last,
      more,
    };
  }

  /** The position behind which every change of this time or later lies. */
  async positionAt(time: Date): Promise<bigint> {
    const { last } = await this.numbering.run();
    const [row] = await this.database.query<{ first: string | null }[]>(
      'select min(position) as first from changes where at >= $1',
      [time],
    );
    return row?.first ? BigInt(row.first) - 1n : last;
  }

  private async views(rows: readonly StoredChange[]): Promise<readonly ChangeView[]> {
    const ids = [...new Set(rows.map((row) => row.shop_id))];
    const shops = await this.shops.settingsOf(ids);
    return rows.map((row) => ({
      cursor: cursorOf(BigInt(row.position)),
      at: row.at.toISOString(),
      shopId: row.shop_id,
      orderNumber: row.order_number,
      transactionId: row.transaction_id,
      state: row.state,
      gate: row.gate,
      word: row.word_key ? wordOf(shops.get(row.shop_id), row.word_key) : null,
      npTransactionId: row.np_transaction_id,
      reasons: row.reasons.map((code) => ({ code, title: titleOf(code) })),
      instruction: row.instruction,
      paidOn: row.paid_on,
    }));
  }
}

function wordOf(shop: Pick<OpenShop, 'adapter' | 'settings'> | undefined, key: WordKey): string | null {
  const own = shop?.adapter.ownWords?.(shop.settings)[key];
  const word = own ?? shop?.adapter.words[key];
  return typeof word === 'string' ? word : null;
}
