/** GoQ's own words, as its NP manual shows them (http://goqsystem.com/manual/order/npapi); the labels are this merchant's. */
export const npPayment = 'NP後払い';
export const payments = [npPayment, '代金引換', 'クレジットカード決済', '銀行振込'] as const;

export const malls = ['楽天市場店', 'makeshop本店'] as const;
/** The mall whose orders also stand in the sandbox's makeshop. */
export const makeshopMall = 'makeshop本店';

export const labelNew = '新規受付';
export const labelShipped = '★発送済み';
export const labelCancelled = 'キャンセル';
/** 受注ステータス: named by the merchant, and no proof of anything. */
export const labels = [
  labelNew,
  '発送前入金待ち',
  '出荷日記入',
  labelShipped,
  '★処理済み',
  labelCancelled,
] as const;

export const carriers = [
  '佐川急便',
  'ヤマト運輸',
  '日本郵便',
  'ゆうパック',
  '郵便書留',
  'エコ配',
  '西濃運輸',
  'セイノースーパーエクスプレス',
  '福山通運',
  '日本通運',
  '新潟運輸',
  '名鉄運輸',
  '信州名鉄運輸',
  'トールエクスプレスジャパン',
  'トナミ運輸',
] as const;
export const b2Carrier = 'ヤマト運輸';

export const synced = '伝票番号同期OK';
/** What the staff see once the slip number has reached NP. */
export const wordWithSync = `与信OK ${synced}`;
