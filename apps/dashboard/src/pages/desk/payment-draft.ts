import type { MethodOffer, State } from '@np-hub/model';
import { formatYen } from '../../format.js';
import { notTold, numberOf, opening, salutation, type Addressed, type Draft } from './draft.js';

type Order = Addressed & {
  readonly state: State;
  readonly attempts: readonly { readonly reportedSlip: string | null }[];
};

/** A method that is possible. */
export type Proposal = Pick<MethodOffer, 'name' | 'note'> & {
  readonly feeYen: number;
  readonly totalYen: number;
};

/**
 * Mail and phone script that propose another way to pay, with its amounts. Only for an order whose end at NP is proven:
 * it tells the buyer that NP bills nothing.
 */
export function paymentDraft(order: Order, { name, note, feeYen, totalYen }: Proposal): Draft {
  const yen = (amount: number) => formatYen(amount, 'ja');
  const refused = order.state === 'rejected';
  const lead = refused
    ? '誠に恐れ入りますが、このたびは後払い（NP後払い）をご利用いただくことができませんでした。'
    : '誠に恐れ入りますが、後払い（NP後払い）でのお手続きを完了することができませんでした。';
  const ask = `お支払方法を「${name}」に変更のうえ、ご購入いただけますでしょうか。`;
  // An invoice may be with the buyer already.
  const invoiced = order.attempts.some(({ reportedSlip }) => reportedSlip !== null);
  const noBill = invoiced
    ? 'NP後払いのご請求は取り消しております。請求書がお手元に届いておりましたら、お支払いにならず破棄してくださいますようお願いいたします。'
    : 'NP後払いからのご請求はございません。';
  return {
    subject: `【${order.shopName}】お支払方法変更のお願い（ご注文番号：${numberOf(order)}）`,
    body: [
      ...salutation(order),
      `ご注文番号 ${numberOf(order)} につきまして、${lead}`,
      `お手数ですが、${ask}`,
      '',
      `お支払方法：${name}`,
      `ご注文の金額（手数料を除く）：${yen(totalYen - feeYen)}`,
      `手数料：${yen(feeYen)}`,
      `お支払い合計：${yen(totalYen)}（税込）`,
      ...(note ? ['', note] : []),
      '',
      `${noBill}この内容でよろしければ、このメールへの返信でお知らせください。`,
      ...(refused ? ['', notTold] : []),
      '何卒よろしくお願いいたします。',
      '',
      order.shopName,
    ].join('\n'),
    phone: [
      ...opening(order),
      `「ご注文番号 ${numberOf(order)} の件でお電話いたしました。${lead}」`,
      `「${ask}手数料は${yen(feeYen)}、お支払い合計は${yen(totalYen)}（税込）でございます。」`,
      ...(note ? [`「${note}」`] : []),
      `「${noBill}」`,
      ...(refused ? [`（理由を尋ねられたとき）「${notTold}」`] : []),
      '（お支払方法と合計金額を復唱し、了承を得てから、カートの支払方法と金額を変更する）',
    ].join('\n'),
  };
}
