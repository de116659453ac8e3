import { Inject, Injectable } from '@nestjs/common';
import {
  currentAttempt,
  expectedFees,
  gateOf,
  instructionOf,
  isInstructed,
  isLive,
  shopTransactionIdOf,
  toNpPayload,
  withWords,
  type Action,
  type Clock,
  type Facts,
  type NpPayload,
  type Parcel,
  type Reason,
  type State,
  type TimelineEntry,
  type TransactionEvent,
  type TransactionView,
} from '@np-hub/model';
import type { CartAdapter } from '@np-hub/kit';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { paymentsOf } from '../payments/billings.js';
import { problemOf } from '../http/problem.js';
import type { StoredOrder } from '../intake/stored-order.js';
import { maskParty } from '../security/mask.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, KEYRING } from '../tokens.js';
import { doubtViewOf } from '../doubts/doubt-view.js';
import { duplicateViewOf } from '../duplicates/lookalike-views.js';
import { reissueViewOf } from './reissue-view.js';
import { TransactionList, type ListedRow } from './list.js';
import { loadPayloads } from './payloads.js';
import { meantOrder, termsFor } from './reading.js';

interface HistoryEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly event: TransactionEvent;
  readonly state: State;
  readonly outcome: string | null;
  readonly by_login: string | null;
  readonly call_id: string | null;
}

interface CallEntry {
  readonly id: string;
  readonly at: Date;
  readonly operation: string;
  readonly lines: number;
  readonly outcome: string;
  readonly duration_ms: number;
  readonly error: string | null;
}

/** A page of one transaction shows its latest entries; nobody reads more at one time. */
const mostEntries = 500;

/** The page of one transaction: everything known of it, masked by role. */
@Injectable()
export class TransactionViews {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws 404 where there is none, or none that the person may see. */
  async one(user: SignedInUser, shopId: string, id: string): Promise<TransactionView> {
    const row = await this.list.find(user, shopId, id);
    if (!row) throw problemOf(404);
    const stored = this.list.storedOrder(row);
    const { facts } = row;
    const masked = user.role === 'viewer';
    const shop = await this.shops.open(shopId);
    const { adapter } = shop;
    const listed = this.list.rowView(user, row);
    return {
      ...listed,
      stateSince: row.state_since.toISOString(),
      gateReason: gateOf(facts).reason,
      inFlight: inFlightOf(facts),
      cartSays: cartSaysOf(facts, stored),
      pushed: pushedOf(shop, row),
      attempts: attemptsOf(row, await paymentsOf(this.database.manager, shopId, id)),
      refusal: facts.refusal && {
        operation: facts.refusal.operation,
        reasons: facts.refusal.reasons,
        at: facts.refusal.at,
      },
      payload: stored && (await this.payloadOf(row, shop, { stored, masked })),
      buyer: stored && (masked ? maskParty(stored.order.buyer) : stored.order.buyer),
      parcels: (stored ? withWords(stored.order, shop.words).parcels : []).map(
        ({ carrier, slipNumber, shippedAt }) => ({
          carrier: carrierOf(carrier),
          slipNumber,
          shippedAt,
        }),
      ),
      corrections: Object.entries(stored?.corrections ?? {}).map(([path, correction]) => ({
        path,
        value: masked ? '＊＊' : correction.value,
        replaced: masked ? '＊＊' : (correction.replaced ?? ''),
      })),
      flags: stored?.order.flags ?? [],
      plannedShipOn: stored?.order.plannedShipOn ?? null,
      mall: stored?.order.mall ?? null,
      subscription: stored?.order.subscription ?? null,
      creditStart: creditStartOf(facts),
      buttons: buttonsOf(adapter, row, { actions: listed.actions, hasSlip: hasSlip(stored) }),
      reminders: remindersOf(adapter, row),
      instruction: stored && instructionFor(shop, facts, stored),
      expectedFees: stored && expectedFees(termsFor(shop, stored.order), facts.wanted.payload.billedYen),
      idForm: facts.rules.idForm,
      doubt: await this.doubt(row),
      secondIds: facts.strayIds,
      duplicate: await duplicateViewOf(
        { database: this.database, keyring: this.keyring, user },
        { shopId, transactionId: id },
        facts,
      ),
      reissue: reissueViewOf(facts, this.clock.now().toISOString()),
      timeline: await this.timeline(shopId, id),
    };
  }

