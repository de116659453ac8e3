/**
 * Names of お支払い方法. NP後払い and the other services of paying later are confirmed by the NP manual and its list of
 * related manuals; the rest is assumed. A name in neither list is unmapped. Both lists are settings.
 */
export const npPayments = ['NP後払い'];
export const otherPayments = [
  '後払い.com',
  'ニッセン@払い',
  'アトディーネ',
  'クロネコ代金後払い',
  'クレジットカード',
  'クレジットカード決済',
  '代金引換',
  '代引き',
  '銀行振込',
  'コンビニ決済',
  'Amazon Pay',
  'Amazonペイメント',
  'PayPay',
  '楽天ペイ',
];

/** Labels of 受注ステータス that mean a cancelled order. Assumed: labels are the merchant's own; a setting. */
export const cancelledLabels = ['キャンセル', 'キャンセル済', 'キャンセル済み', '注文キャンセル'];

/** Confirmed (https://goqsystem.com/manual/post?id=4850): stands in ひとことメモ while the cart behind still waits for the payment. */
export const provisionalMark = '仮注文';
