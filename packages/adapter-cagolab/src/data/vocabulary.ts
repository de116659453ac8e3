import type { CartStatus, Carrier, PaymentRoute, SettlementType } from '@np-hub/model';

/**
 * 対応状況: the names are confirmed by the NP後払い guide, their numbers by EC-CUBE 2.13 (`mtb_order_status`); 受注CSV has
 * the numbers there. 決済処理中 is rolled back after 900 seconds (EC-CUBE's default), and is looked at before this table.
 */
const statuses: readonly (readonly [id: string, name: string, status: CartStatus])[] = [
  ['7', '決済処理中', 'open'],
  ['1', '新規受付', 'open'],
  ['2', '入金待ち', 'open'],
  ['6', '入金済み', 'open'],
  ['3', 'キャンセル', 'cancelled'],
  ['4', '取り寄せ中', 'open'],
  ['5', '発送済み', 'shipped'],
];
export const statusWords: Readonly<Record<string, CartStatus>> = Object.fromEntries(
  statuses.flatMap(([id, name, status]) => [
    [id, status],
    [name, status],
  ]),
);

/** 決済処理中, by number and by name. */
export const pendingStatuses = ['7', '決済処理中'];

/** Confirmed: the search form of the guide. A shop can have names of its own. */
export const npPaymentNames = ['NP後払い'];

/** The first three: confirmed, likewise. Then EC-CUBE 2.13's own four, and names that are common (assumed). */
export const otherPayments: Readonly<Record<string, PaymentRoute>> = Object.fromEntries(
  [
    'AmazonPay',
    'クレジット',
    '代金引換',
    '郵便振替',
    '現金書留',
    '銀行振込',
    'クレジットカード',
    'クレジットカード決済',
    'クレジット決済',
    '代引き',
    '代引',
    'コンビニ決済',
    '楽天ペイ',
    'PayPay',
  ].map((name) => [name, 'other']),
);

/** 請求書区分: the words are confirmed; the numbers are NP's settlement types, with and without the zero (assumed). */
export const invoiceKinds: Readonly<Record<string, SettlementType>> = {
  同梱: '03',
  別送: '02',
  '03': '03',
  '02': '02',
  '3': '03',
  '2': '02',
};

/**
 * 配送業者 are each merchant's own (confirmed for EC-CUBE: `dtb_deliv` is filled in by hand): only names that can mean
 * nothing else are known here. The rest stays unmapped, 日本郵便 and ネコポス among it, until a person says what it is.
 * 佐川急便 is confirmed by the guide; the others are the carriers' own names.
 */
export const carrierNames: Readonly<Record<string, Carrier>> = {
  佐川急便: 'sagawa',
  飛脚宅配便: 'sagawa',
  ヤマト運輸: 'yamato',
  クロネコヤマト: 'yamato',
  宅急便: 'yamato',
  'ヤマト運輸(宅急便)': 'yamato',
  日本通運: 'nippon-express',
  西濃運輸: 'seino',
  郵便書留: 'registered-mail',
  書留: 'registered-mail',
  ゆうパック: 'yu-pack',
  '日本郵便(ゆうパック)': 'yu-pack',
  '郵便局(ゆうパック)': 'yu-pack',
  翌朝10時郵便: 'next-morning-mail',
  ゆうパケット: 'yu-packet',
  '日本郵便(ゆうパケット)': 'yu-packet',
  セイノースーパーエクスプレス: 'seino-super-express',
  福山通運: 'fukuyama',
  新潟運輸: 'niigata',
  名鉄運輸: 'meitetsu',
  トナミ運輸: 'tonami',
  信州名鉄運輸: 'shinshu-meitetsu',
  JPロジスティクス: 'toll-express',
  トールエクスプレスジャパン: 'toll-express',
  エコ配: 'ecohai',
};

/** Stands before a carrier that a file names by 配送業者ID alone. */
export const carrierIdPrefix = '配送業者ID ';
