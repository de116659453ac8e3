import { sameJson } from './same.js';
import type {
  Applied,
  CartAbsence,
  CartChange,
  CartSnapshot,
  CheckoutEvent,
  CheckoutOpened,
  EditWithdrawn,
  CreditStart,
  OrderReceived,
  OrderReread,
  WordDriftFound,
} from './events.js';
import { withAttempt } from './apply-gateway.js';
import {
  currentAttempt,
  endWanted,
  hasWantedPayload,
  wholeRules,
  withoutCancelRefusals,
  type Facts,
  type PayloadRef,
} from './facts.js';
import type { Problem } from './reasons.js';
import { wordKeyOf } from './situation.js';

/** The facts of an order at first sight. */
export function receive(event: OrderReceived): Facts {
  const { snapshot, at, creditDueAt = null } = event;
  const start = snapshot.creditStart ?? (creditDueAt === null ? 'at-once' : { at: creditDueAt });
  const facts: Facts = {
    cart: {
      status: snapshot.status ?? 'open',
      payment: snapshot.payment ?? 'np',
      npWord: snapshot.npWord,
      editOpenedAt: null,
      missing: false,
      seenAt: event.seenAt,
    },
    wanted: {
      payload: snapshot.payload,
      problems: [...snapshot.problems],
      obstacles: [...(snapshot.obstacles ?? [])],
      shipment: snapshot.shipment,
      shipmentProblems: [...snapshot.shipmentProblems],
      shipped: snapshot.shipped,
      cancel: null,
      release: event.takenOver ? null : { by: 'take-over', at },
      reissue: null,
      retry: false,
      creditDue: hasStarted(start, at),
      creditDueAt: momentOf(start),
      creditAsked: false,
      reportAsked: false,
      provisional: event.provisional,
      confirmBy: (event.provisional && event.confirmBy) || null,
      invoicePrinted: false,
      invoiceIssuedOn: null,
    },
    attempts: [],
    inFlight: null,
    refusal: null,
    alarm: null,
    rules: wholeRules(event.rules),
    reregistrations: 0,
    instructed: null,
    strayIds: [],
    settledIds: [],
    duplicate: null,
  };
  return wish(facts, at);
}

/** A later reading: the snapshot replaces what the cart said, unless something fresher is known. */
export function applyCartChange(facts: Facts, event: CartChange): Applied {
  if (event.seenAt < facts.cart.seenAt) return 'stale';
  const next = wish(withSnapshot(facts, event), event.at);
  // The same, seen later, still counts: a reading from in between that comes late is stale then.
  const same = event.seenAt === facts.cart.seenAt && sameJson(next, facts);
  return same ? 'repeated' : next;
}

/** The reading that is known already, as changed settings have it. */
export function applyReread(facts: Facts, { snapshot, at }: OrderReread): Applied {
  const read = withReading(facts, snapshot, at);
  const cart = {
    ...facts.cart,
    status: snapshot.status ?? facts.cart.status,
    payment: snapshot.payment ?? facts.cart.payment,
  };
  const next = wish({ ...read, cart }, at);
  return sameJson(next, facts) ? 'repeated' : next;
}

/** The order is gone from the cart. Only the cart's own word cancels; not finding it asks a person. */
export function applyCartAbsence(facts: Facts, event: CartAbsence): Applied {
  if (event.seenAt < facts.cart.seenAt) return 'stale';
  const already = event.type === 'order-deleted' ? facts.cart.status === 'deleted' : facts.cart.missing;
  if (already && event.seenAt === facts.cart.seenAt) return 'repeated';
  const cart =
    event.type === 'order-deleted'
      ? { ...facts.cart, status: 'deleted' as const, seenAt: event.seenAt }
      : { ...facts.cart, missing: true, seenAt: event.seenAt };
  return wish({ ...facts, cart }, event.at);
}

/** The cart's word is not ours any more. It proves nothing about NP: it is noted, and ours may be sent again. */
export const applyWordDrift = (facts: Facts, event: WordDriftFound): Applied =>
  wordKeyOf(facts) === null ? 'not-allowed' : { ...facts, cart: { ...facts.cart, npWord: event.shown } };

/** Real time: checkout ended. An abandoned one leaves no orphan at NP; one confirmed after all is open again. */
export function applyCheckout(facts: Facts, event: CheckoutEvent): Applied {
  const { wanted } = facts;
  if (event.type === 'checkout-abandoned') {
    if (!wanted.provisional) return 'not-allowed';
    const cancel = wanted.cancel ?? { by: 'clock' as const, at: event.at };
    return { ...facts, wanted: { ...wanted, provisional: false, confirmBy: null, cancel } };
  }
  const abandoned = wanted.cancel?.by === 'clock';
  if (!wanted.provisional && !abandoned) return 'repeated';
  const cancel = abandoned ? null : wanted.cancel;
  const known = abandoned ? withoutCancelRefusals(facts) : facts;
  return wish({ ...known, wanted: { ...wanted, provisional: false, confirmBy: null, cancel } }, event.at);
}

