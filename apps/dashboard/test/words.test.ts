import type { Actor, State, TransactionRow } from '@np-hub/model';
import { en } from '../src/text/en.js';
import { ja } from '../src/text/ja.js';
import { nextOf, ownWord, shortTodo } from '../src/words.js';

const rowOf = (state: State, actor: Actor, kind: string | null) =>
  ({
    state,
    actor,
    attentions: [],
    deadline: kind && { kind, at: '2026-11-28T00:00:00.000Z' },
  }) as unknown as TransactionRow;

test.each([ja, en])('while a checkout is open nobody is asked to do what is for the cart to do', (text) => {
  for (const state of ['received', 'blocked', 'reviewing', 'approved', 'held', 'rejected'] as const) {
    const open = rowOf(state, 'none', 'checkout-open');
    expect(nextOf(open, text)).not.toBe(text.states[state].next);
    expect(nextOf(open, text)).toMatch(/^(操作は不要です。|Nothing to do\.)/u);
    expect(shortTodo(open, text)).toBeNull();
  }
});

test('what is left at a checkout that was placed, and a doubt at an open one, are for people', () => {
  expect(nextOf(rowOf('blocked', 'shop', null), ja)).toBe(ja.states.blocked.next);
  expect(nextOf(rowOf('in-doubt', 'shop', 'checkout-open'), ja)).toBe(ja.states['in-doubt'].next);
});

test('a cart that speaks in our own codes has no word of its own to be shown', () => {
  expect([
    ownWord('open', 'open'),
    ownWord('np', 'np'),
    ownWord('', 'open'),
    ownWord('入金待ち', 'open'),
  ]).toEqual([null, null, null, '入金待ち']);
});

test.each([ja, en])('the banner of an outage is made of whole sentences', ({ doubts: { troubles } }) => {
  for (const sentence of [
    troubles.since('10:00'),
    troubles.next('10:05'),
    troubles.trying,
    troubles.waiting(3),
  ])
    expect(sentence).toMatch(/^[^a-z].*[。.]$/u);
});
