import { z } from 'zod';
import type { Journal } from '../journal.js';
import type { NoticeKind } from './wire.js';

const code = z.string().regex(/^[0-9A-Z]{8}$/);

/** What SBPS is scripted to do with one purchase. The default is to carry everything out. */
export const outcomeSchema = z.strictObject({
  /** Codes of a refusal at once. */
  refuse: z.partialRecord(z.enum(['purchase', 'settle', 'cancel']), code).default({}),
  /** Codes of a failure that the notice tells. */
  fail: z.partialRecord(z.enum(['purchase', 'settle', 'cancel']), code).default({}),
  /** No notice ever comes of these. */
  silent: z.array(z.enum(['purchase', 'settle', 'cancel', 'lapse'])).default([]),
});
export type SbpsOutcome = z.infer<typeof outcomeSchema>;

/** A notice that is to be sent. Times are milliseconds since 1970. */
export interface SbpsNotice {
  readonly kind: NoticeKind;
  /** When what it tells happened. */
  readonly atMs: number;
  readonly result: 'OK' | 'NG';
  readonly code: string;
  dueMs: number;
  tries: number;
  /** Null while it has not been answered OK. */
  answeredMs: number | null;
}

export interface OpenRequest {
  readonly kind: 'settle' | 'cancel';
  readonly atMs: number;
  readonly carrierCode: string;
  readonly slipNumber: string;
}

/** One purchase as SBPS keeps it. */
export interface Purchase {
  readonly trackingId: string;
  readonly transactionId: string;
  /** `merchant-service`. */
  readonly service: string;
  readonly orderId: string;
  readonly amountYen: number;
  readonly buyerName: string;
  readonly requestedAtMs: number;
  outcome: SbpsOutcome;
  /** The credit result, once it is there. */
  decision: 'approved' | 'rejected' | null;
  completedAtMs: number | null;
  settled: { readonly atMs: number; readonly carrierCode: string; readonly slipNumber: string } | null;
  cancelledAtMs: number | null;
  lapsedAtMs: number | null;
  paidAtMs: number | null;
  /** Requests that are accepted and not carried out yet. */
  open: readonly OpenRequest[];
  notices: readonly SbpsNotice[];
}

const firstTracking = 30_000_000_000_001;

/** SBPS's memory. Each change goes to the journal. */
export class SbpsLedger {
  readonly #purchases = new Map<string, Purchase>();
  readonly #outcomes = new Map<string, SbpsOutcome>();
  #next = firstTracking;

  constructor(private readonly journal: Journal) {}

  nextTrackingId(): string {
    return String(this.#next);
  }

  get(trackingId: string): Purchase | undefined {
    return this.#purchases.get(trackingId);
  }

  all(): Purchase[] {
    return [...this.#purchases.values()];
  }

  withOrderId(service: string, orderId: string): Purchase | undefined {
    return this.all().find((purchase) => purchase.service === service && purchase.orderId === orderId);
  }

  add(purchase: Purchase): void {
    this.restore(purchase.trackingId, purchase);
    this.journal.append({ kind: 'sbps', id: purchase.trackingId, set: purchase });
  }

  change(purchase: Purchase, set: Partial<Purchase>): void {
    Object.assign(purchase, set);
    this.journal.append({ kind: 'sbps', id: purchase.trackingId, set });
  }

  /** The outcome prepared for a purchase id that has not come yet. Not kept over a restart. */
  outcomeFor(orderId: string): SbpsOutcome | undefined {
    return this.#outcomes.get(orderId);
  }

  prepareOutcome(orderId: string, outcome: SbpsOutcome): void {
    this.#outcomes.set(orderId, outcome);
  }

  /** Replays one line of the journal. */
  restore(trackingId: string, set: object): void {
    const known = this.#purchases.get(trackingId);
    if (known) Object.assign(known, set);
    else this.#purchases.set(trackingId, { ...set } as Purchase);
    this.#next = Math.max(this.#next, Number(trackingId) + 1);
  }

  clear(): void {
    this.#purchases.clear();
    this.#outcomes.clear();
  }
}
