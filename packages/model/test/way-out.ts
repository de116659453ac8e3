import {
  decide,
  endWanted,
  stateOf,
  type Facts,
  type InFlight,
  type Operation,
  type State,
  type TransactionEvent,
} from '../src/index.js';
import { now } from './alphabet.js';
import { npIdOf } from './support.js';

const stepsAtMost = 20;

/** Staff cancel, every call is made and answered well, and a person finds what was lost: where that ends. */
export function wayOut(start: Facts): State {
  let facts = start;
  for (let step = 0; step < stepsAtMost; step += 1) {
    const event = facts.inFlight ? nextOf(facts.inFlight) : wishOf(facts);
    const decision = event && decide(facts, event);
    if (!decision || decision.kind === 'refused') break;
    facts = decision.facts;
  }
  return stateOf(facts);
}

/** The last wish cannot be refused once all before is done: then this is the end. */
function wishOf(facts: Facts): TransactionEvent | null {
  if (!endWanted(facts)) return { type: 'cancel-requested', at: now };
  return stateOf(facts) === 'cancel-failed' ? { type: 'retry-requested', at: now } : null;
}

function nextOf({ operation, attempt, phase, resolution }: InFlight): TransactionEvent {
  if (phase === 'queued') return { type: 'operation-sent', at: now, attempt, operation, notBefore: null };
  if (phase !== 'lost' || resolution?.phase === 'sent')
    return doneOf(resolution?.operation ?? operation, attempt);
  if (!resolution) return { type: 'np-id-entered', at: now, npTransactionId: npIdOf(attempt) };
  return { type: 'operation-sent', at: now, attempt, operation: resolution.operation, notBefore: null };
}

function doneOf(operation: Operation, attempt: number): TransactionEvent {
  switch (operation) {
    case 'register':
      return { type: 'registration-accepted', at: now, attempt, npTransactionId: npIdOf(attempt) };
    case 'reissue':
      return { type: 'reissue-step-done', at: now, attempt, npTransactionId: npIdOf(attempt) };
    case 'amend':
      return { type: 'amendment-accepted', at: now, attempt };
    case 'cancel':
      return { type: 'cancellation-accepted', at: now, attempt };
    case 'report':
      return { type: 'report-accepted', at: now, attempt };
  }
}
