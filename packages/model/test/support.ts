import type {
  CartSnapshot,
  CartStatus,
  Facts,
  OrderReceived,
  OtherOrder,
  PayloadRef,
  Problem,
  Reason,
  ShipmentRef,
} from '../src/index.js';

/** Two payloads, of which the second asks for less and encloses the invoice (wiz). */
export const payloadA: PayloadRef = { hash: 'A', billedYen: 5000, settlementType: '02' };
export const payloadB: PayloadRef = { hash: 'B', billedYen: 4000, settlementType: '03' };
export const payloadC = { hash: 'C', billedYen: 5000, settlementType: '02' as const };

export const shipmentOne: ShipmentRef = { carrierCode: '59010', slipNumber: '1111' };
export const shipmentTwo: ShipmentRef = { carrierCode: '59020', slipNumber: '2222' };

export const problem: Problem = { field: 'customer.phone', rule: 'phone-digits', npCode: null };
/** What keeps an order only from being registered. */
export const obstacle: Problem = { field: 'shipment.carrier', rule: 'unmapped-carrier', npCode: null };
export const undated: Problem = { field: 'plannedShipOn', rule: 'planned-date-missing', npCode: null };
export const shopReason: Reason = {
  code: 'E0100059',
  known: true,
  actor: 'shop',
  fields: ['customer.address'],
};
export const buyerReason: Reason = { code: 'RE009', known: true, actor: 'buyer', fields: ['customer.phone'] };

export const usualRules: Facts['rules'] = {
  canAmend: true,
  duplicateGuardConfirmed: false,
  reregisterAfterLapse: true,
  autoReport: true,
  canFindCredit: true,
  canFindPayment: true,
  canReissue: true,
  settleWithinDays: null,
  idForm: 'np',
  realTime: false,
};

/** A gateway that answers later by itself, edits nothing, and drops what is not reported in time. */
export const noticedRules: Facts['rules'] = {
  ...usualRules,
  canAmend: false,
  reregisterAfterLapse: false,
  canFindCredit: false,
  canFindPayment: false,
  canReissue: false,
  settleWithinDays: 80,
};

/** What an open order in the cart says, with changes. */
export const snapshotWith = (change: Partial<CartSnapshot> = {}): CartSnapshot => ({
  status: 'open',
  payment: 'np',
  npWord: null,
  editOpen: false,
  payload: payloadA,
  problems: [],
  obstacles: [],
  shipment: null,
  shipmentProblems: [],
  shipped: false,
  ...change,
});

/** What the cart would say if it were read again now, with changes. */
export const snapshotOf = (facts: Facts, change: Partial<CartSnapshot> = {}): CartSnapshot => ({
  status: facts.cart.status satisfies CartStatus,
  payment: facts.cart.payment,
  npWord: facts.cart.npWord,
  editOpen: facts.cart.editOpenedAt !== null,
  payload: facts.wanted.payload,
  problems: facts.wanted.problems,
  obstacles: facts.wanted.obstacles,
  shipment: facts.wanted.shipment,
  shipmentProblems: facts.wanted.shipmentProblems,
  shipped: facts.wanted.shipped,
  ...change,
});

export const received = (at: string, change: Partial<OrderReceived> = {}): OrderReceived => ({
  type: 'order-received',
  at,
  seenAt: at,
  snapshot: snapshotWith(),
  takenOver: true,
  provisional: false,
  rules: usualRules,
  ...change,
});

export const otherOrder = (number: number): OtherOrder => ({
  shopId: 'shop',
  transactionId: `order-${number}`,
  orderNumber: `N${number}`,
});

export const npIdOf = (attempt: number): string => String(attempt).padStart(11, '0');

/** Freezes everything below, so that a test sees any change made in place. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
