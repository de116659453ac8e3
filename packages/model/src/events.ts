import type { DeadlineKind, Facts, GivenRules, OtherOrder, PayloadRef, ShipmentRef } from './facts.js';
import type { CartInstruction } from './instructions.js';
import type { CartStatus, PaymentRoute } from './order.js';
import type { Problem, Reason } from './reasons.js';
import type { Operation } from './states.js';

/** What a reading of the cart says, without personal data. Null fields of `shipment` mean nothing reportable yet. */
export interface CartSnapshot {
  /** Null: a word nobody has mapped; what was known before stays. */
  readonly status: CartStatus | null;
  readonly payment: PaymentRoute | null;
  readonly npWord: string | null;
  /** Staff have set the cart's "open for edit" word themselves. */
  readonly editOpen: boolean;
  readonly payload: PayloadRef;
  readonly problems: readonly Problem[];
  /** What keeps an order only from being registered. Absent in events of earlier versions. */
  readonly obstacles?: readonly Problem[];
  readonly shipment: ShipmentRef | null;
  readonly shipmentProblems: readonly Problem[];
  readonly shipped: boolean;
  /** Absent in events of earlier versions: the timing stays as it is. */
  readonly creditStart?: CreditStart;
}

/** When the credit check starts: with the order, at a moment (ISO 8601), or once a person asks. */
export type CreditStart = 'at-once' | 'by-hand' | { readonly at: string };

interface Base {
  /** When it happened, by the hub's clock. */
  readonly at: string;
}

/** The first sight of an order. `takenOver` is false for what the hub must not register. */
export interface OrderReceived extends Base {
  readonly type: 'order-received';
  readonly seenAt: string;
  readonly snapshot: CartSnapshot;
  readonly takenOver: boolean;
  /** Of earlier versions; now the snapshot tells when the credit check starts. */
  readonly creditDueAt?: string | null;
  readonly provisional: boolean;
  /** For a provisional one: when an unfinished checkout counts as abandoned. */
  readonly confirmBy?: string;
  readonly rules: GivenRules;
}

/**
 * A later reading. The type names what changed most, for people; the snapshot is the truth, so that a lost or
 * merged event never loses a fact.
 */
export interface CartChange extends Base {
  readonly type:
    | 'order-changed'
    | 'edit-opened'
    | 'order-shipped'
    | 'shipment-withdrawn'
    | 'order-cancelled'
    | 'order-returned'
    | 'payment-method-changed';
  readonly seenAt: string;
  readonly snapshot: CartSnapshot;
}

/** The same reading under changed settings. Freshness, and what only the cart itself can say, stay as they are. */
export interface OrderReread extends Base {
  readonly type: 'order-reread';
  readonly snapshot: CartSnapshot;
}

/** The cart has been asked to do something, together with a word. */
export interface InstructionGiven extends Base {
  readonly type: 'instruction-given';
  readonly attempt: number;
  readonly instruction: CartInstruction;
}

/** The cart no longer has the order (`order-deleted`: it said so; `order-missing`: confirmed re-reads found none). */
export interface CartAbsence extends Base {
  readonly type: 'order-deleted' | 'order-missing';
  readonly seenAt: string;
}

export interface CheckoutEvent extends Base {
  readonly type: 'order-confirmed' | 'checkout-abandoned';
}

/** Real time: the cart asks about the same order once more, which it has not made yet. */
export interface CheckoutOpened extends Base {
  readonly type: 'checkout-opened';
  readonly confirmBy: string;
}

/** Real time: the cart does not take an edit that NP was asked about; what stood before is wanted again. */
export interface EditWithdrawn extends Base {
  readonly type: 'edit-withdrawn';
  readonly snapshot: CartSnapshot;
}

/** An event that answers a call, or tells its fate. */
interface OfCall extends Base {
  readonly attempt: number;
  /**
   * `at` of the `operation-sent` before the call. An answer to another call than the last one says nothing about
   * it. Absent where no call was answered (a notification, a file), or where no answer can be late.
   */
  readonly callSentAt?: string;
}

/** What a refusal proves beyond "this was not done". */
export type RefusalProof =
  'already-cancelled' | 'already-reported' | 'already-paid' | 'duplicate' | 'not-found' | null;

export interface Accepted extends Base {
  readonly type: 'registration-accepted' | 'reissue-step-done';
  readonly attempt: number;
  readonly npTransactionId: string;
}

export interface Done extends OfCall {
  readonly type:
    | 'amendment-accepted'
    | 'report-accepted'
    | 'report-pending'
    | 'cancellation-accepted'
    | 'cancellation-pending'
    | 'cancellation-refused-paid'
    | 'credit-lapsed'
    | 'buyer-paid';
}

export interface Refused extends OfCall {
  readonly type:
    | 'registration-refused'
    | 'amendment-refused'
    | 'report-refused'
    | 'cancellation-refused'
    | 'reissue-step-failed';
  readonly reasons: readonly Reason[];
  readonly proves: RefusalProof;
}

/** A credit answer. `askedAt` is when the question left: an answer asked before an acceptance proves nothing about it. */
export interface CreditEvent extends Base {
  readonly type: 'credit-pending' | 'credit-approved' | 'credit-held' | 'credit-rejected' | 'credit-unknown';
  readonly attempt: number;
  readonly askedAt: string;
  readonly fixedAt: string | null;
  readonly reasons: readonly Reason[];
  readonly answerDueAt: string | null;
}

