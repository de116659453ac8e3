/** Assumed whole: GoQ has no public way in for NP results, so that people there work with this file. */
export const resultHeader = [
  'GoQ管理番号',
  '受注番号',
  '与信結果',
  '伝票番号同期',
  'NP取引ID',
  'エラー内容',
] as const;

/** Lines that the hub adds to an order. */
export const addedLines = {
  charges: '送料・手数料・値引きなど（請求額との差額）',
  goods: '商品代金（単価の記載なし）',
};

/** Why an order cannot be taken, after the name of the column or the cart's own mark. */
export const problemTexts = {
  disagree: { ja: '同じ注文の行で値が違います', en: 'the rows of this order disagree' },
  missing: { ja: '値がありません', en: 'missing' },
  unreadable: { ja: '読み取れない値です', en: 'unreadable' },
  provisional: {
    ja: '決済がまだ完了していない注文です',
    en: 'the payment of this order is not finished yet',
  },
};
