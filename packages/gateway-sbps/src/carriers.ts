import type { GatewayTerms } from '@np-hub/model';

type CarrierName = Exclude<GatewayTerms['carriers'][number], 'contracted' | 'jad-courier'>;

/**
 * The sixteen carriers of seed 000, and no other (confirmed). What SBPS calls them in a settlement is not public: NP's own
 * five digits are assumed, and each can be replaced in the settings. Sagawa includes SG Moving; Yamato includes Nekopos,
 * DM-bin and Takkyubin Compact; Yu-Packet includes Clickpost.
 */
export const carrierCodes: Readonly<Record<CarrierName, string>> = {
  sagawa: '50000',
  yamato: '59010',
  'nippon-express': '59020',
  seino: '59030',
  'registered-mail': '59040',
  'yu-pack': '59041',
  'next-morning-mail': '59042',
  'yu-packet': '59043',
  'seino-super-express': '59050',
  fukuyama: '59060',
  niigata: '59080',
  meitetsu: '59090',
  'shinshu-meitetsu': '59110',
  'toll-express': '59140',
  ecohai: '59150',
  tonami: '59100',
};