/** The answer to a call that may have been carried out never came. */
export interface AnswerLost extends OfCall {
  readonly type: 'answer-lost';
  readonly operation: Operation;
  /** The call was the buyer's, who may have given it up: the hub does not make it in the buyer's place. */
  readonly byBuyer?: true;
}

/** NP shows something that the hub did not do; `alive`: what the hub holds for ended has not ended there. */
export interface DriftFound extends Base {
  readonly type: 'drift-found';
  readonly attempt: number;
  readonly found: 'cancelled' | 'reported' | 'paid' | 'alive';
}

/** The hub was restored from a backup of the moment `at`, and remembers nothing later. */
export interface BackupRestored extends Base {
  readonly type: 'backup-restored';
}

/** The cart shows another word than the one that was sent last, and nothing of ours is on its way. */
export interface WordDriftFound extends Base {
  readonly type: 'word-drift-found';
  readonly shown: string;
  readonly expected: string;
  /** By the shop's rule: the right word is sent again at once, or once a person asks. */
  readonly repair: 'automatic' | 'offered';
}

/** Open orders like this one, looked for before it goes to NP; none: those that were found before have ended. */
export interface DuplicatesFound extends Base {
  readonly type: 'duplicates-found';
  readonly others: readonly OtherOrder[];
  /** The order waits until a person has answered. */
  readonly hold: boolean;
}

/** NP's own list names an id that contradicts what is known of an attempt. Shown, never taken. */
export interface IdFound extends Base {
  readonly type: 'np-id-found';
  readonly attempt: number;
  readonly npTransactionId: string;
}

/** An id that contradicted is settled: NP has cancelled what was under it, or says that it is not this order's. */
export interface SecondIdSettled extends Base {
  readonly type: 'second-id-settled';
  readonly npTransactionId: string;
  readonly how: 'cancelled' | 'not-ours';
}

/** The hub's own record of a call: the intent before it, or the proof that nothing of it was carried out. */
export interface CallEvent extends OfCall {
  readonly type: 'operation-sent' | 'operation-returned';
  readonly operation: Operation;
  /** For `operation-returned`: when to try again. */
  readonly notBefore: string | null;
}

export interface CorrectionMade extends Base {
  readonly type: 'correction-made';
  readonly payload: PayloadRef;
  readonly problems: readonly Problem[];
  /** Absent in events of earlier versions. */
  readonly obstacles?: readonly Problem[];
  readonly shipment: ShipmentRef | null;
  readonly shipmentProblems: readonly Problem[];
}

export interface StaffRequest extends Base {
  readonly type:
    | 'retry-requested'
    | 'report-requested'
    | 'cancel-requested'
    | 'release-requested'
    | 'credit-check-requested'
    | 'np-absence-confirmed'
    | 'reissue-requested'
    /** Half-way through a partial return: register what is left as an order of its own. */
    | 'register-anew-requested'
    /** The order that looks like another one is wanted as well. */
    | 'repeat-confirmed'
    /** Carrier and slip of the report have been put right at NP by hand. */
    | 'slip-settled'
    | 'invoice-printed'
    | 'word-repair-requested';
  /** For `release-requested`: another shop of the merchant has the order at NP, so that it may not be registered anew. */
  readonly elsewhere?: boolean;
  /** For `invoice-printed`: the issue date on the invoice, `YYYY-MM-DD`. */
  readonly issuedOn?: string;
}

/** A person enters an NP transaction id: for a lost registration, or to adopt a released order (null: register anew). */
export interface IdEntered extends Base {
  readonly type: 'np-id-entered' | 'adopt-requested';
  readonly npTransactionId: string | null;
}

export interface ClockEvent extends Base {
  readonly type: 'credit-check-due' | 'deadline-near' | 'deadline-passed';
  readonly deadline: DeadlineKind;
}

export interface RulesChanged extends Base {
  readonly type: 'rules-changed';
  readonly rules: GivenRules;
}

/** Everything that can happen to a transaction. */
export type TransactionEvent =
  | OrderReceived
  | CartChange
  | OrderReread
  | InstructionGiven
  | CartAbsence
  | CheckoutEvent
  | CheckoutOpened
  | EditWithdrawn
  | Accepted
  | Done
  | Refused
  | CreditEvent
  | AnswerLost
  | DriftFound
  | BackupRestored
  | WordDriftFound
  | DuplicatesFound
  | IdFound
  | SecondIdSettled
  | CallEvent
  | CorrectionMade
  | StaffRequest
  | IdEntered
  | ClockEvent
  | RulesChanged;

export type EventType = TransactionEvent['type'];

/** Why an event moved nothing. Recorded in the history beside the event. */
export type RefusalName =
  /** Only `order-received` can be first. */
  | 'unknown-transaction'
  /** The same again. */
  | 'repeated'
  /** Older than what is known already. */
  | 'stale'
  /** About an attempt that never was. */
  | 'unknown-attempt'
  /** About an attempt that another has replaced. */
  | 'attempt-superseded'
  /** Nothing of the kind is under way. */
  | 'not-expected'
  /** A call is under way that the answer could be older than. */
  | 'operation-under-way'
  /** The facts do not allow it. */
  | 'not-allowed'
  /** A registration that was sent a moment ago may still arrive. */
  | 'too-early'
  /** A partial return on the day of the report: the goods cannot have been delivered before today. */
  | 'same-day'
  /** The deadline has gone or moved. */
  | 'not-due'
  /** An NP transaction id has 11 half-width digits. */
  | 'malformed-np-id';

/** The changed facts, or the name of the reason why the event moves nothing. */
export type Applied = Facts | RefusalName;
