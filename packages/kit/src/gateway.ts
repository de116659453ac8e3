import type { Clock, GatewayTerms, NpPayload, Operation, Reason } from '@np-hub/model';
import type { z } from 'zod';
import type { ConnectionCheck } from './adapter.js';
import type { IoErrorKind } from './errors.js';
import type { FileLayout } from './file.js';
import type { LocalText } from './texts.js';
import type { HttpClient } from './http-message.js';

/** What a gateway gets for its I/O. */
export interface GatewayIo<Settings> {
  readonly settings: Settings;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** What NP says of the buyer. `unknown` is any value that is not in the dictionary: never success. */
export interface CreditAnswer {
  readonly result: 'pending' | 'approved' | 'held' | 'rejected' | 'unknown';
  readonly raw: string;
  /** When NP fixed the result (ISO 8601); null where the answer has none. */
  readonly fixedAt: string | null;
  readonly reasons: readonly Reason[];
  /** Whose result it is, where the answer says so. */
  readonly shopTransactionId?: string;
  /** What would be billed, where the answer says so: NP's does not (np-connect-pro.md 0). */
  readonly billedYen?: number;
}

export interface PaymentAnswer {
  readonly status: 'unpaid' | 'paid' | 'undisclosed' | 'unknown';
  readonly raw: string;
  readonly paidOn: string | null;
}

/** What a refusal proves about the transaction at the gateway, beyond "this was not done". */
export type RefusalProof =
  'already-cancelled' | 'already-reported' | 'already-paid' | 'duplicate' | 'not-found';

/** The answer to one line of a batch. Once bytes have left, every unanswered line is `lost`. */
export type LineResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[]; readonly proves: RefusalProof | null }
  /** `failure`: how the call ended, where it had no answer at all. */
  | { readonly kind: 'lost'; readonly cause: string; readonly failure?: IoErrorKind };

export interface RegisterLine {
  readonly shopTransactionId: string;
  readonly payload: NpPayload;
}
export interface AmendLine {
  readonly npTransactionId: string;
  readonly payload: NpPayload;
}
export interface CancelLine {
  readonly npTransactionId: string;
}
export interface ReportLine {
  readonly npTransactionId: string;
  readonly carrierCode: string;
  readonly slipNumber: string;
  /** `YYYY-MM-DD`, for wiz only. */
  readonly billIssuedOn: string | null;
}
export interface ReissueLine {
  readonly baseNpTransactionId: string;
  readonly shopTransactionId: string;
  readonly payload: NpPayload;
}

/** The NP id that a registration earned, and the credit result where it came in the same answer. */
export interface Registered {
  readonly npTransactionId: string;
  readonly credit: CreditAnswer | null;
}

/** One call over a batch: results in the order of the lines. Throws `IoError` only when nothing can have been applied. */
export type BatchCall<Settings, Line, Value> = (
  io: GatewayIo<Settings>,
  lines: readonly Line[],
) => Promise<readonly LineResult<Value>[]>;

/** A call of the gateway to the hub, as it came. */
export interface NotificationRequest {
  readonly body: Buffer;
}

/** What the gateway gets as an answer to its call. */
export interface NotificationReply {
  readonly type: string;
  readonly body: Buffer;
}

/** What a notification tells: the later result of something that was asked, or that the gateway dropped it by itself. */
export type News =
  | { readonly about: 'credit'; readonly credit: CreditAnswer }
  | {
      readonly about: 'cancel' | 'report';
      readonly result: Exclude<LineResult<null>, { kind: 'lost' | 'pending' }>;
    }
  | { readonly about: 'lapse' }
  | { readonly about: 'purchase'; readonly purchase: FormResult };

/** How the purchase of a form ended that a buyer's browser has sent. */
export interface FormResult {
  readonly shopTransactionId: string;
  readonly billedYen: number;
  /** `ended`: given up before it was completed, or dropped afterwards. */
  readonly result: 'done' | 'refused' | 'ended';
  /** For `done`; null otherwise. */
  readonly npTransactionId: string | null;
  /** For `done`: the decision on the buyer; null where it comes later. */
  readonly credit: CreditAnswer | null;
  readonly reasons: readonly Reason[];
}

