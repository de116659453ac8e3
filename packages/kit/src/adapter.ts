import type { Action, CartInstruction, Clock, Order, ShopPolicies, State, WordKey } from '@np-hub/model';
import type { z } from 'zod';
import type { FileTransport, StatusUpdate } from './file.js';
import type { HttpClient } from './http-message.js';
import type { LocalText } from './texts.js';

/** The explicit absence of a word: the cart has none for this situation, and nothing is sent. */
export const notSent = Symbol('notSent');

/** For every situation the word that the cart shows, or `notSent`. Total by type. */
export type OutgoingWords = Readonly<Record<WordKey, string | typeof notSent>>;

/** What an adapter gets for its I/O: the shop's settings, the kit's client, the clock. */
export interface AdapterIo<Settings> {
  readonly settings: Settings;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * One raw order, read. `unreadable` is kept and shown with its problems; the other orders go on. `incomplete` waits
 * for another file: `missing` names the layouts. Problems and reasons are written as `problemAt` does.
 */
export type OrderReading =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'incomplete'; readonly orderNumber: string; readonly missing: readonly string[] }
  | { readonly kind: 'unreadable'; readonly orderNumber: string | null; readonly problems: readonly string[] }
  | { readonly kind: 'ignored'; readonly reason: string };

/** The cart's answer to one status update. `failed` is tried again later. */
export type PushResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * A webhook is a hint to pull, never data. `deleted` names orders that the cart says are gone. `proof` is what one
 * notice alone carries, such as its signature over time and body: by it a notice that is sent again is known.
 */
export type WebhookReading =
  | {
      readonly kind: 'hint';
      readonly orderNumbers: readonly string[];
      readonly deleted: readonly string[];
      readonly proof?: string;
    }
  | { readonly kind: 'rejected'; readonly reason: 'bad-signature' | 'stale' | 'malformed' };

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export type ConnectionCheck =
  | { readonly kind: 'ok'; readonly message: LocalText }
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly message: LocalText;
      /** Settings that the other side did not accept, where its answer tells: the form says it beside them. */
      readonly fields?: readonly string[];
    };

/** One of the cart's own buttons: what the hub does for it, and in which states the cart shows it. */
export interface CartButton {
  readonly action: Action;
  readonly label: LocalText;
  readonly states: readonly State[];
  /** Only once a slip number is known. */
  readonly needsSlip?: boolean;
}

/** Something that people have to do in the cart by hand, shown beside an order in these states. */
export interface Reminder {
  readonly states: readonly State[];
  readonly text: LocalText;
}

/**
 * A cart, as an author writes it. Each optional block is a capability: declaring it brings its functions.
 * `readOrder` is pure; everything else does its I/O through `io.http`.
 */
export interface CartAdapter<Settings = unknown> {
  readonly id: string;
  readonly label: LocalText;
  /** Draws the form and says what to encrypt: secret fields carry `.meta({ secret: true })`. */
  readonly settings: z.ZodType<Settings>;
  readonly words: OutgoingWords;
  /** Those of `words` on which the cart's staff may ship. */
  readonly shippingWords: readonly string[];
  /** The word that staff set by hand to open an order for editing; null where the cart has none. */
  readonly editOpenWord: string | null;
  readonly readOrder: (raw: unknown, settings: Settings) => OrderReading;
  readonly pull?: {
    /** Absent: always on. Off where the shop's orders come by file until it has switched the call on: nothing is then missing. */
    enabled?(settings: Settings): boolean;
    /** All orders placed in the window, page by page; throws `IoError`. */
    fetchOrders(io: AdapterIo<Settings>, window: { from: Date; to: Date }): AsyncIterable<readonly unknown[]>;
    checkConnection(io: AdapterIo<Settings>): Promise<ConnectionCheck>;
  };
  readonly webhook?: {
    /** Pure: checks the signature in constant time and reads the hint. */
    read(request: WebhookRequest, settings: Settings, clock: Clock): WebhookReading;
  };
  readonly push?: {
    /** Off where the call is assumed and the shop has not switched it on: the page then shows the unsent word. */
    enabled(settings: Settings): boolean;
    /** Results in the order of `updates`. Throws `IoError` when the whole call failed. */
    pushStatus(io: AdapterIo<Settings>, updates: readonly StatusUpdate[]): Promise<readonly PushResult[]>;
  };
  /** Raw orders are then `FileOrder`s. */
  readonly file?: FileTransport<Settings>;
  /** What the cart can be asked to do, by `push` or by a row of the result file. */
  readonly instructions?: readonly CartInstruction[];
  /** Where the cart has its own names for what staff do. */
  readonly buttons?: readonly CartButton[];
  readonly reminders?: readonly Reminder[];
  /** Words that a shop has chosen for itself: what other systems read in the feed, instead of `words`. */
  readonly ownWords?: (settings: Settings) => Readonly<Partial<Record<WordKey, string>>>;
  /** What a new shop of this cart starts with, where that is not the general default. */
  readonly defaultPolicies?: Partial<ShopPolicies>;
}

/** Freezes an adapter and keeps its settings type. */
export const defineAdapter = <Settings>(adapter: CartAdapter<Settings>): CartAdapter<Settings> =>
  Object.freeze(adapter);
