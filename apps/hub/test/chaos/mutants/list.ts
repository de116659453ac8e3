import type { Faults } from '../simulation/faults.js';
import type { SimulationOptions } from '../simulation/terms.js';
import type { Findings } from '../simulation/verdict.js';
import type { Cut } from './without.js';

/** A guard, and what the sources (or the schema) would be without it. */
export interface Mutant extends Pick<SimulationOptions, 'aim' | 'cart' | 'sql' | 'turns'> {
  readonly name: string;
  readonly guard: string;
  readonly cuts: readonly Cut[];
  /** Faults that this guard is there for, where they are to happen more often than usual. */
  readonly faults?: Partial<Faults>;
  readonly kills?: number;
  /** What has to be found, where another guard that is cut as well shows by itself: without the guard before, this one's absence is to show. */
  readonly by?: keyof Findings | 'thrown';
}

const dispatch = 'apps/hub/src/dispatch';
const store = 'apps/hub/src/transactions/store.ts';
const model = 'packages/model/src';
const np = 'packages/gateway-np-connect-pro/src';

const withoutTurns: Cut = {
  file: 'apps/hub/src/intake/sales.ts',
  from: ': takeTurns(manager, merchants),',
  to: ': takeTurns.toString(),',
};

const withoutLastLook: Cut = {
  file: `${dispatch}/departures.ts`,
  from: `if (claimed.length === 0) return claimed;`,
  to: `if (claimed.length >= 0) return claimed;`,
};

