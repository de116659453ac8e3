import {
  currentAttempt,
  decide,
  gateOf,
  later,
  shopTransactionIdOf,
  stateOf,
  type CartSnapshot,
  type Effect,
  type Facts,
  type Operation,
  type Refused,
  type TransactionEvent,
} from '../src/index.js';
import { isLiveEntry, Ledger, type Answer } from './ledger.js';
import { received, shopReason, snapshotWith } from './support.js';

/** What becomes of a call. `delayed`: it reaches NP after the hub has given it up; `late`: so does the answer. */
export const fates = [
  'answered',
  'slow',
  'lost-before',
  'lost-after',
  'delayed',
  'late',
  'returned',
  'crash-before',
  'crash-after',
  'refused',
] as const;
export type Fate = (typeof fates)[number];

/** Seconds after the call left: when it reaches NP, when its answer comes, when the hub knows that none came. */
const courses: Readonly<Record<Fate, { arrives?: number; answers?: number; lost?: number }>> = {
  answered: { arrives: 1, answers: 2 },
  slow: { arrives: 1, answers: 25 },
  'lost-before': { lost: 1 },
  'lost-after': { arrives: 1, lost: 2 },
  delayed: { arrives: 25, lost: 1 },
  late: { arrives: 1, answers: 50, lost: 30 },
  returned: {},
  'crash-before': { lost: 60 },
  'crash-after': { arrives: 1, lost: 60 },
  refused: { arrives: 1, answers: 2 },
};

interface Call {
  readonly operation: Operation;
  readonly attempt: number;
  readonly sentAt: string;
  readonly fate: Fate;
  readonly showsOldResult: boolean;
  readonly facts: Facts;
  answer: Answer | null;
}

const orderNumber = 'N1';

/** One order, its cart, the hub's worker and NP, with a clock that only this world moves. */
export class World {
  at = '2026-04-01T00:00:00.000Z';
  facts: Facts;
  cart: CartSnapshot = snapshotWith();
  readonly ledger: Ledger;
  readonly events: { readonly event: TransactionEvent; readonly facts: Facts | null }[] = [];
  private readonly rows = new Map<Effect['lane'], Effect>();
  private agenda: {
    readonly at: string;
    readonly order: number;
    readonly run: () => void;
    readonly arrival: boolean;
  }[] = [];
  private order = 0;

  constructor(rules: Facts['rules']) {
    this.ledger = new Ledger(rules.duplicateGuardConfirmed);
    const first = received(this.at, { rules });
    const decision = decide(null, first);
    if (decision.kind === 'refused') throw new Error(decision.name);
    this.facts = decision.facts;
    this.keep(decision.effects);
    this.events.push({ event: first, facts: this.facts });
  }

  /** Applies one event as the hub does, keeps its effects and checks what has to hold at every moment. */
  apply(event: TransactionEvent): boolean {
    const decision = decide(this.facts, event);
    if (decision.kind === 'moved') {
      this.facts = decision.facts;
      if (event.type === 'operation-sent') this.rows.delete('write');
      this.keep(decision.effects);
    }
    this.events.push({ event, facts: decision.kind === 'moved' ? decision.facts : null });
    this.check();
    return decision.kind === 'moved';
  }

  /** Lets time go by; what is due happens in its order. */
  pass(seconds: number): void {
    const until = later(this.at, seconds * 1000);
    for (;;) {
      const due = this.agenda
        .filter((entry) => entry.at <= until)
        .sort((one, other) =>
          one.at === other.at ? one.order - other.order : one.at < other.at ? -1 : 1,
        )[0];
      if (!due) break;
      this.agenda = this.agenda.filter((entry) => entry !== due);
      this.at = due.at > this.at ? due.at : this.at;
      due.run();
      this.check();
    }
    this.at = until;
  }

  /** The worker takes the writing row, if it is due, and makes the call. */
  work(fate: Fate, showsOldResult = false): void {
    const row = this.rows.get('write');
    const run = row?.lane === 'write' ? row.run : null;
    if (!run || (run.notBefore ?? '') > this.at) return;
    const { operation, attempt } = run;
    const sentAt = this.at;
    const sent = this.apply({ type: 'operation-sent', at: sentAt, attempt, operation, notBefore: null });
    if (!sent) throw new Error(`the row of ${operation} was not expected`);
    const call: Call = { operation, attempt, sentAt, fate, showsOldResult, facts: this.facts, answer: null };
    const { arrives, answers, lost } = courses[fate];
    if (arrives) this.plan(arrives, () => (call.answer = this.carryOut(call)), true);
    if (lost)
      this.plan(lost, () =>
        this.apply({ type: 'answer-lost', at: this.at, callSentAt: sentAt, attempt, operation }),
      );
    if (answers) this.plan(answers, () => this.answer(call));
    if (fate === 'returned') {
      const notBefore = later(this.at, 60_000);
      this.plan(1, () =>
        this.apply({
          type: 'operation-returned',
          at: this.at,
          callSentAt: sentAt,
          attempt,
          operation,
          notBefore,
        }),
      );
    }
  }

