import { useCallback, useRef } from 'react';
import { ApiError } from './client.js';

/** A key no other press has. `crypto.randomUUID` exists only on https and localhost; the hub may run on plain http. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Runs writes with one `Idempotency-Key` a press. While one is under way, a second press does nothing and gives null (a
 * double click sends once). Where no answer came, the next press with the same content takes the same key, so that
 * work which was done after all is not done twice.
 */
export function usePressKey(): <Answer>(
  content: unknown,
  write: (key: string) => Promise<Answer>,
) => Promise<Answer | null> {
  const open = useRef<{ key: string; content: string } | null>(null);
  const running = useRef(false);
  return useCallback(async (content, write) => {
    if (running.current) return null;
    running.current = true;
    const text = JSON.stringify(content);
    const key = open.current?.content === text ? open.current.key : newKey();
    open.current = { key, content: text };
    try {
      const answer = await write(key);
      open.current = null;
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError && error.unanswered)) open.current = null;
      throw error;
    } finally {
      running.current = false;
    }
  }, []);
}
