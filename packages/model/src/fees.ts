import type { Order, OrderLine } from './order.js';
import type { FeeBand, ShopPolicies } from './policies.js';

/**
 * The order with the payment fee of the shop's bands (seed 002: 変更しない, 上書きする, 加算する). A band is chosen by the
 * billed amount without the fee; outside all bands nothing changes. To replace a fee it has to be known: null where
 * the cart does not say what it is. Pure: always from the cart's own figures, so doing it again changes nothing.
 */
export function withFee(order: Order, { feeMode, feeBands }: FeePolicies): Order | null {
  const { billedYen, feeYen = 0 } = order;
  if (feeMode === 'keep' || feeBands.length === 0) return order;
  if (feeMode === 'replace' && order.feeYen === undefined) return null;
  const band = bandOf(feeBands, billedYen - feeYen);
  if (!band) return order;
  const newFeeYen = feeMode === 'replace' ? band.feeYen : feeYen + band.feeYen;
  if (newFeeYen === feeYen) return order;
  return {
    ...order,
    billedYen: billedYen - feeYen + newFeeYen,
    feeYen: newFeeYen,
    lines: withFeeLine(order.lines, feeYen, newFeeYen),
  };
}

type FeePolicies = Pick<ShopPolicies, 'feeMode' | 'feeBands'>;

/** The first that fits. */
export const bandOf = (bands: readonly FeeBand[], yen: number): FeeBand | undefined =>
  bands.find(({ fromYen, toYen }) => fromYen <= yen && yen <= toYen);

const feeName = '決済手数料';

/** The fee's own line follows; where none can be told apart, the difference is a line of its own. */
function withFeeLine(lines: readonly OrderLine[], oldYen: number, newYen: number): OrderLine[] {
  const index = lines.findIndex(
    ({ name, unitPriceYen, quantity }) =>
      name.includes('手数料') && unitPriceYen === oldYen && quantity === 1,
  );
  if (index < 0) return [...lines, { name: feeName, unitPriceYen: newYen - oldYen, quantity: 1 }];
  const changed = lines.map((line, at) => (at === index ? { ...line, unitPriceYen: newYen } : line));
  return changed.filter(({ unitPriceYen }, at) => at !== index || unitPriceYen !== 0);
}
