/** カゴラボ's own words, as its NP後払い guide (ver. 1.0.1) shows them, with EC-CUBE 2.13's numbers for 対応状況. */
export const orderStatuses: readonly (readonly [id: number, name: string])[] = [
  [7, '決済処理中'],
  [1, '新規受付'],
  [2, '入金待ち'],
  [6, '入金済み'],
  [3, 'キャンセル'],
  [4, '取り寄せ中'],
  [5, '発送済み'],
];

export const statusNew = 1;
export const statusCancelled = 3;
export const statusShipped = 5;

export const npWords = [
  '取引登録中',
  '取引修正中',
  '与信審査中',
  '審査OK',
  '審査NG',
  '審査保留',
  '出荷報告依頼中',
  '出荷報告済',
  'キャンセル依頼中',
  'キャンセル済',
  '取引登録失敗',
  '取引修正失敗',
  '出荷報告失敗',
  'キャンセル失敗',
  '入金済キャンセル不可',
] as const;

export const npPayment = 'NP後払い';
export const payments = ['AmazonPay', npPayment, 'クレジット', '代金引換'] as const;

export const invoiceKinds = ['同梱', '別送'] as const;

/** 配送業者 are the merchant's own; assumed names, the first one as in the guide. */
export const carriers = ['佐川急便', 'ヤマト運輸', '日本郵便(ゆうパック)', '西濃運輸'] as const;
