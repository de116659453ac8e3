import type { CodeCardView, TransactionView } from '@np-hub/model';

/** Buyers are written to in Japanese, whatever language the staff read. */
export interface Draft {
  readonly subject: string;
  readonly body: string;
  readonly phone: string;
}

/** A link that the buyer can correct the fields with, as it goes into the mail. */
export interface DraftLink {
  readonly url: string;
  /** Until when, as people read it. */
  readonly until: string;
}

/** Whom a draft goes to, from which shop, about which order. */
export type Addressed = Pick<TransactionView, 'shopName' | 'orderNumber' | 'originNumber'> & {
  readonly buyer: { readonly name: string } | null;
};

type Order = Addressed & {
  readonly state: TransactionView['state'];
  readonly reasons: readonly { readonly code: string }[];
  readonly problems: readonly { readonly npCode: string | null }[];
};

/**
 * Mail and phone script for what stands in an order's way, from the cards of its codes; null where the buyer has
 * nothing to do with it. Nothing is said of why NP has refused somebody: the shop is not told, and may not guess.
 */
export function draftOf(order: Order, cards: readonly CodeCardView[], link: DraftLink | null): Draft | null {
  if (order.state === 'rejected') return refusalDraft(order);
  if (order.state === 'released' || order.state === 'cancelled') return null;
  const asks = asksOf(order, cards);
  if (asks.length === 0) return null;
  const answer = link
    ? [
        '下記のページから、正しい内容をご入力ください。ご注文時の会員登録やログインは必要ありません。',
        link.url,
        `（一度だけご利用いただけます。有効期限：${link.until}）`,
      ]
    : ['お手数ですが、正しい内容をこのメールへの返信でお知らせください。'];
  return {
    subject: `【${order.shopName}】ご注文内容の確認のお願い（ご注文番号：${numberOf(order)}）`,
    body: [
      ...salutation(order),
      `ご注文番号 ${numberOf(order)} のお手続きを進めるため、次の点をご確認ください。`,
      '',
      ...asks.flatMap((ask) => [`・${ask}`]),
      '',
      ...answer,
      '',
      'ご確認でき次第、発送のお手続きを進めさせていただきます。何卒よろしくお願いいたします。',
      '',
      order.shopName,
    ].join('\n'),
    phone: [
      ...opening(order),
      `「ご注文番号 ${numberOf(order)} のお手続きの件で、確認させていただきたいことがございます。」`,
      ...asks.map((ask) => `「${ask}」`),
      '（伺った内容を復唱し、漢字・番地・建物名・部屋番号まで確認する）',
      '「ありがとうございます。確認でき次第、発送のお手続きを進めさせていただきます。」',
    ].join('\n'),
  };
}

/** To whoever asks why. */
export const notTold = '審査の内容は当店には知らされておらず、お答えすることができません。';

function refusalDraft(order: Order): Draft {
  const lead =
    '誠に恐れ入りますが、このたびは後払い（NP後払い）をご利用いただくことができませんでした。お手数ですが、別のお支払方法をご選択いただけますでしょうか。';
  return {
    subject: `【${order.shopName}】お支払方法変更のお願い（ご注文番号：${numberOf(order)}）`,
    body: [
      ...salutation(order),
      `ご注文番号 ${numberOf(order)} につきまして、${lead}`,
      '',
      'ご希望のお支払方法を、このメールへの返信でお知らせください。審査の内容は当店には知らされておりませんため、お答えすることができません。何卒ご了承ください。',
      '',
      order.shopName,
    ].join('\n'),
    phone: [
      ...opening(order),
      `「ご注文番号 ${numberOf(order)} の件でお電話いたしました。${lead}」`,
      `（理由を尋ねられたとき）「${notTold}」`,
      '（変更後のお支払方法を復唱し、この注文のNPの取引が残らないように、カートのお支払方法を変更する）',
    ].join('\n'),
  };
}

/** What each card asks of the buyer, without its own greeting and closing, each once. */
function asksOf(order: Order, cards: readonly CodeCardView[]): readonly string[] {
  const codes = [...order.reasons.map(({ code }) => code), ...order.problems.map(({ npCode }) => npCode)];
  const asks = codes.flatMap((code) => {
    const text = cards.find((card) => card.code === code)?.buyerText?.ja;
    if (!text) return [];
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.length < 3 ? [lines.join('')] : [lines.slice(1, -1).join('')];
  });
  return [...new Set(asks)];
}

/** The number that the buyer knows. */
export const numberOf = ({ originNumber, orderNumber }: Addressed): string => originNumber ?? orderNumber;

const nameOf = ({ buyer }: Addressed): string => (buyer?.name ? `${buyer.name} 様` : 'お客様');

/** How a mail begins. */
export const salutation = (order: Addressed): readonly string[] => [
  nameOf(order),
  '',
  `${order.shopName}でございます。このたびはご注文いただき、誠にありがとうございます。`,
];

/** How a call begins. */
export const opening = (order: Addressed): readonly string[] => [
  `「${order.shopName}でございます。${nameOf(order)}のお電話でしょうか。」`,
  '（ご本人であることを確認してから、用件を伝える）',
];
