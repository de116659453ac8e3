import { type OutgoingWords, notSent } from '@np-hub/kit';
import type { CartStatus, SettlementType } from '@np-hub/model';

/**
 * 決済状況: 取引登録待ち, 取引審査待ち, 与信OK, 与信NG, 与信保留 are confirmed (https://help.subscription-store.com/175be6b0caea8067b0ecffde45cfd216);
 * the complete list is not public. Which state shows which: model.md, "States and outgoing words" (assumed). After the
 * goods have left the cart speaks in 注文状況 alone: nothing is sent.
 */
export const words: OutgoingWords = {
  received: '取引登録待ち',
  blocked: '取引登録待ち',
  'registering-queued': '取引審査待ち',
  'registering-sent': '取引審査待ち',
  reviewing: '取引審査待ち',
  approved: '与信OK',
  held: '与信保留',
  rejected: '与信NG',
  'amending-queued': '取引審査待ち',
  'amending-sent': '取引審査待ち',
  'amendment-failed': '取引審査待ち',
  'reporting-queued': notSent,
  'reporting-sent': notSent,
  'report-failed': notSent,
  reported: notSent,
  cancelling: '取引審査待ち',
  'cancel-failed': '取引審査待ち',
  cancelled: '与信NG',
  'cancel-refused-paid': notSent,
  reissuing: notSent,
  'reissue-failed': notSent,
  lapsed: '与信NG',
  paid: notSent,
  released: '与信NG',
};

export const shippingWords = ['与信OK'];

/** 注文状況. The first three are confirmed, キャンセル too; 削除 and 返品 are confirmed as operations, assumed as words. */
export const orderWords: Readonly<Record<string, CartStatus>> = {
  出荷待ち: 'open',
  出荷作業中: 'open',
  出荷済み: 'shipped',
  キャンセル: 'cancelled',
  削除: 'deleted',
  返品: 'returned',
};

/** 支払い方法, confirmed. A shop that encloses its invoices in real time too sets '03' for that name. */
export const npPayments: Readonly<Record<string, SettlementType>> = {
  NP後払い: '02',
  NP後払い請求書同梱: '03',
  'NP後払い(リアルタイム)': '02',
};

/** Other 支払い方法. 代引き is confirmed; the names of the others are the usual ones (assumed). */
export const otherPayments: Readonly<Record<string, 'other'>> = Object.fromEntries(
  [
    '代引き 代金引換 クレジットカード クレジットカード決済 クレジット 銀行振込 郵便振替 コンビニ決済 AmazonPay 楽天ペイ PayPay',
    '口座振替 全額ポイント払い 支払いなし スコア後払い GMO後払い アトディーネ クロネコ代金後払い 後払い.com atone',
  ].flatMap((row) => row.split(' ').map((name) => [name, 'other'])),
);

/** How a file or the API says that the cart made an order from its course by itself (assumed). */
export const generatedWords: readonly string[] = ['自動生成', '定期自動生成', '子注文自動生成', 'true'];

/** What the result file writes under コース停止. */
export const stopWord = '停止';

/** Amounts of an order as lines of their own: discounts take away, however the cart signs them. */
export const amountLines = [
  { name: '送料', column: 'shippingYen', discount: false },
  { name: '手数料', column: 'feeYen', discount: false },
  { name: 'クーポン割引', column: 'couponYen', discount: true },
  { name: '会員ランク割引', column: 'rankYen', discount: true },
  { name: 'ポイント利用', column: 'pointsYen', discount: true },
  { name: '調整金額', column: 'adjustmentYen', discount: false },
] as const;
