import { ContractFeeBook } from './contract-fees.js';
import { Deposits } from './deposits.js';
import { DepositsController } from './deposits.controller.js';
import { Months } from './months.js';
import { SettlementsController } from './settlements.controller.js';

/** Everything about money between NP and the shops, for the composition root. */
export const settlementProviders = [ContractFeeBook, Months, Deposits];
export const settlementControllers = [SettlementsController, DepositsController];
