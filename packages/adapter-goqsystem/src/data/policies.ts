import type { ShopPolicies } from '@np-hub/model';

/**
 * What a new shop begins with. Confirmed: a person presses 与信を実行 and 伝票番号同期, and the fee is left alone unless the shop
 * says otherwise. 伝票番号同期 appears with the first slip number, for [2個口] too, so parcels do not wait for each other.
 */
export const defaultPolicies: Partial<ShopPolicies> = {
  creditTiming: 'by-hand',
  reportTrigger: 'by-hand',
  splitShipments: 'first',
  feeMode: 'keep',
};
