import type { Settings } from '../config.js';
import { japanDate } from '../japan-time.js';
import { type Call, isAnswer, isDead, type LineAnswer, lookUp, refused, scriptedRefusal } from './call.js';
import type { NpLedger, NpTransaction } from './ledger.js';
import { type Outcome, readMagic } from './magic.js';
import { dueTimes, paidAtMsOf, requiredDate, reviewOf } from './review.js';
import { amountCodes, identityCodes, transactionCodes } from './validate.js';
import {
  fieldsOf,
  sandboxCodes,
  textOf,
  type WireParty,
  type WireResult,
  type WireTransaction,
} from './wire.js';

/** The magic of a payload: the buyer's name, company, department and address, and the amount. */
function magicOf(payload: WireTransaction, settings: Settings): Outcome {
  const customer = fieldsOf(payload.customer);
  const texts = ['customer_name', 'company_name', 'department_name', 'address'].map((field) =>
    textOf(customer[field]),
  );
  return readMagic(texts, Number(payload.billed_amount), settings);
}

/** The fields that begin a review of `outcome`. */
function newReview(call: Call, outcome: Outcome, delayMs: number) {
  const { settings, nowMs } = call;
  return {
    outcome,
    outcomeSetAtMs: null,
    reviewStartedAtMs: nowMs,
    reviewDelayMs: delayMs,
    ...dueTimes(outcome, nowMs + delayMs, settings),
    printedAtMs: outcome.unprinted ? null : nowMs,
  };
}

const reviewDelayOf = ({ merchant, settings }: Call): number =>
  merchant.mode === 'real-time' ? 0 : settings.reviewDelayMs;

/** A fresh transaction. One that re-registers `base` has its result at once, in both modes. */
function newTransaction(
  call: Call,
  payload: WireTransaction,
  outcome: Outcome,
  base: { readonly npTransactionId: string } | null,
): NpTransaction {
  const delayMs = base ? 0 : reviewDelayOf(call);
  return {
    npTransactionId: call.ledger.nextId(),
    merchantCode: call.merchant.merchantCode,
    shopTransactionId: textOf(payload.shop_transaction_id),
    registeredAtMs: call.nowMs,
    baseNpTransactionId: base?.npTransactionId ?? null,
    payload,
    edits: 0,
    ...newReview(call, outcome, delayMs),
    lapsedAtMs: null,
    staleLeft: 0,
    staleFixedAtMs: 0,
    report: null,
    payDueMs: null,
    paidAtMs: null,
    cancelledAtMs: null,
    reregisteredAs: null,
  };
}

/** The credit fields of an answer. Asynchronous merchants get them by find only. */
function creditFields(call: Call, transaction: NpTransaction): Partial<WireResult> {
  const review = reviewOf(transaction, call.nowMs);
  return {
    authori_result: review.result,
    ...(review.fixedAtMs === null
      ? {}
      : { authori_required_date: requiredDate(review.fixedAtMs, call.settings.requiredDateFormat) }),
    ...(review.ng === null ? {} : { authori_ng: review.ng }),
    ...(review.holds.length === 0 ? {} : { authori_hold: review.holds }),
  };
}

const idsOf = ({ shopTransactionId, npTransactionId }: NpTransaction) => ({
  shop_transaction_id: shopTransactionId,
  np_transaction_id: npTransactionId,
});

function isDuplicate(call: Call, payload: WireTransaction): boolean {
  if (!(call.merchant.duplicateGuard ?? call.settings.duplicateGuard)) return false;
  const monthAgo = new Date(call.nowMs);
  monthAgo.setUTCMonth(monthAgo.getUTCMonth() - 1);
  return call.ledger
    .withShopTransactionId(textOf(payload.shop_transaction_id))
    .some(
      (known) =>
        known.merchantCode === call.merchant.merchantCode &&
        known.payload.billed_amount === payload.billed_amount &&
        known.registeredAtMs >= monthAgo.getTime(),
    );
}

/** The outcome to follow: what the control API prepared, else the magic of the payload. */
function outcomeOf(call: Call, shopTransactionId: string, payload: WireTransaction): Outcome {
  return call.ledger.outcomeFor(shopTransactionId) ?? magicOf(payload, call.settings);
}

