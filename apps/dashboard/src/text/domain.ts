import type {
  Action,
  Actor,
  Attention,
  CartStatus,
  DeadlineKind,
  EventType,
  GateReason,
  Operation,
  OrderFlag,
  RefusalName,
  ShipGate,
  State,
} from '@np-hub/model';

/** What a person reads about a state: its name, what it means, and what to do now. */
export interface StateText {
  readonly label: string;
  readonly meaning: string;
  readonly next: string;
}

/** What a person reads before pressing: what will happen at NP and in the cart. */
export interface ActionText {
  readonly label: string;
  readonly confirm: string;
  readonly atNp: string;
  readonly inCart: string;
  readonly caution: string;
}

/** The words of the model, each in one language: total by type, so that a new word cannot be forgotten. */
export interface DomainTexts {
  readonly states: Readonly<Record<State, StateText>>;
  /** The same while the checkout is open, where nobody here has to act: with the content to be put right in the cart, or nothing but the order to be placed. */
  readonly atCheckout: Readonly<Record<'correcting' | 'confirming', string>>;
  /** What to do, in the few words of a row; only where somebody has to act. */
  readonly todos: Readonly<Partial<Record<State, string>>>;
  readonly gates: Readonly<Record<ShipGate, { label: string; title: string }>>;
  /** Where the gate has nothing to say any more. */
  readonly gatesBeyond: Readonly<Record<'released' | 'shipped', { label: string; title: string }>>;
  readonly shippedReason: string;
  readonly gateReasons: Readonly<Record<GateReason, string>>;
  readonly actors: Readonly<Record<Actor, { label: string; short: string; todo: string }>>;
  readonly attentions: Readonly<Record<Attention, { label: string; todo: string }>>;
  readonly deadlines: Readonly<Record<DeadlineKind, string>>;
  readonly operations: Readonly<
    Record<Operation | 'find-credit' | 'find-payment' | 'push-status' | 'notification', string>
  >;
  readonly events: Readonly<Record<EventType, string>>;
  readonly refusals: Readonly<Record<RefusalName, string>>;
  readonly actions: Readonly<Record<Action, ActionText>>;
  /** The same actions on an order that NP has not heard of. */
  readonly actionsBefore: Readonly<Record<'cancel' | 'check-credit', ActionText>>;
  readonly cartStatuses: Readonly<Record<CartStatus, string>>;
  readonly flags: Readonly<Record<OrderFlag, string>>;
  readonly credits: Readonly<Record<'approved' | 'held' | 'rejected' | 'unknown', string>>;
  readonly foundAtNp: Readonly<Record<'cancelled' | 'reported' | 'paid' | 'alive', string>>;
  readonly phases: Readonly<Record<'queued' | 'sent' | 'pending' | 'lost', string>>;
}
