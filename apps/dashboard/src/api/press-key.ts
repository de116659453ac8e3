import { useState } from 'react';
import { ApiError } from './client.js';

/** A key no other press has. `crypto.randomUUID` exists only on https and localhost; the hub may run on plain http. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Runs writes with one `Idempotency-Key` a press. While one is under way, a second press with the same content (a double
 * click) sends nothing and gets the answer of the first, and one with other content gives null. Where no answer came,
 * the next press with the same content takes the same key, so that work which was done after all is not done twice.
 */
export function pressKeys(): <Answer>(
  content: unknown,
  write: (key: string) => Promise<Answer>,
) => Promise<Answer | null> {
  let open: { key: string; content: string } | null = null;
  let running: { content: string; answer: Promise<unknown> } | null = null;
  return async <Answer>(given: unknown, write: (key: string) => Promise<Answer>) => {
    const content = JSON.stringify(given);
    if (running) return running.content === content ? (running.answer as Promise<Answer>) : null;
    const key = open?.content === content ? open.key : newKey();
    open = { key, content };
    try {
      const answer = write(key);
      running = { content, answer };
      await answer;
      open = null;
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError && error.unanswered)) open = null;
      throw error;
    } finally {
      running = null;
    }
  };
}

/** The presses of one button of a page (`pressKeys`). */
export function usePressKey(): ReturnType<typeof pressKeys> {
  return useState(pressKeys)[0];
}