/** Takes a prepared outcome back that was meant for one time. */
function endPreparedOnce(call: Call, shopTransactionId: string): void {
  if (call.ledger.outcomeFor(shopTransactionId)?.onlyOnce)
    call.ledger.prepareOutcome(shopTransactionId, null);
}

/** The same, where it is asked for the last time: an outcome for the next decision alone is taken back. */
function decidingOutcome(call: Call, shopTransactionId: string, payload: WireTransaction): Outcome {
  const outcome = outcomeOf(call, shopTransactionId, payload);
  if (outcome.onlyNext) call.ledger.prepareOutcome(shopTransactionId, null);
  return outcome;
}

/** Registers one transaction (section 0). */
export function register(call: Call, line: Record<string, unknown>): LineAnswer {
  const payload: WireTransaction = line;
  const id = textOf(payload.shop_transaction_id);
  const codes = transactionCodes(payload, call.settings);
  if (codes.length > 0) return refused(id, codes);
  const outcome = decidingOutcome(call, id, payload);
  if (outcome.refuse.register?.length) {
    endPreparedOnce(call, id);
    return refused(id, outcome.refuse.register);
  }
  if (isDuplicate(call, payload)) return refused(id, [call.settings.duplicateGuardCode]);
  const transaction = newTransaction(call, payload, outcome, null);
  call.ledger.add(transaction);
  const credit = call.merchant.mode === 'real-time' ? creditFields(call, transaction) : {};
  return { result: { ...idsOf(transaction), ...credit } };
}

/** assumed: a party that brings all required fields replaces the former one; otherwise its fields are merged. */
function mergeParty(former: WireParty | undefined, change: unknown): WireParty | undefined {
  if (change === undefined || change === null) return former;
  const fields = fieldsOf(change);
  const isWhole = ['customer_name', 'zip_code', 'address', 'tel'].every((name) => name in fields);
  return isWhole ? fields : { ...former, ...fields };
}

function editedPayload(former: WireTransaction, line: Record<string, unknown>): WireTransaction {
  const { np_transaction_id: _id, shop_transaction_id: _shopId, ...changes } = line;
  const edited: WireTransaction = { ...former, ...changes };
  const customer = mergeParty(former.customer, line.customer);
  const destination = mergeParty(former.dest_customer, line.dest_customer);
  if (customer) edited.customer = customer;
  if (destination) edited.dest_customer = destination;
  return edited;
}

/** Changes one transaction. Every accepted edit begins a new review, an identical one too. */
export function edit(call: Call, npTransactionId: string, line: Record<string, unknown>): LineAnswer {
  const transaction = lookUp(call, npTransactionId);
  if (isAnswer(transaction)) return transaction;
  if (isDead(call, transaction)) return refused(npTransactionId, ['E0100114']);
  if (transaction.report) return refused(npTransactionId, ['E0100115']);
  const payload = editedPayload(transaction.payload, line);
  const codes = transactionCodes(payload, call.settings);
  if (codes.length > 0) return refused(npTransactionId, codes);
  const id = transaction.shopTransactionId;
  const refusal = outcomeOf(call, id, payload).refuse.edit;
  endPreparedOnce(call, id);
  const outcome = decidingOutcome(call, id, payload);
  if (refusal?.length) return refused(npTransactionId, refusal);
  const former = reviewOf(transaction, call.nowMs);
  const isStale = former.result === '00' && (outcome.stale || transaction.outcome.stale);
  call.ledger.change(transaction, {
    payload,
    edits: transaction.edits + 1,
    ...newReview(call, outcome, reviewDelayOf(call)),
    printedAtMs: transaction.printedAtMs ?? (outcome.unprinted ? null : call.nowMs),
    staleLeft: isStale ? call.settings.staleFinds : 0,
    staleFixedAtMs: former.fixedAtMs ?? 0,
  });
  const credit = call.merchant.mode === 'real-time' ? creditFields(call, transaction) : {};
  return { result: { ...idsOf(transaction), ...credit } };
}

