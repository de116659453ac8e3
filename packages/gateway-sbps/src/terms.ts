import type { GatewayTerms } from '@np-hub/model';
import { carrierCodes } from './carriers.js';
import type { SbpsSettings } from './settings.js';
import { limits, orderIdPattern, settleWithinDays } from './wire.js';

/** What SBPS takes, and what it charges. Fees: seed 000 (confirmed). */
export const termsOf = ({ digitalWords }: Pick<SbpsSettings, 'digitalWords'>): GatewayTerms => ({
  carriers: Object.keys(carrierCodes) as (keyof typeof carrierCodes)[],
  settlementTypes: ['02'],
  orderIdLimit: limits.orderId,
  orderIdPattern,
  digitalGoods: false,
  digitalWords,
  idForm: 'sps',
  settleWithinDays,
  fees: {
    transactionYen: 252,
    reissueYen: 0,
    surcharge: { fromYen: 50_000, convenienceStoreYen: 200, japanPostYen: 210 },
  },
});
