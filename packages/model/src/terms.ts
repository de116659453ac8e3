import { carriers, type Carrier } from './carriers.js';
import type { IdForm } from './id-forms.js';
import { limits } from './limits.js';
import type { SettlementType } from './order.js';
import type { ExpectedFees } from './views-gateways.js';

type KnownCarrier = Exclude<Carrier, 'unsupported'>;

/** What a gateway charges a transaction, in yen. Nothing here is ever deducted by the hub: it is shown to people. */
export interface GatewayFees {
  /** Billing and postage, without tax; not charged where the cancel comes on the day of the settlement. */
  readonly transactionYen: number;
  readonly reissueYen: number;
  /** Added from this amount on, by where the buyer pays, which nobody knows beforehand: a range. */
  readonly surcharge: {
    readonly fromYen: number;
    /** A revenue stamp. */
    readonly convenienceStoreYen: number;
    /** Tax included. */
    readonly japanPostYen: number;
  };
}

/** What a way to NP takes beside NP's own rules, and how it answers: data that checks, rules and pages follow. */
export interface GatewayTerms {
  /** Those for which it takes a report, `contracted` only where there can be such a contract. */
  readonly carriers: readonly KnownCarrier[];
  readonly settlementTypes: readonly SettlementType[];
  readonly orderIdLimit: number;
  /** Null: as NP takes it. Otherwise what a number may consist of. */
  readonly orderIdPattern: RegExp | null;
  readonly digitalGoods: boolean;
  /** Words in the names of goods by which digital goods and services are known. */
  readonly digitalWords: readonly string[];
  readonly idForm: IdForm;
  /** Days after the day of the approval in which the report has to be made; null: not known. */
  readonly settleWithinDays: number | null;
  /** Null: a matter of the contract, unknown here. */
  readonly fees: GatewayFees | null;
  /** The decision comes inside the call, one transaction a call. Absent: later. */
  readonly realTime?: boolean;
}

/** NP itself. */
export const npTerms: GatewayTerms = {
  carriers: Object.keys(carriers) as KnownCarrier[],
  settlementTypes: ['02', '03'],
  orderIdLimit: limits.shopTransactionId,
  orderIdPattern: null,
  digitalGoods: true,
  digitalWords: [],
  idForm: 'np',
  settleWithinDays: null,
  fees: null,
};

/** The expected fees of one transaction by its billed amount; null where the contract alone knows them. */
export function expectedFees({ fees }: GatewayTerms, billedYen: number): ExpectedFees | null {
  if (!fees) return null;
  const { transactionYen, reissueYen, surcharge } = fees;
  const { convenienceStoreYen, japanPostYen, fromYen } = surcharge;
  return {
    transactionYen,
    reissueYen,
    surcharge: billedYen >= fromYen ? { convenienceStoreYen, japanPostYen } : null,
  };
}
