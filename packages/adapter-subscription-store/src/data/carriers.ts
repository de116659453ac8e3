import { plainWord } from '@np-hub/kit';
import { type Carrier, carriers } from '@np-hub/model';

const known = Object.entries(carriers).filter(([name]) => name !== 'contracted') as [
  Carrier,
  { npCode: string; name: string },
][];

/**
 * 運送会社コード, one for each shipping method (confirmed: 設定>重要項目設定>配送方法設定). Its values are not public. Assumed:
 * NP's own five digits (np-connect-pro.md, section 5), which that setting exists for.
 */
export const carrierCodes: Readonly<Record<string, Carrier>> = {
  ...Object.fromEntries(known.map(([carrier, { npCode }]) => [npCode, carrier])),
  '55555': 'contracted',
};

/**
 * Names of carriers and of the services that are one carrier's alone. 日本郵便 is none of them: NP has four codes for it.
 * Mail services (ネコポス, DM便, メール便) are none either: what NP takes for them is disputed, so a person decides.
 */
export const carrierNames: Readonly<Record<string, Carrier>> = {
  ...Object.fromEntries(known.map(([carrier, { name }]) => [plainWord(name), carrier])),
  ヤマト: 'yamato',
  クロネコヤマト: 'yamato',
  宅急便: 'yamato',
  ヤマト宅急便: 'yamato',
  クロネコヤマト宅急便: 'yamato',
  佐川: 'sagawa',
  飛脚宅配便: 'sagawa',
  佐川急便飛脚宅配便: 'sagawa',
  日通: 'nippon-express',
  JPロジスティクス: 'toll-express',
  トールエクスプレスジャパン: 'toll-express',
};
