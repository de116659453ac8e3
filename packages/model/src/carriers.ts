import { z } from 'zod';

/** NP's carriers with `pd_company_code` (np-connect-pro.md, section 5). Names are the carriers' own. */
export const carriers = {
  sagawa: { npCode: '50000', name: '佐川急便' },
  yamato: { npCode: '59010', name: 'ヤマト運輸' },
  'nippon-express': { npCode: '59020', name: '日本通運' },
  seino: { npCode: '59030', name: '西濃運輸' },
  'registered-mail': { npCode: '59040', name: '郵便書留' },
  'yu-pack': { npCode: '59041', name: 'ゆうパック' },
  'next-morning-mail': { npCode: '59042', name: '翌朝10時郵便' },
  'yu-packet': { npCode: '59043', name: 'ゆうパケット' },
  'seino-super-express': { npCode: '59050', name: 'セイノースーパーエクスプレス' },
  fukuyama: { npCode: '59060', name: '福山通運' },
  niigata: { npCode: '59080', name: '新潟運輸' },
  meitetsu: { npCode: '59090', name: '名鉄運輸' },
  tonami: { npCode: '59100', name: 'トナミ運輸' },
  'shinshu-meitetsu': { npCode: '59110', name: '信州名鉄運輸' },
  'toll-express': { npCode: '59140', name: 'JPロジスティクス（旧トールエクスプレスジャパン）' },
  ecohai: { npCode: '59150', name: 'エコ配' },
  'jad-courier': { npCode: '59160', name: 'JAD Courier Service' },
  /** Only under the separate 出荷オプション contract, for carriers NP does not list. */
  contracted: { npCode: '55555', name: '契約運送会社（出荷オプション）' },
} as const;

/** A carrier, or `unsupported`: known to the cart, but NP takes no report for it. */
export type Carrier = keyof typeof carriers | 'unsupported';

export const carrierSchema = z
  .enum(Object.keys(carriers) as (keyof typeof carriers)[])
  .or(z.literal('unsupported'));

/** NP's five-digit code; null for a carrier NP does not take. */
export function npCarrierCode(carrier: Carrier): string | null {
  return carrier === 'unsupported' ? null : carriers[carrier].npCode;
}
