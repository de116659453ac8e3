import type { Carrier } from '@np-hub/model';

/**
 * GoQ's 配送業者 and the services that チェック項目 adds. The fifteen names of the NP manual (confirmed,
 * http://goqsystem.com/manual/order/npapi), and what else is certain. 日本郵便 alone is left out on purpose: NP has four
 * codes for it, and only the service tells which. Services of Yamato and Sagawa that go by mail are left out too:
 * SBPS counts them among Yamato's, another cart's manual says that NP takes none. A shop maps what it uses.
 */
export const carrierNames: Readonly<Record<string, Carrier>> = {
  佐川急便: 'sagawa',
  ヤマト運輸: 'yamato',
  ゆうパック: 'yu-pack',
  郵便書留: 'registered-mail',
  エコ配: 'ecohai',
  西濃運輸: 'seino',
  セイノースーパーエクスプレス: 'seino-super-express',
  福山通運: 'fukuyama',
  日本通運: 'nippon-express',
  新潟運輸: 'niigata',
  名鉄運輸: 'meitetsu',
  信州名鉄運輸: 'shinshu-meitetsu',
  トールエクスプレスジャパン: 'toll-express',
  トナミ運輸: 'tonami',
  // Not in the manual's list: other names of the same, and NP's own names of services.
  クロネコヤマト: 'yamato',
  JPロジスティクス: 'toll-express',
  ゆうパケット: 'yu-packet',
  翌朝10時郵便: 'next-morning-mail',
  '日本郵便 ゆうパック': 'yu-pack',
  '日本郵便 ゆうパケット': 'yu-packet',
  '日本郵便 ゆうパケ': 'yu-packet',
  '日本郵便 郵便書留': 'registered-mail',
  '日本郵便 書留': 'registered-mail',
  '日本郵便 簡易書留': 'registered-mail',
  '日本郵便 翌朝10時郵便': 'next-morning-mail',
  // A parcel service, counted as Yamato's by SBPS (assumed for GoQ).
  'ヤマト運輸 宅急便コンパクト': 'yamato',
};

/** Names of services among チェック項目 (observed: ネコポス, 宅急便コンパクト, メール便, ゆうパケ); all other items say nothing. */
export const services: readonly string[] = [
  'ネコポス',
  '宅急便コンパクト',
  'メール便',
  'DM便',
  'クロネコDM便',
  'クロネコゆうパケット',
  'クロネコゆうメール',
  '飛脚メール便',
  'ゆうパック',
  'ゆうパケット',
  'ゆうパケ',
  'ゆうメール',
  'クリックポスト',
  'レターパック',
  'レターパックライト',
  'レターパックプラス',
  'スマートレター',
  '郵便書留',
  '書留',
  '簡易書留',
  '定形外郵便',
  '定形外',
  '翌朝10時郵便',
];

/** Words beside the carrier's name in its cell that are no service (confirmed: コンビニ受取, 冷凍, 伝票入力済). */
export const carrierTags: readonly string[] = [
  'コンビニ受取',
  '冷凍',
  '冷蔵',
  'クール',
  '伝票入力済',
  '常温',
];

/** B2's 送り状種類 that are no plain parcel (assumed: Yamato's codes); with another code nobody has mapped it. */
export const b2Services: Readonly<Record<string, string>> = {
  '': '',
  '0': '',
  '2': '',
  '4': '',
  '5': '',
  '6': '',
  '3': 'クロネコゆうメール',
  '7': 'クロネコゆうパケット',
  '8': '宅急便コンパクト',
  A: 'ネコポス',
};
export const b2Carrier = 'ヤマト運輸';
