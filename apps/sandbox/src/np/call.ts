import type { Merchant, Settings } from '../config.js';
import type { NpLedger, NpTransaction } from './ledger.js';
import type { ScriptedOperation } from './magic.js';
import { lapsedAtMsOf } from './review.js';
import type { WireError, WireResult } from './wire.js';

/** What an operation works with: one call of one merchant at one moment. */
export interface Call {
  readonly ledger: NpLedger;
  readonly settings: Settings;
  readonly merchant: Merchant;
  readonly nowMs: number;
}

/** The answer to one line. */
export type LineAnswer = { result: WireResult } | { error: WireError };

/** Refuses one line. */
export const refused = (id: string, codes: readonly string[]): LineAnswer => ({ error: { id, codes } });

/** The merchant's transaction with that id, or the answer that refuses the line. */
export function lookUp(call: Call, npTransactionId: string): NpTransaction | LineAnswer {
  const transaction = call.ledger.get(npTransactionId);
  const isTheirs = transaction?.merchantCode === call.merchant.merchantCode;
  return transaction && isTheirs ? transaction : refused(npTransactionId, ['E0100113']);
}

/** Whether the look-up already gave the answer. */
export const isAnswer = (found: NpTransaction | LineAnswer): found is LineAnswer => 'error' in found;

/** Cancelled or lapsed. */
export function isDead(call: Pick<Call, 'nowMs'>, transaction: NpTransaction): boolean {
  return transaction.cancelledAtMs !== null || lapsedAtMsOf(transaction, call.nowMs) !== null;
}

/** The codes with which this transaction refuses an operation by its script. */
export function scriptedRefusal(transaction: NpTransaction, operation: ScriptedOperation): readonly string[] {
  return transaction.outcome.refuse[operation] ?? [];
}
