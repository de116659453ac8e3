import type {
  Applied,
  CartAbsence,
  CartChange,
  CartSnapshot,
  CheckoutEvent,
  OrderReceived,
} from './events.js';
import { endWanted, withoutCancelRefusals, type Facts } from './facts.js';

/** The facts of an order at first sight. */
export function receive(event: OrderReceived): Facts {
  const { snapshot, at } = event;
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
      shipment: snapshot.shipment,
      shipmentProblems: [...snapshot.shipmentProblems],
      shipped: snapshot.shipped,
      cancel: null,
      release: event.takenOver ? null : { by: 'take-over', at },
      reissue: null,
      retry: false,
      creditDue: event.creditDueAt === null,
      creditDueAt: event.creditDueAt,
      provisional: event.provisional,
      invoicePrinted: false,
    },
    attempts: [],
    inFlight: null,
    refusal: null,
    alarm: null,
    rules: event.rules,
    reregistrations: 0,
    strayIds: [],
  };
  return wish(facts, at);
}

/** A later reading: the snapshot replaces what the cart said, unless something fresher is known. */
export function applyCartChange(facts: Facts, event: CartChange): Applied {
  if (event.seenAt < facts.cart.seenAt) return 'stale';
  const next = wish(withSnapshot(facts, event.snapshot, event.seenAt), event.at);
  // The same, seen later, still counts: a reading from in between that comes late is stale then.
  const same = event.seenAt === facts.cart.seenAt && JSON.stringify(next) === JSON.stringify(facts);
  return same ? 'repeated' : next;
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

/** Real time: checkout ended. An abandoned one leaves no orphan at NP; one confirmed after all is open again. */
export function applyCheckout(facts: Facts, event: CheckoutEvent): Applied {
  const { wanted } = facts;
  if (event.type === 'checkout-abandoned') {
    if (!wanted.provisional) return 'not-allowed';
    const cancel = wanted.cancel ?? { by: 'clock' as const, at: event.at };
    return { ...facts, wanted: { ...wanted, provisional: false, cancel } };
  }
  const abandoned = wanted.cancel?.by === 'clock';
  if (!wanted.provisional && !abandoned) return 'repeated';
  const cancel = abandoned ? null : wanted.cancel;
  const known = abandoned ? withoutCancelRefusals(facts) : facts;
  return wish({ ...known, wanted: { ...wanted, provisional: false, cancel } }, event.at);
}

function withSnapshot(facts: Facts, snapshot: CartSnapshot, seenAt: string): Facts {
  const { payload } = snapshot;
  const changed = payload.hash !== facts.wanted.payload.hash;
  // Staff open an order by a word; the edit that follows, or another word, closes it again.
  const wordOpens = snapshot.editOpen && snapshot.npWord !== facts.cart.npWord;
  const stillOpen = snapshot.editOpen && facts.cart.editOpenedAt !== null && !changed;
  return {
    ...facts,
    cart: {
      status: snapshot.status ?? facts.cart.status,
      payment: snapshot.payment ?? facts.cart.payment,
      npWord: snapshot.npWord,
      editOpenedAt: (wordOpens && !changed) || stillOpen ? payload.hash : null,
      missing: false,
      seenAt,
    },
    wanted: {
      ...facts.wanted,
      payload,
      problems: [...snapshot.problems],
      shipment: snapshot.shipment,
      shipmentProblems: [...snapshot.shipmentProblems],
      shipped: snapshot.shipped,
      invoicePrinted: facts.wanted.invoicePrinted && !changed,
    },
  };
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