  /** The hub asks for the credit result; the answer takes its time. */
  readCredit(seconds: number): void {
    const row = this.rows.get('credit');
    const run = row?.lane === 'credit' ? row.run : null;
    const entry = run && this.ledger.find(this.facts.attempts[run.attempt - 1]?.npTransactionId ?? null);
    if (!run || !entry) return;
    const base = { attempt: run.attempt, askedAt: this.at, reasons: [], answerDueAt: null };
    const { review, fixedAt } = entry.shown ?? entry;
    const { ended } = entry;
    this.plan(seconds, () => {
      if (ended) this.apply({ type: 'credit-lapsed', at: this.at, attempt: run.attempt });
      else this.apply({ ...base, type: `credit-${review}`, at: this.at, fixedAt });
    });
  }

  readPayment(): void {
    const row = this.rows.get('payment');
    const run = row?.lane === 'payment' ? row.run : null;
    const entry = run && this.ledger.find(this.facts.attempts[run.attempt - 1]?.npTransactionId ?? null);
    if (run && entry?.paid) this.apply({ type: 'buyer-paid', at: this.at, attempt: run.attempt });
  }

  /** The cart changes, and the hub reads it after some seconds: later readings may overtake it. */
  changeCart(change: Partial<CartSnapshot>, seconds: number): void {
    this.cart = { ...this.cart, ...change };
    const snapshot = this.cart;
    const seenAt = this.at;
    this.plan(seconds, () => this.apply({ type: 'order-changed', at: this.at, seenAt, snapshot }));
  }

  /** A person looks at NP's console for a registration whose answer was lost. */
  resolveByPerson(): void {
    const { inFlight } = this.facts;
    if (inFlight?.phase !== 'lost' || (inFlight.operation !== 'register' && inFlight.operation !== 'reissue'))
      return;
    const number = shopTransactionIdOf(orderNumber, inFlight.attempt);
    const entry = this.ledger.entries.find((each) => each.shopTransactionId === number);
    if (entry) this.apply({ type: 'np-id-entered', at: this.at, npTransactionId: entry.id });
    else if (!this.agenda.some(({ arrival }) => arrival))
      this.apply({ type: 'np-absence-confirmed', at: this.at });
  }

  private keep(effects: readonly Effect[]): void {
    for (const effect of effects) this.rows.set(effect.lane, effect);
  }

  private plan(seconds: number, run: () => void, arrival = false): void {
    this.order += 1;
    this.agenda.push({ at: later(this.at, seconds * 1000), order: this.order, run, arrival });
  }

  private carryOut({ operation, attempt, fate, showsOldResult, facts }: Call): Answer {
    if (fate === 'refused') return { kind: 'refused', proves: null };
    const { inFlight, attempts, wanted } = facts;
    const id = attempts[attempt - 1]?.npTransactionId ?? null;
    const number = shopTransactionIdOf(orderNumber, attempt);
    const payload = inFlight?.payload ?? wanted.payload;
    switch (operation) {
      case 'register':
        return this.ledger.register(number, payload);
      case 'reissue':
        return this.ledger.reissue(
          attempts[(wanted.reissue?.base ?? 0) - 1]?.npTransactionId ?? null,
          number,
          payload,
        );
      case 'amend':
        return this.ledger.amend(id, payload, showsOldResult);
      case 'cancel':
        return this.ledger.cancel(id);
      case 'report':
        return this.ledger.report(id, inFlight?.shipment ?? { carrierCode: '', slipNumber: '' });
    }
  }

  private answer({ operation, attempt, sentAt, answer }: Call): void {
    if (!answer) return;
    const base = { at: this.at, callSentAt: sentAt, attempt };
    if (answer.kind === 'refused') {
      this.apply({ ...base, type: refusals[operation], reasons: [shopReason], proves: answer.proves });
    } else if (operation === 'register' || operation === 'reissue') {
      const type = operation === 'register' ? 'registration-accepted' : 'reissue-step-done';
      this.apply({ at: this.at, attempt, type, npTransactionId: answer.id });
    } else {
      this.apply({ ...base, type: acceptances[operation] });
    }
  }

  /** At every moment: one live transaction at NP at most, and `ship` only for what NP really approved. */
  private check(): void {
    const live = this.ledger.entries.filter(isLiveEntry);
    if (live.length > 1) throw new Error(`P3: live at NP: ${live.map(({ id }) => id).join(', ')}`);
    if (gateOf(this.facts).gate !== 'ship') return;
    const entry = this.ledger.find(currentAttempt(this.facts)?.npTransactionId ?? null);
    const wanted = this.facts.wanted.payload.hash;
    const right =
      entry?.payload.hash === wanted && entry.approvedHash === wanted && entry.ended !== 'cancelled';
    if (!right) throw new Error(`P4: ship at ${stateOf(this.facts)}, but NP has ${JSON.stringify(entry)}`);
  }
}

const refusals: Readonly<Record<Operation, Refused['type']>> = {
  register: 'registration-refused',
  amend: 'amendment-refused',
  cancel: 'cancellation-refused',
  report: 'report-refused',
  reissue: 'reissue-step-failed',
};

const acceptances = {
  amend: 'amendment-accepted',
  cancel: 'cancellation-accepted',
  report: 'report-accepted',
} as const;
