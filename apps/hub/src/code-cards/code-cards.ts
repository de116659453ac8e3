import { Inject, Injectable } from '@nestjs/common';
import type { Actor, Clock, CodeCardView, UnknownCode } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Audit, differences } from '../audit/audit.js';
import { gateways } from '../gateways.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { isKnown } from './known.js';

/** A text in one language or both: where one is missing, the other stands in for it. */
export interface StaffText {
  readonly ja?: string | undefined;
  readonly en?: string | undefined;
}

/** A card as staff write it. */
export interface StaffCard {
  readonly title: StaffText;
  readonly explanation: StaffText;
  readonly fix: StaffText;
  readonly buyerText?: StaffText | null | undefined;
  readonly actor: Actor;
}

interface CardRow {
  readonly code: string;
  readonly card: StaffCard;
  readonly by_login: string;
  readonly changed_at: Date;
}

const knownAlready = {
  ja: 'このコードの説明は、もともと辞書にあります。',
  en: 'The dictionary explains this code already.',
};

/** The dictionary: what the gateways bring, and the cards that staff have written for what they do not explain. */
@Injectable()
export class CodeCards {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<readonly CodeCardView[]> {
    const rows = await this.database.query<CardRow[]>('select * from code_cards order by code');
    const own = gateways.flatMap(({ codes }) => codes.map((card) => ({ ...card, fields: [...card.fields] })));
    // A newer version of the hub may explain a code itself by now: its word counts.
    return [...own, ...rows.filter(({ code }) => !isKnown(code)).map(viewOf)];
  }

  /** Codes that came and that neither a dictionary nor staff explain, the newest first. */
  async unknown(shopIds: readonly string[] | null): Promise<readonly UnknownCode[]> {
    const rows = await this.database.query<(Omit<UnknownCode, 'firstSeenAt'> & { at: Date })[]>(
      `select c.code, c.first_seen_at as at, c.shop_id as "shopId", s.name as "shopName",
         c.transaction_id as "transactionId", c.order_number as "orderNumber"
       from seen_codes c join shops s on s.id = c.shop_id
       where not exists (select from code_cards k where k.code = c.code) and ($1::uuid[] is null or c.shop_id = any($1))
       order by c.first_seen_at desc, c.code limit 200`,
      [shopIds],
    );
    return rows
      .filter(({ code }) => !isKnown(code))
      .map(({ at, ...row }) => ({ ...row, firstSeenAt: at.toISOString() }));
  }

  /** Writes or rewrites the card of a code. Throws 409 where the dictionary has one. */
  async save(code: string, card: StaffCard, by: string): Promise<CodeCardView> {
    if (isKnown(code)) throw new ApiProblem(409, 'known-code', knownAlready);
    const now = this.clock.now();
    await this.database.transaction(async (manager) => {
      const [before] = await manager.query<CardRow[]>('select * from code_cards where code = $1 for update', [
        code,
      ]);
      await manager.query(
        `insert into code_cards (code, card, by_login, changed_at) values ($1, $2, $3, $4)
         on conflict (code) do update set card = $2, by_login = $3, changed_at = $4`,
        [code, JSON.stringify(card), by, now],
      );
      const details = differences({ ...before?.card }, { ...card });
      await this.audit.record(manager, { by, action: 'code-card-saved', object: `code:${code}`, details });
    });
    return viewOf({ code, card, by_login: by, changed_at: now });
  }

  async remove(code: string, by: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [rows] = await manager.query<[CardRow[], number]>(
        'delete from code_cards where code = $1 returning *',
        [code],
      );
      if (!rows[0]) throw problemOf(404);
      const details = differences({ ...rows[0].card }, {});
      await this.audit.record(manager, { by, action: 'code-card-removed', object: `code:${code}`, details });
    });
  }
}

const both = ({ ja, en }: StaffText) => ({ ja: ja ?? en ?? '', en: en ?? ja ?? '' });

const viewOf = ({ code, card, by_login: by, changed_at: at }: CardRow): CodeCardView => ({
  code,
  title: both(card.title),
  explanation: both(card.explanation),
  actor: card.actor,
  fields: [],
  fix: both(card.fix),
  example: null,
  buyerText: card.buyerText ? both(card.buyerText) : null,
  weight: 'observed',
  source: '',
  staff: { by, at: at.toISOString(), card },
});
