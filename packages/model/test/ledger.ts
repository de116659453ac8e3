import type { PayloadRef, RefusalProof, ShipmentRef } from '../src/index.js';

/** One transaction as NP keeps it: the truth that the hub can only ask for. */
export interface Entry {
  readonly id: string;
  readonly shopTransactionId: string;
  payload: PayloadRef;
  review: 'pending' | 'approved' | 'held' | 'rejected';
  fixedAt: string | null;
  /** After an edit NP goes on showing the old result until the new review begins. */
  shown: { review: Entry['review']; fixedAt: string | null } | null;
  /** The payload that NP approved last. */
  approvedHash: string | null;
  reported: ShipmentRef | null;
  paid: boolean;
  ended: 'cancelled' | 'lapsed' | null;
  reissued: boolean;
}

export type Answer =
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'refused'; readonly proves: RefusalProof };

const refused = (proves: RefusalProof): Answer => ({ kind: 'refused', proves });

export const isLiveEntry = (entry: Entry): boolean => entry.ended === null && entry.review !== 'rejected';

/** NP in memory: ids, payloads, reviews, reports, payments and the codes 113, 114, 115, 118 and 120. */
export class Ledger {
  readonly entries: Entry[] = [];

  constructor(private readonly guard: boolean) {}

  find(id: string | null): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  register(shopTransactionId: string, payload: PayloadRef): Answer {
    const same = this.entries.find((entry) => entry.shopTransactionId === shopTransactionId);
    if (same && this.guard) return refused('duplicate');
    const id = String(this.entries.length + 1).padStart(11, '0');
    this.entries.push({
      id,
      shopTransactionId,
      payload,
      review: 'pending',
      fixedAt: null,
      shown: null,
      approvedHash: null,
      reported: null,
      paid: false,
      ended: null,
      reissued: false,
    });
    return { kind: 'done', id };
  }

  reissue(baseId: string | null, shopTransactionId: string, payload: PayloadRef): Answer {
    const base = this.find(baseId);
    if (!base?.ended) return refused('not-found');
    if (base.reissued) return refused('duplicate');
    base.reissued = true;
    return this.register(shopTransactionId, payload);
  }

  amend(id: string | null, payload: PayloadRef, showsOldResult: boolean): Answer {
    const entry = this.find(id);
    const bar = barOf(entry);
    if (!entry || bar) return bar ?? refused('not-found');
    entry.shown = showsOldResult && entry.fixedAt ? { review: entry.review, fixedAt: entry.fixedAt } : null;
    Object.assign(entry, { payload, review: 'pending', fixedAt: null });
    return { kind: 'done', id: entry.id };
  }

  cancel(id: string | null): Answer {
    const entry = this.find(id);
    if (!entry) return refused('not-found');
    if (entry.ended) return refused('already-cancelled');
    if (entry.paid) return refused('already-paid');
    entry.ended = 'cancelled';
    return { kind: 'done', id: entry.id };
  }

  report(id: string | null, shipment: ShipmentRef): Answer {
    const entry = this.find(id);
    const bar = barOf(entry);
    if (!entry || bar) return bar ?? refused('not-found');
    if (entry.review !== 'approved') return refused(null);
    entry.reported = shipment;
    return { kind: 'done', id: entry.id };
  }

  /** The review of every open transaction ends with this result. */
  review(result: Entry['review'], at: string): void {
    for (const entry of this.entries) {
      if (entry.ended || entry.reported || (entry.review !== 'pending' && entry.review !== 'held')) continue;
      Object.assign(entry, { review: result, fixedAt: result === 'pending' ? null : at, shown: null });
      if (result === 'approved') entry.approvedHash = entry.payload.hash;
    }
  }

  pay(): void {
    for (const entry of this.entries) if (entry.reported && !entry.ended) entry.paid = true;
  }

  lapse(): void {
    for (const entry of this.entries) {
      if (!entry.reported && !entry.ended && entry.review === 'approved') entry.ended = 'lapsed';
    }
  }
}

function barOf(entry: Entry | undefined): Answer | null {
  if (!entry) return refused('not-found');
  if (entry.ended) return refused('already-cancelled');
  if (entry.paid) return refused('already-paid');
  if (entry.reported) return refused('already-reported');
  return entry.review === 'rejected' ? refused(null) : null;
}
