import { Inject, Injectable } from '@nestjs/common';
import {
  checkoutHtml,
  checkoutTermsUrl,
  givenCheckoutText,
  type CheckoutNotice,
  type EnteredCheckoutText,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { gateways } from '../gateways.js';
import { ApiProblem, problemOf } from '../http/problem.js';

interface Row {
  readonly language: string;
  readonly text: string;
  readonly linked_words: string;
  readonly confirmed_on: string;
}

interface Asked {
  readonly gateway: string | null;
  readonly shopId: string | null;
  readonly language: string;
}

const givenLanguage = 'en';

/** The given text, and the ones that operators have entered for their shops. The hub translates none. */
@Injectable()
export class CheckoutTexts {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Null where the shop does not exist, or where nobody has entered a text in that language. */
  async find({ gateway, shopId, language }: Asked): Promise<CheckoutNotice | null> {
    if (shopId === null) {
      return language === givenLanguage ? given(gateway ?? gateways[0]?.id ?? '') : null;
    }
    const own = await this.gatewayOf(shopId);
    if (own === null || (gateway !== null && gateway !== own)) return null;
    const row = (await this.rows(shopId)).find((entered) => entered.language === language);
    if (row) return entered(own, row);
    return language === givenLanguage ? given(own) : null;
  }

  /** Throws 404 where there is no such shop. */
  async list(shopId: string): Promise<readonly CheckoutNotice[]> {
    const gateway = await this.gatewayOf(shopId);
    if (gateway === null) throw problemOf(404);
    return [given(gateway), ...(await this.rows(shopId)).map((row) => entered(gateway, row))];
  }

  /** Throws 404 without the shop, 409 for the language in which NP itself has given the text. */
  async enter(
    of: { readonly shopId: string; readonly language: string; readonly by: string; readonly at: Date },
    { text, linked, confirmedOn }: EnteredCheckoutText,
  ): Promise<void> {
    if (of.language === givenLanguage) throw new ApiProblem(409, 'given-text', givenTexts);
    if ((await this.gatewayOf(of.shopId)) === null) throw problemOf(404);
    await this.database.query(
      `insert into checkout_texts (shop_id, language, text, linked_words, confirmed_on, by_login, at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (shop_id, language) do update set text = excluded.text, linked_words = excluded.linked_words,
         confirmed_on = excluded.confirmed_on, by_login = excluded.by_login, at = excluded.at`,
      [of.shopId, of.language, text, linked, confirmedOn, of.by, of.at],
    );
  }

  async remove(shopId: string, language: string): Promise<void> {
    await this.database.query('delete from checkout_texts where shop_id = $1 and language = $2', [
      shopId,
      language,
    ]);
  }

  private async gatewayOf(shopId: string): Promise<string | null> {
    const [row] = await this.database.query<{ gateway: string }[]>(
      'select c.gateway from shops s join connections c on c.id = s.connection_id where s.id = $1',
      [shopId],
    );
    return row?.gateway ?? null;
  }

  private rows(shopId: string): Promise<Row[]> {
    return this.database.query<Row[]>(
      `select language, text, linked_words, confirmed_on::text from checkout_texts
       where shop_id = $1 order by language`,
      [shopId],
    );
  }
}

const given = (gateway: string): CheckoutNotice => ({
  gateway,
  language: givenLanguage,
  ...givenCheckoutText,
  html: checkoutHtml(givenCheckoutText),
  termsUrl: checkoutTermsUrl,
  origin: 'given',
  confirmedOn: null,
});

function entered(gateway: string, row: Row): CheckoutNotice {
  const words = { text: row.text, linked: row.linked_words };
  return {
    gateway,
    language: row.language,
    ...words,
    html: checkoutHtml(words),
    termsUrl: checkoutTermsUrl,
    origin: 'entered',
    confirmedOn: row.confirmed_on,
  };
}

const givenTexts = {
  ja: '英語の文面はNP指定のもので、変更できません。',
  en: 'The English text is the one that NP demands and cannot be changed.',
};