export const mutants: readonly Mutant[] = [
  {
    name: 'version-check',
    guard: 'the version in the UPDATE: a row that changed since it was read is not written',
    cuts: [{ file: store, from: ' and t.version = n.expected', to: '' }],
    faults: { unlocked: 0.4 },
  },
  {
    name: 'intent-record',
    guard: 'the intent is committed before the call: here it is written together with the answer',
    cuts: [
      {
        file: `${dispatch}/write-worker.ts`,
        from: 'return await this.database.transaction((manager) => this.prepare(manager, group, limit, lease));',
        to: `let prepared: readonly Prepared[] = [];
      await this.database
        .transaction(async (manager) => {
          prepared = await this.prepare(manager, group, limit, lease);
          throw new Error('taken back');
        })
        .catch((error: Error) => {
          if (error.message !== 'taken back') throw error;
        });
      return prepared;`,
      },
      {
        file: `${dispatch}/write-worker.ts`,
        from: 'const [locked, held] = await atOnce([',
        to: `await this.transactions.lock(manager, prepared);
      await this.prepare(manager, group, prepared.length, lease);
      const [locked, held] = await atOnce([`,
      },
    ],
    kills: 0.04,
  },
  {
    name: 'lost-answer-is-doubt',
    guard: 'a call whose answer was lost is in doubt: here it is sent again, as if it had never left',
    cuts: [
      {
        file: `${np}/calls.ts`,
        from: 'return lines.map(() => ({ ...lost(error.message), failure: error.kind }));',
        to: `throw new IoError('unavailable', error.message, { applied: 'no' });`,
      },
    ],
    faults: { 'lost-answer': 0.3 },
  },
  {
    name: 'unmentioned-line-is-doubt',
    guard: 'a line that the answer does not mention is in doubt: here it counts as refused',
    cuts: [
      {
        file: `${np}/answers.ts`,
        from: `return codes.length === 0 ? lost('the answer does not mention the line') : reader.refused(codes);`,
        to: 'return reader.refused(codes);',
      },
    ],
    faults: { 'half-batch': 0.5, 'lost-answer': 0, 'lost-request': 0, 'server-error': 0 },
  },
  {
    name: 'expired-lease-is-doubt',
    guard: 'an expired lease with an intent is in doubt: here the call is made again',
    cuts: [
      {
        file: `${dispatch}/reaper.ts`,
        from: `event: { type: 'answer-lost', operation, attempt, at: now },`,
        to: `event: { type: 'operation-returned', operation, attempt, at: now, notBefore: null },`,
      },
    ],
    faults: { 'late-answer': 0.3 },
    kills: 0.08,
  },
  {
    name: 'lease-token',
    guard: 'only who holds the lease ends it',
    cuts: [
      {
        file: `${dispatch}/claims.ts`,
        from: 'and e.lane = $1 and e.token = k.token returning e.transaction_id as id`',
        to: 'and e.lane = $1 returning e.transaction_id as id`',
      },
    ],
    faults: { 'late-answer': 0.4 },
  },
  {
    name: 'one-sale-one-shop',
    guard: 'of two shops that read one order at the same moment, the second sees that the first has it',
    cuts: [withoutTurns],
    faults: { 'slow-transaction': 0.3 },
    cart: 'twice',
  },
  {
    name: 'one-sale-one-registration',
    guard:
      'an order that another shop of the merchant has taken on is not registered again (before the index has to say so)',
    cuts: [withoutTurns, withoutLastLook],
    faults: { 'slow-transaction': 0.3 },
    turns: { rush: 30, pull: 12 },
    by: 'thrown',
    cart: 'twice',
  },
  {
    name: 'one-live-index',
    guard: 'the partial unique index: one live attempt an order',
    cuts: [withoutTurns, withoutLastLook],
    sql: 'drop index attempts_one_live',
    faults: { 'slow-transaction': 0.4 },
    turns: { rush: 30, pull: 12 },
    by: 'double',
    cart: 'twice',
  },
  {
    name: 'refused-as-duplicate',
    guard: '“duplicate” proves that NP has the registration whose answer was lost: here it counts as refused',
    cuts: [
      {
        file: `${model}/apply-gateway.ts`,
        from: 'if (duplicate || probing) {',
        to: 'if (probing && losesAll()) {',
      },
      {
        file: `${model}/apply-gateway.ts`,
        from: 'function refusedRegistration(',
        to: `const losesAll = (): boolean => false;
function refusedRegistration(`,
      },
      {
        file: `${model}/apply-gateway.ts`,
        from: `if (inFlight.losses > 1) return 'not-expected';
  const refused`,
        to: 'const refused',
      },
    ],
    cart: 'guarded',
    aim: { call: '/transactions', faults: { 'lost-answer': 0.6 } },
  },
  {
    name: 'repeated-cancel-proves',
    guard: '“already cancelled” answers our own cancel whose answer was lost',
    cuts: [
      {
        file: `${model}/apply-gateway.ts`,
        from: `if (event.proves === 'already-cancelled') {`,
        to: `if (event.proves === 'already-cancelled' && operation !== 'cancel') {`,
      },
    ],
    aim: { call: '/transactions/cancel', faults: { 'lost-answer': 0.6 } },
  },
  {
    name: 'repeated-report-proves',
    guard: '“already reported” answers our own report whose answer was lost',
    cuts: [
      {
        file: `${model}/apply-gateway.ts`,
        from: `if (event.proves === 'already-reported' || event.proves === 'already-paid') {`,
        to: `if (event.proves === 'already-paid') {`,
      },
    ],
    aim: { call: '/shipments', faults: { 'lost-answer': 0.6 } },
  },
  {
    name: 'stale-readings',
    guard: 'a reading older than what is known is not taken (at the door, and by the machine)',
    cuts: [
      {
        file: 'apps/hub/src/intake/intake.ts',
        from: `const isRefused = isOlder && older === 'refuse' && !read.isAccepted;`,
        to: `const isRefused = isOlder && older === 'accept' && madeAt === '';`,
      },
      {
        file: 'apps/hub/src/intake/intake.ts',
        from: 'seenAt: isEarlier ? knownAt : madeAt,',
        to: `seenAt: madeAt ?? knownAt,`,
      },
      {
        file: `${model}/apply-cart.ts`,
        from: `export function applyCartChange(facts: Facts, event: CartChange): Applied {
  if (event.seenAt < facts.cart.seenAt) return 'stale';`,
        to: `export function applyCartChange(facts: Facts, event: CartChange): Applied {`,
      },
    ],
    aim: { call: '/makeshop/v1/graphql', faults: { 'late-answer': 0.6 } },
    turns: { pull: 40, person: 60, advance: 30 },
  },
  {
    name: 'credit-proof',
    guard: 'a result counts for an edited order only where it is provably newer than the edit',
    cuts: [
      {
        file: `${model}/apply-credit.ts`,
        from: '!attempt.amended || attempt.pendingSeen || newer || inAnswer ||',
        to: 'newer || !newer || inAnswer ||',
      },
    ],
    faults: { 'stale-answer': 1 },
  },
  {
    name: 'cancel-outranks',
    guard: 'a wanted cancel outranks a report',
    cuts: [
      {
        file: `${model}/plan.ts`,
        from: `if (endWanted(facts) || facts.wanted.reissue?.base === attempt.number) {`,
        to: `const first = attempt.reported || attempt.paidAt ? null : planReport(facts, attempt);
  if (first) return first;
  if (endWanted(facts) || facts.wanted.reissue?.base === attempt.number) {`,
      },
    ],
    aim: { call: '/shipments', faults: { throttled: 0.6 } },
    turns: { desk: 40 },
  },
  {
    name: 'one-live-attempt',
    guard: 'a new attempt begins only when those before are proven dead',
    cuts: [
      {
        file: `${model}/plan.ts`,
        from: 'if (facts.attempts.some(isLive)) return false;',
        to: '',
      },
      {
        file: `${model}/plan.ts`,
        from: '  if (attempt.reported || attempt.paidAt) return null;\n  return planReport(facts, attempt) ?? planAmend(facts, attempt);',
        to: '  if (attempt.reported || attempt.paidAt) return null;\n  return planReport(facts, attempt);',
      },
    ],
  },
];