/** Cancels one transaction. */
export function cancel(call: Call, npTransactionId: string): LineAnswer {
  const transaction = lookUp(call, npTransactionId);
  if (isAnswer(transaction)) return transaction;
  if (isDead(call, transaction)) return refused(npTransactionId, ['E0100114']);
  if (paidAtMsOf(transaction, call.nowMs) !== null) return refused(npTransactionId, ['E0100118']);
  const refusal = scriptedRefusal(transaction, 'cancel');
  if (refusal.length > 0) return refused(npTransactionId, refusal);
  call.ledger.change(transaction, { cancelledAtMs: call.nowMs });
  return { result: { np_transaction_id: npTransactionId } };
}

function chainLength(ledger: NpLedger, transaction: NpTransaction): number {
  let length = 0;
  for (
    let current: NpTransaction | undefined = transaction;
    current?.baseNpTransactionId;
    current = ledger.get(current.baseNpTransactionId)
  ) {
    length += 1;
  }
  return length;
}

function reregisterCodes(call: Call, base: NpTransaction, line: WireTransaction): readonly string[] {
  if (base.reregisteredAs !== null) return ['E0131006'];
  if (chainLength(call.ledger, base) >= call.settings.reregisterLimit) return ['E0131011'];
  const codes = [...identityCodes(line), ...amountCodes(line)];
  if (Number(line.billed_amount) > Number(base.payload.billed_amount)) codes.push('E0131010');
  if (codes.length > 0) return codes;
  if (base.report === null || base.cancelledAtMs === null) return [sandboxCodes.baseNotCancelled];
  if (isDuplicate(call, line)) return [call.settings.duplicateGuardCode];
  return scriptedRefusal(base, 'reregister');
}

/** Registers what is left of a reported and cancelled transaction. The result comes in the answer in both modes. */
export function reregister(call: Call, baseId: string, line: Record<string, unknown>): LineAnswer {
  const base = lookUp(call, baseId);
  if (isAnswer(base)) return base;
  const codes = reregisterCodes(call, base, line);
  if (codes.length > 0) return refused(baseId, codes);
  const { base_np_transaction_id: _base, ...changes } = line;
  const payload = { ...base.payload, ...changes };
  const outcome = outcomeOf(call, textOf(line.shop_transaction_id), payload);
  const transaction = newTransaction(call, payload, outcome, base);
  call.ledger.add(transaction);
  call.ledger.change(base, { reregisteredAs: transaction.npTransactionId });
  return {
    result: { base_np_transaction_id: baseId, ...idsOf(transaction), ...creditFields(call, transaction) },
  };
}

/** The credit result of one transaction. */
export function findCredit(call: Call, npTransactionId: string): LineAnswer {
  const transaction = lookUp(call, npTransactionId);
  if (isAnswer(transaction)) return transaction;
  if (call.settings.findAfterCancel === 'refuse' && isDead(call, transaction)) {
    return refused(npTransactionId, ['E0100114']);
  }
  if (transaction.staleLeft > 0) {
    call.ledger.change(transaction, { staleLeft: transaction.staleLeft - 1 });
    const stale = requiredDate(transaction.staleFixedAtMs, call.settings.requiredDateFormat);
    return { result: { ...idsOf(transaction), authori_result: '00', authori_required_date: stale } };
  }
  return { result: { ...idsOf(transaction), ...creditFields(call, transaction) } };
}

/** Whether the buyer of one transaction has paid. */
export function findPayment(call: Call, npTransactionId: string): LineAnswer {
  const transaction = lookUp(call, npTransactionId);
  if (isAnswer(transaction)) return transaction;
  const paidAtMs = paidAtMsOf(transaction, call.nowMs);
  if (paidAtMs === null) return { result: { np_transaction_id: npTransactionId, payment_status: '10' } };
  if (transaction.outcome.undisclosed) {
    return { result: { np_transaction_id: npTransactionId, payment_status: '30' } };
  }
  return {
    result: {
      np_transaction_id: npTransactionId,
      payment_status: '20',
      customer_payment_date: japanDate(paidAtMs),
    },
  };
}
