import type { Journal } from '../journal.js';
import type { Outcome } from './magic.js';
import type { WireTransaction } from './wire.js';

/** One transaction as NP keeps it. Times are milliseconds since 1970. */
export interface NpTransaction {
  readonly npTransactionId: string;
  readonly merchantCode: string;
  readonly shopTransactionId: string;
  readonly registeredAtMs: number;
  /** The transaction that this one re-registers after a partial return. */
  readonly baseNpTransactionId: string | null;
  payload: WireTransaction;
  edits: number;
  outcome: Outcome;
  /** Set where the control API changed the outcome after the review began. */
  outcomeSetAtMs: number | null;
  reviewStartedAtMs: number;
  reviewDelayMs: number;
  longReviewUntilMs: number | null;
  lapseDueMs: number | null;
  lapsedAtMs: number | null;
  /** A former 00 that finds go on answering: how often, and when it was fixed. */
  staleLeft: number;
  staleFixedAtMs: number;
  printedAtMs: number | null;
  report: { atMs: number; carrierCode: string; slipNumber: string; billIssuedOn: string | null } | null;
  payDueMs: number | null;
  paidAtMs: number | null;
  cancelledAtMs: number | null;
  reregisteredAs: string | null;
}

const firstId = 30_000_000_001;

/** NP's memory: every transaction, found by its id or by the shop's. Each change goes to the journal. */
export class NpLedger {
  readonly #transactions = new Map<string, NpTransaction>();
  readonly #byShopTransactionId = new Map<string, NpTransaction[]>();
  readonly #outcomes = new Map<string, Outcome>();
  #nextId = firstId;

  constructor(private readonly journal: Journal) {}

  nextId(): string {
    return String(this.#nextId);
  }

  get(npTransactionId: string): NpTransaction | undefined {
    return this.#transactions.get(npTransactionId);
  }

  withShopTransactionId(shopTransactionId: string): readonly NpTransaction[] {
    return this.#byShopTransactionId.get(shopTransactionId) ?? [];
  }

  all(): IterableIterator<NpTransaction> {
    return this.#transactions.values();
  }

  get size(): number {
    return this.#transactions.size;
  }

  add(transaction: NpTransaction): void {
    this.restore(transaction.npTransactionId, transaction);
    this.journal.append({ kind: 'np', id: transaction.npTransactionId, set: transaction });
  }

  change(transaction: NpTransaction, set: Partial<NpTransaction>): void {
    Object.assign(transaction, set);
    this.journal.append({ kind: 'np', id: transaction.npTransactionId, set });
  }

  /** The outcome prepared by the control API for a shop transaction id, if any. */
  outcomeFor(shopTransactionId: string): Outcome | undefined {
    return this.#outcomes.get(shopTransactionId);
  }

  /** Prepares an outcome for a shop transaction id, or takes it back with null. */
  prepareOutcome(shopTransactionId: string, outcome: Outcome | null): void {
    this.restoreOutcome(shopTransactionId, { outcome });
    this.journal.append({ kind: 'outcome', id: shopTransactionId, set: { outcome } });
  }

  /** Replays one line of the journal. */
  restore(npTransactionId: string, set: object): void {
    const known = this.#transactions.get(npTransactionId);
    if (known) {
      Object.assign(known, set);
      return;
    }
    const transaction = { ...set } as NpTransaction;
    this.#transactions.set(npTransactionId, transaction);
    const siblings = this.#byShopTransactionId.get(transaction.shopTransactionId);
    if (siblings) siblings.push(transaction);
    else this.#byShopTransactionId.set(transaction.shopTransactionId, [transaction]);
    this.#nextId = Math.max(this.#nextId, Number(npTransactionId) + 1);
  }

  /** Replays one prepared outcome. */
  restoreOutcome(shopTransactionId: string, set: object): void {
    const { outcome } = set as { outcome: Outcome | null };
    if (outcome) this.#outcomes.set(shopTransactionId, outcome);
    else this.#outcomes.delete(shopTransactionId);
  }

  /** Forgets everything. Ids go on counting, so that none is given twice. */
  clear(): void {
    this.#transactions.clear();
    this.#byShopTransactionId.clear();
    this.#outcomes.clear();
  }
}
