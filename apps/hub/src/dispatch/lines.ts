import type { AmendLine, CancelLine, RegisterLine, ReissueLine, ReportLine } from '@np-hub/kit';
import {
  shopTransactionIdOf,
  type Facts,
  type NpPayload,
  type Operation,
  type PayloadRef,
} from '@np-hub/model';
import { japaneseDay } from '@np-hub/model';

/** The line of a batch call, by operation. */
export interface Lines {
  readonly register: RegisterLine;
  readonly amend: AmendLine;
  readonly cancel: CancelLine;
  readonly report: ReportLine;
  readonly reissue: ReissueLine;
}

/** The payload that the operation under way carries; null for operations that carry none. */
export function payloadNeeded(facts: Facts, operation: Operation): PayloadRef | null {
  const carries = operation === 'register' || operation === 'amend' || operation === 'reissue';
  return carries ? (facts.inFlight?.payload ?? null) : null;
}

/**
 * The line that the operation under way sends, or null where something of it is missing: then the call is not
 * made, because half a line could only be refused.
 */
export function lineOf<O extends Operation>(
  operation: O,
  order: { readonly orderNumber: string; readonly facts: Facts; readonly now: Date },
  payload: NpPayload | undefined,
): Lines[O] | null {
  const { inFlight, attempts, wanted } = order.facts;
  if (!inFlight) return null;
  const npTransactionId = attempts[inFlight.attempt - 1]?.npTransactionId ?? null;
  const shopTransactionId = shopTransactionIdOf(order.orderNumber, inFlight.attempt);
  // Not simply the attempt before: a re-registration that never reached NP lies between where it is tried again.
  const base = (wanted.reissue && attempts[wanted.reissue.base - 1]?.npTransactionId) ?? null;
  const lines: { readonly [K in Operation]: () => Lines[K] | null } = {
    register: () => (payload ? { shopTransactionId, payload } : null),
    amend: () => (payload && npTransactionId ? { npTransactionId, payload } : null),
    cancel: () => (npTransactionId ? { npTransactionId } : null),
    report: () => {
      const { shipment } = inFlight;
      if (!shipment || !npTransactionId) return null;
      const wiz = order.facts.wanted.payload.settlementType === '03';
      return {
        npTransactionId,
        ...shipment,
        billIssuedOn: wiz ? (order.facts.wanted.invoiceIssuedOn ?? japaneseDay(order.now)) : null,
      };
    },
    reissue: () => (payload && base ? { baseNpTransactionId: base, shopTransactionId, payload } : null),
  };
  return lines[operation]();
}
