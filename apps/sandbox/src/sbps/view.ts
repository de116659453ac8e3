import type { Purchase } from './ledger.js';

/** SBPS's side of one purchase, as the control API and the tests see it. Moments are ISO 8601 in UTC. */
export interface SbpsView {
  readonly trackingId: string;
  readonly transactionId: string;
  readonly service: string;
  readonly orderId: string;
  readonly amountYen: number;
  readonly buyerName: string;
  readonly state: 'requested' | 'approved' | 'rejected' | 'settled' | 'cancelled' | 'lapsed' | 'paid';
  /** Not proven to be over. */
  readonly isLive: boolean;
  readonly settled: { readonly at: string; readonly carrierCode: string; readonly slipNumber: string } | null;
  readonly open: readonly string[];
  readonly notices: readonly { kind: string; result: string; tries: number; isAnswered: boolean }[];
}

function stateOf(purchase: Purchase): SbpsView['state'] {
  if (purchase.cancelledAtMs !== null) return 'cancelled';
  if (purchase.lapsedAtMs !== null) return 'lapsed';
  if (purchase.paidAtMs !== null) return 'paid';
  if (purchase.settled) return 'settled';
  return purchase.decision ?? 'requested';
}

export function sbpsView(purchase: Purchase): SbpsView {
  const state = stateOf(purchase);
  const { settled } = purchase;
  return {
    trackingId: purchase.trackingId,
    transactionId: purchase.transactionId,
    service: purchase.service,
    orderId: purchase.orderId,
    amountYen: purchase.amountYen,
    buyerName: purchase.buyerName,
    state,
    isLive: !['cancelled', 'lapsed', 'rejected'].includes(state),
    settled: settled && {
      at: new Date(settled.atMs).toISOString(),
      carrierCode: settled.carrierCode,
      slipNumber: settled.slipNumber,
    },
    open: purchase.open.map(({ kind }) => kind),
    notices: purchase.notices.map(({ kind, result, tries, answeredMs }) => ({
      kind,
      result,
      tries,
      isAnswered: answeredMs !== null,
    })),
  };
}
