import type { CodeCard, LocalText } from '@np-hub/kit';

/** Japanese first, then English. */
export type Pair = readonly [ja: string, en: string];

/** A card as the tables write it. `ask` is what the buyer is asked for; it makes the buyer the one to act. */
export interface CardDraft {
  readonly code: string;
  readonly title: Pair;
  readonly explanation: Pair;
  readonly actor: 'shop' | 'np' | 'nobody' | { readonly ask: Pair };
  readonly fields: readonly string[];
  readonly fix: Pair;
  readonly example?: Pair;
  readonly weight?: CodeCard['weight'];
  readonly source: string;
}

const text = ([ja, en]: Pair): LocalText => ({ ja, en });

/** The courtesy around a request; it reads well in a mail and aloud on the phone. */
const letter = ([ja, en]: Pair): LocalText => ({
  ja: `このたびはご注文いただき、誠にありがとうございます。\n${ja}\nご返信を確認でき次第、お手続きを進めさせていただきます。お手数をおかけいたしますが、何卒よろしくお願いいたします。`,
  en: `Thank you very much for your order.\n${en}\nWe will continue with your order as soon as we hear from you. We are sorry for the trouble.`,
});

/** Turns drafts into cards. What only implementers wrote down counts as observed unless the draft says else. */
export const cardsOf = (drafts: readonly CardDraft[]): readonly CodeCard[] =>
  drafts.map(({ actor, ...draft }) => ({
    code: draft.code,
    title: text(draft.title),
    explanation: text(draft.explanation),
    actor: typeof actor === 'string' ? actor : 'buyer',
    fields: draft.fields,
    fix: text(draft.fix),
    example: draft.example === undefined ? null : text(draft.example),
    buyerText: typeof actor === 'string' ? null : letter(actor.ask),
    weight: draft.weight ?? 'observed',
    source: draft.source,
  }));

/** The two parties of an order, as screens name them and as one speaks of them to the buyer. */
export interface PartyWords {
  readonly path: 'customer' | 'destination';
  readonly ja: string;
  readonly en: string;
  readonly politeJa: string;
  readonly politeEn: string;
}

export const buyer: PartyWords = {
  path: 'customer',
  ja: '購入者',
  en: 'buyer',
  politeJa: 'ご注文者様',
  politeEn: 'your',
};

export const destination: PartyWords = {
  path: 'destination',
  ja: '配送先',
  en: 'recipient',
  politeJa: 'お届け先',
  politeEn: "the recipient's",
};

/** One rule about a field of a party, with the code it has for the buyer and for the destination. */
export interface FieldRule {
  /** Null: the rule does not exist for the destination. */
  readonly codes: readonly [buyer: string, destination: string | null];
  readonly draft: (party: PartyWords) => Omit<CardDraft, 'code' | 'source'>;
  /** Where it differs from S1. */
  readonly sources?: readonly [buyer: string, destination: string];
}