/** What a form is made of that a buyer's browser sends to the gateway. */
export interface FormOrder {
  readonly line: RegisterLine;
  readonly now: Date;
  /** Where the buyer comes back to, and where the result is told. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly errorUrl: string;
  readonly noticeUrl: string;
}

/** A signed form. */
export interface PaymentForm {
  readonly url: string;
  /** In which the browser has to send it. */
  readonly charset: string;
  /** Every one of them, an empty one too, in their order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** So long after `now` the gateway takes it, and so long the buyer may take to complete it. */
  readonly sendWithinMs: number;
  readonly completeWithinMs: number;
}

/**
 * A notification, read. `notice` is proven to be the gateway's and about this merchant; `ids` are those by which it names
 * the transaction, whole ids or parts of them. The hub answers `taken` only for what it knows; anything else never is.
 */
export type NotificationReading =
  | {
      readonly kind: 'notice';
      readonly ids: readonly string[];
      /** The same for every repetition of one notice, whenever it is sent. */
      readonly fingerprint: string;
      readonly news: News;
      readonly reply: (verdict: 'taken' | 'refused') => NotificationReply;
    }
  | {
      readonly kind: 'rejected';
      readonly reason: 'malformed' | 'foreign' | 'bad-signature' | 'unknown-kind';
      readonly reply: NotificationReply;
    };

/** One entry of a gateway's code dictionary: what a person needs to know about a code. */
export interface CodeCard {
  readonly code: string;
  readonly title: LocalText;
  readonly explanation: LocalText;
  readonly actor: Reason['actor'];
  readonly fields: readonly string[];
  readonly fix: LocalText;
  readonly example: LocalText | null;
  /** Draft text for the buyer; null where the buyer has nothing to do. */
  readonly buyerText: LocalText | null;
  readonly weight: 'confirmed' | 'observed' | 'assumed';
  readonly source: string;
}

/**
 * A way to NP. An operation that the way does not have is absent, and the plan goes around it.
 * Each gateway translates its codes into `Reason`s by its own dictionary; unknown codes stay raw.
 */
export interface PaymentGateway<Settings = unknown> {
  readonly id: string;
  readonly label: LocalText;
  readonly settings: z.ZodType<Settings>;
  /** Names one merchant at the gateway: two connections of one merchant share it. */
  readonly merchantOf: (settings: Settings) => string;
  /** Base address in use, for the allow-list of hosts. */
  readonly baseUrlOf: (settings: Settings) => string;
  /** True where the shop has confirmed that the gateway refuses a repeated registration. */
  readonly duplicateGuardConfirmed: (settings: Settings) => boolean;
  /** Bounds the pace of calls with one credential; absent or null where nothing is known. */
  readonly requestsPerSecondOf?: (settings: Settings) => number | null;
  /** What this way takes and how it answers, where that is not as NP itself does. */
  readonly termsOf?: (settings: Settings) => GatewayTerms;
  /** Lines a call at most. */
  readonly batchLimit: (settings: Settings, operation: Operation | 'find-credit' | 'find-payment') => number;
  /** The longest a call can take; leases are longer than this. */
  readonly callDeadlineMs: number;
  readonly codes: readonly CodeCard[];
  readonly register: BatchCall<Settings, RegisterLine, Registered>;
  readonly amend?: BatchCall<Settings, AmendLine, Registered>;
  readonly cancel: BatchCall<Settings, CancelLine, null>;
  readonly report: BatchCall<Settings, ReportLine, null>;
  readonly reissue?: BatchCall<Settings, ReissueLine, Registered>;
  readonly findCredit?: BatchCall<Settings, { readonly npTransactionId: string }, CreditAnswer>;
  readonly findPayment?: BatchCall<Settings, { readonly npTransactionId: string }, PaymentAnswer>;
  readonly checkConnection: (io: GatewayIo<Settings>) => Promise<ConnectionCheck>;
  /** Where the gateway calls the hub: reads and proves a call. Pure, never throws, compares secrets in constant time. */
  readonly readNotification?: (request: NotificationRequest, settings: Settings) => NotificationReading;
  /** A form with which the buyer's browser registers. Null where the connection has no such contract. */
  readonly paymentForm?: (order: FormOrder, settings: Settings) => PaymentForm | null;
  /**
   * The gateway's own list of transactions as a file, with the columns `shopTransactionId` and `npTransactionId`: it tells
   * the ids of registrations whose answers were lost. Absent where there is none.
   */
  readonly consoleFile?: FileLayout<never>;
  /** What it pays out to the shop, line by line, as a file. Absent where there is none. */
  readonly depositFile?: FileLayout<never>;
}

/** Freezes a gateway and keeps its settings type. */
export const defineGateway = <Settings>(gateway: PaymentGateway<Settings>): PaymentGateway<Settings> =>
  Object.freeze(gateway);