/** Real time: asked about once more before it is made, so that there is time again; an abandoned one is open again. */
export function applyCheckoutOpened(facts: Facts, { at, confirmBy }: CheckoutOpened): Applied {
  const { wanted } = facts;
  const abandoned = wanted.cancel?.by === 'clock';
  if (!wanted.provisional && !abandoned) return 'not-allowed';
  if (wanted.provisional && wanted.confirmBy === confirmBy) return 'repeated';
  const known = abandoned ? withoutCancelRefusals(facts) : facts;
  const cancel = abandoned ? null : wanted.cancel;
  return wish({ ...known, wanted: { ...wanted, provisional: true, confirmBy, cancel } }, at);
}

/**
 * Real time: the order stays as it was before the edit. Where NP has taken the edit and then held or rejected it, the
 * same transaction is edited back: whether NP has it still is for NP's answer to say, and nothing is registered beside it.
 */
export function applyEditWithdrawn(facts: Facts, { snapshot, at }: EditWithdrawn): Applied {
  const read = withReading(facts, snapshot, at);
  const attempt = currentAttempt(facts);
  const { credit } = attempt ?? {};
  const refused = credit?.result === 'rejected' && attempt?.amended && !hasWantedPayload(read, attempt);
  const undecided = { credit: null, earlierFixedAt: credit?.fixedAt ?? null, pendingSeen: false };
  const next = refused ? withAttempt(read, attempt.number, undecided) : read;
  return sameJson(next, facts) ? 'repeated' : next;
}

function withSnapshot(facts: Facts, { snapshot, seenAt, at }: CartChange): Facts {
  const { payload } = snapshot;
  const changed = payload.hash !== facts.wanted.payload.hash;
  // Staff open an order by a word; the edit that follows, or another word, closes it again.
  const wordOpens = snapshot.editOpen && snapshot.npWord !== facts.cart.npWord;
  const stillOpen = snapshot.editOpen && facts.cart.editOpenedAt !== null && !changed;
  return {
    ...withReading(facts, snapshot, at),
    cart: {
      status: snapshot.status ?? facts.cart.status,
      payment: snapshot.payment ?? facts.cart.payment,
      npWord: snapshot.npWord,
      editOpenedAt: (wordOpens && !changed) || stillOpen ? payload.hash : null,
      missing: false,
      seenAt,
    },
  };
}

/** What a reading wants at NP. */
function withReading(facts: Facts, snapshot: CartSnapshot, at: string): Facts {
  const { wanted } = facts;
  const { payload, shipment } = snapshot;
  return {
    ...facts,
    wanted: {
      ...wanted,
      payload,
      problems: [...snapshot.problems],
      obstacles: obstaclesUnder(wanted.creditAsked, snapshot.obstacles ?? []),
      shipment,
      shipmentProblems: [...snapshot.shipmentProblems],
      shipped: snapshot.shipped,
      ...(snapshot.creditStart ? timing(facts, snapshot.creditStart, at) : {}),
      // Who asked for the report meant the parcel that was there.
      reportAsked: wanted.reportAsked && shipment !== null,
      ...printingOf(facts, payload),
    },
  };
}

/** An invoice that was printed for another content has to be printed anew. */
export function printingOf(
  { wanted }: Facts,
  payload: PayloadRef,
): Pick<Facts['wanted'], 'invoicePrinted' | 'invoiceIssuedOn'> {
  const { invoicePrinted, invoiceIssuedOn } = wanted;
  const same = payload.hash === wanted.payload.hash;
  return same ? { invoicePrinted, invoiceIssuedOn } : { invoicePrinted: false, invoiceIssuedOn: null };
}

/** A planned date that is missing keeps nobody from asking for the credit check at once. */
export const obstaclesUnder = (creditAsked: boolean, obstacles: readonly Problem[]): Problem[] =>
  obstacles.filter(({ field }) => !creditAsked || field !== 'plannedShipOn');

const momentOf = (start: CreditStart): string | null => (typeof start === 'string' ? null : start.at);

const hasStarted = (start: CreditStart, at: string): boolean =>
  start === 'at-once' || (start !== 'by-hand' && start.at <= at);

/** A changed date or setting moves an order that waits; one that NP has seen, or that a person has sent, goes on. */
function timing({ wanted, attempts }: Facts, start: CreditStart, at: string): Partial<Facts['wanted']> {
  const creditDueAt = momentOf(start);
  if (wanted.creditAsked || attempts.length > 0) return { creditDue: true, creditDueAt };
  // What the clock has said once stays said, whichever clock it was.
  const told = creditDueAt !== null && wanted.creditDue && wanted.creditDueAt === creditDueAt;
  return { creditDue: told || hasStarted(start, at), creditDueAt };
}

/** What the cart's word for the order means for NP: closed there is closed here, and open again is open again. */
export function wish(facts: Facts, at: string): Facts {
  const { cart, wanted } = facts;
  const closed = cart.status === 'cancelled' || cart.status === 'deleted';
  const left = cart.payment === 'other';
  const cancel = closed ? (wanted.cancel ?? { by: 'cart' as const, at }) : kept(wanted.cancel);
  const release = left ? (wanted.release ?? { by: 'cart' as const, at }) : kept(wanted.release);
  // An order that is open again may be closed again: an earlier refused cancel does not stand in the way.
  const reopened = endWanted(facts) && !cancel && !release;
  return { ...(reopened ? withoutCancelRefusals(facts) : facts), wanted: { ...wanted, cancel, release } };
}

/** A wish of the cart ends with the cart's word; one of staff or of the take-over stays. */
const kept = <W extends { by: string }>(wish: W | null): W | null => (wish?.by === 'cart' ? null : wish);
