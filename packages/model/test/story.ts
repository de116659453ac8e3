import {
  currentAttempt,
  decide,
  gateOf,
  later,
  type CartSnapshot,
  type CreditEvent,
  type Effect,
  type Facts,
  type Operation,
  type OrderReceived,
  type Refused,
  type StaffRequest,
  type TransactionEvent,
} from '../src/index.js';
import { buyerReason, npIdOf, received, shopReason, snapshotOf } from './support.js';

/** One order told event by event; a minute goes by between two. */
export class Story {
  at = '2026-04-01T00:00:00.000Z';
  facts: Facts;
  effects: readonly Effect[] = [];

  constructor(first: Partial<OrderReceived> = {}) {
    const decision = decide(null, received(this.at, first));
    if (decision.kind === 'refused') throw new Error(decision.name);
    this.facts = decision.facts;
    this.effects = decision.effects;
  }

  /** The name of a refusal, or the state that follows. */
  tell(event: TransactionEvent): string {
    const decision = decide(this.facts, event);
    this.at = later(this.at, 60_000);
    if (decision.kind === 'refused') return decision.name;
    this.facts = decision.facts;
    this.effects = decision.effects;
    return decision.state;
  }

  cart(change: Partial<CartSnapshot>): string {
    const snapshot = snapshotOf(this.facts, change);
    return this.tell({ type: 'order-changed', at: this.at, seenAt: this.at, snapshot });
  }

  staff(type: StaffRequest['type']): string {
    return this.tell({ type, at: this.at });
  }

  sent(operation: Operation, attempt = this.facts.inFlight?.attempt ?? 1): string {
    return this.tell({ type: 'operation-sent', at: this.at, attempt, operation, notBefore: null });
  }

  lost(operation: Operation): string {
    return this.tell({ type: 'answer-lost', at: this.at, attempt: this.number, operation });
  }

  accepted(attempt = this.number): string {
    return this.tell({
      type: 'registration-accepted',
      at: this.at,
      attempt,
      npTransactionId: npIdOf(attempt),
    });
  }

  done(
    type:
      | 'amendment-accepted'
      | 'report-accepted'
      | 'report-pending'
      | 'cancellation-accepted'
      | 'credit-lapsed'
      | 'buyer-paid',
  ): string {
    return this.tell({ type, at: this.at, attempt: this.number });
  }

  /** The cart changes the order, and NP takes the edit. */
  edited(payload: CartSnapshot['payload']): string {
    this.cart({ payload });
    this.sent('amend');
    return this.done('amendment-accepted');
  }

  refused(type: Refused['type'], proves: Refused['proves'] = null): string {
    return this.tell({ type, at: this.at, attempt: this.number, reasons: [shopReason], proves });
  }

  credit(type: CreditEvent['type'], fixedAt: string | null = this.at): string {
    const reasons = [buyerReason];
    return this.tell({
      type,
      at: this.at,
      attempt: this.number,
      askedAt: this.at,
      fixedAt,
      reasons,
      answerDueAt: null,
    });
  }

  registered(): this {
    this.sent('register');
    this.accepted();
    return this;
  }

  approved(): this {
    this.registered().credit('credit-approved');
    return this;
  }

  get gate(): string {
    return gateOf(this.facts).gate;
  }

  private get number(): number {
    return currentAttempt(this.facts)?.number ?? 1;
  }
}