  private async doubt({ shop_id: shopId, id, np_number: npNumber, facts }: ListedRow) {
    if (facts.inFlight?.phase !== 'lost') return null;
    const [row] = await this.database.query<{ connectionId: string; paused: boolean }[]>(
      `select c.id as "connectionId", c.recovery = 'down' is true as paused from transactions t
       join connections c on c.id = t.connection_id where t.shop_id = $1 and t.id = $2`,
      [shopId, id],
    );
    return row ? doubtViewOf(facts, { npNumber, ...row }) : null;
  }

  /** What NP is to have, as it was made when it was last read: a setting changed since says nothing of it. */
  private async payloadOf(
    row: ListedRow,
    shop: OpenShop,
    { stored, masked }: { readonly stored: StoredOrder; readonly masked: boolean },
  ): Promise<NpPayload> {
    const key = { shopId: row.shop_id, transactionId: row.id, hash: row.facts.wanted.payload.hash };
    const [kept] = await loadPayloads(this.database.manager, this.keyring, [key]);
    const payload = kept ?? toNpPayload(meantOrder(stored.order, shop), stored.corrections);
    return masked ? maskPayload(payload) : payload;
  }

  private async timeline(shopId: string, id: string): Promise<TimelineEntry[]> {
    const history = await this.database.query<HistoryEntry[]>(
      `select sequence, at, event, state, outcome, by_login, call_id from history
       where shop_id = $1 and transaction_id = $2 order by sequence desc limit ${mostEntries}`,
      [shopId, id],
    );
    const callIds = [...new Set(history.flatMap(({ call_id }) => (call_id ? [call_id] : [])))];
    const calls = await this.database.query<CallEntry[]>(
      `select id, at, operation, lines, outcome, duration_ms, error from calls where id = any($1::uuid[])`,
      [callIds],
    );
    return [...history.map(eventEntry), ...calls.map(callEntry)].sort(
      (one, other) => order(other) - order(one),
    );
  }
}

const order = (entry: TimelineEntry): number =>
  Date.parse(entry.at) + Number(entry.details['sequence'] ?? 0) / 1_000_000;

function eventEntry(entry: HistoryEntry): TimelineEntry {
  const { event } = entry;
  return {
    id: `event-${entry.sequence}`,
    at: entry.at.toISOString(),
    kind: 'event',
    name: event.type,
    attempt: 'attempt' in event ? event.attempt : null,
    state: entry.state,
    outcome: entry.outcome,
    reasons: 'reasons' in event ? [...event.reasons] : [],
    by: entry.by_login,
    details: { sequence: entry.sequence, ...detailsOf(event) },
  };
}

/** What of an event helps people: ids and figures, nothing personal. */
function detailsOf(event: TransactionEvent): TimelineEntry['details'] {
  if ('npTransactionId' in event) return { npTransactionId: event.npTransactionId };
  if ('operation' in event) return { operation: event.operation };
  if ('deadline' in event) return { deadline: event.deadline };
  if ('fixedAt' in event) return { fixedAt: event.fixedAt };
  if ('snapshot' in event) {
    const { snapshot } = event;
    return {
      billedYen: snapshot.payload.billedYen,
      cartWord: snapshot.npWord,
      problems: snapshot.problems.length,
      slipNumber: snapshot.shipment?.slipNumber ?? null,
    };
  }
  if (event.type === 'word-drift-found') return { shown: event.shown, expected: event.expected };
  return 'found' in event ? { found: event.found } : {};
}

const callEntry = (call: CallEntry): TimelineEntry => ({
  id: `call-${call.id}`,
  at: call.at.toISOString(),
  kind: 'call',
  name: call.operation,
  attempt: null,
  state: null,
  outcome: call.outcome,
  reasons: [] as Reason[],
  by: null,
  details: { lines: call.lines, durationMs: call.duration_ms, error: call.error },
});

const creditStartOf = ({ wanted }: Facts): TransactionView['creditStart'] =>
  wanted.creditDue ? null : (wanted.creditDueAt ?? 'by-hand');

