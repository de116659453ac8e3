import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from './client.js';
import { keys } from './queries.js';

const pollMs = 5_000;

/** `live`: changes arrive by themselves. `polling`: the stream is down and the page asks every five seconds. */
export type LiveState = 'live' | 'polling';

/**
 * Keeps what is on the screen up to date: every `changed` of the stream refreshes the transactions. While the stream
 * is down the page asks by itself and tries to open the stream again. A tab that nobody sees has no stream, for a browser
 * has six connections to a host, and would have none left for the seventh tab; once it is seen it catches up.
 */
export function useLiveUpdates(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('polling');

  useEffect(() => {
    const refresh = () =>
      void client.invalidateQueries({
        queryKey: keys.transactions,
        // What is not there, or not to be seen, does not come by changes of others: asked again and again, it would flicker.
        predicate: ({ state: { data, error } }) =>
          data !== undefined || !(error instanceof ApiError && [403, 404].includes(error.status)),
      });
    let source: EventSource | null = null;
    let wasDown = false;

    const open = () => {
      source?.close();
      source = new EventSource('/api/v1/stream');
      source.addEventListener('open', () => {
        setState('live');
        if (wasDown) refresh();
        wasDown = false;
      });
      source.addEventListener('changed', refresh);
      source.addEventListener('error', () => {
        wasDown = true;
        setState('polling');
      });
    };

    const seen = () => {
      if (document.hidden) {
        source?.close();
        wasDown = true;
      } else open();
    };

    seen();
    document.addEventListener('visibilitychange', seen);
    const timer = setInterval(() => {
      if (document.hidden || source?.readyState === EventSource.OPEN) return;
      refresh();
      if (source?.readyState === EventSource.CLOSED) open();
    }, pollMs);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      source?.close();
    };
  }, [client]);

  return state;
}