/** The cart's own buttons, exactly where the cart shows them and the facts allow what they do. */
function buttonsOf(
  { buttons = [] }: CartAdapter,
  { state }: ListedRow,
  { actions, hasSlip }: { readonly actions: readonly Action[]; readonly hasSlip: boolean },
): TransactionView['buttons'] {
  return buttons
    .filter(({ action, states, needsSlip = false }) => {
      return states.includes(state) && (!needsSlip || hasSlip) && actions.includes(action);
    })
    .map(({ action, label }) => ({ action, label }));
}

const hasSlip = (stored: StoredOrder | null): boolean =>
  stored?.order.parcels.some(({ slipNumber }) => slipNumber.trim() !== '') ?? false;

/** What the cart is to do; a cart that cannot be asked leaves it to a person. */
function instructionFor(shop: OpenShop, facts: Facts, stored: StoredOrder): TransactionView['instruction'] {
  const name = instructionOf(facts, shop.policies, stored.order);
  if (!name) return null;
  const { instructions, push, file } = shop.adapter;
  const reaches = file !== undefined || (push?.enabled(shop.settings) ?? false);
  const byCart = reaches && (instructions?.includes(name) ?? false);
  return { name, byCart, askedAt: isInstructed(facts, name) ? (facts.instructed?.at ?? null) : null };
}

const remindersOf = ({ reminders = [] }: CartAdapter, { state }: ListedRow): TransactionView['reminders'] =>
  reminders.filter(({ states }) => states.includes(state)).map(({ text }) => text);

/** Our word for a carrier; the cart's own for one that nobody has mapped, or that NP takes no report for. */
const carrierOf = (carrier: Parcel['carrier']): string =>
  (carrier?.kind === 'mapped' && carrier.value !== 'unsupported' ? carrier.value : carrier?.raw) ?? '';

const inFlightOf = ({ inFlight }: Facts): TransactionView['inFlight'] =>
  inFlight && {
    operation: inFlight.operation,
    phase: inFlight.phase,
    since: inFlight.sentAt ?? inFlight.since,
    losses: inFlight.losses,
    arrived: inFlight.arrived,
  };

const cartSaysOf = (facts: Facts, stored: StoredOrder | null): TransactionView['cartSays'] => ({
  status: facts.cart.status,
  rawStatus: stored?.order.status.raw ?? '',
  payment: facts.cart.payment,
  rawPayment: stored?.order.payment.raw ?? '',
  npWord: stored?.order.npWord ?? facts.cart.npWord,
  seenAt: facts.cart.seenAt,
  missing: facts.cart.missing,
});

function attemptsOf(
  row: ListedRow,
  payments: Awaited<ReturnType<typeof paymentsOf>>,
): TransactionView['attempts'] {
  const current = currentAttempt(row.facts);
  return row.facts.attempts.map((attempt) => ({
    number: attempt.number,
    shopTransactionId: shopTransactionIdOf(row.np_number, attempt.number),
    npTransactionId: attempt.npTransactionId,
    live: attempt === current && isLive(attempt),
    creditResult: attempt.credit?.result ?? null,
    fixedAt: attempt.credit?.fixedAt ?? null,
    reportedSlip: attempt.reported?.slipNumber ?? null,
    cancelledAt: attempt.cancelledAt,
    lapsedAt: attempt.lapsedAt,
    paidAt: attempt.paidAt,
    payment: payments.get(attempt.number) ?? null,
  }));
}

const maskPayload = (payload: NpPayload): NpPayload => ({
  ...payload,
  customer: maskParty(payload.customer),
  destination: payload.destination && maskParty(payload.destination),
});

/** What was last shown in the cart, and the word that should be there but is not. */
function pushedOf(shop: OpenShop, row: ListedRow): TransactionView['pushed'] {
  const word = row.word_key ? shop.adapter.words[row.word_key] : null;
  // A word on its way, or one that the cart has refused, is not taken for shown.
  const arrived = row.pushed_at && row.push_error === null ? row.pushed_word : null;
  const unsent = typeof word === 'string' && word !== arrived ? word : null;
  const sends = shop.adapter.push?.enabled(shop.settings) ?? false;
  return {
    word: arrived,
    at: row.pushed_at?.toISOString() ?? null,
    unsent,
    waiting: unsent !== null && sends && row.push_error === null,
    error: row.push_error,
  };
}
