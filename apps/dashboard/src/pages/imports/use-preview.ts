import type { ImportView } from '@np-hub/model';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { importKey, seeAgain, type Reading } from '../../api/files.js';

/** Long enough for somebody who walks through choices with the arrow keys. */
const pauseMs = 250;

interface PreviewState {
  readonly reading: Reading;
  readonly change: (reading: Reading) => void;
  /** What is shown does not answer the reading yet. */
  readonly pending: boolean;
  readonly error: unknown;
}

/**
 * How a file is to be read, and the hub's own answer to it: asked for at first (choices of an earlier visit that were
 * never started are forgotten), and after each change, the latest alone counting.
 */
export function usePreview({
  id,
  shopId,
  layout,
}: Pick<ImportView, 'id' | 'shopId' | 'layout'>): PreviewState {
  const client = useQueryClient();
  const [reading, setReading] = useState<Reading>(layout === null ? {} : { layout });
  const [answered, setAnswered] = useState<Reading | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      seeAgain(shopId, id, reading, stop.signal).then(
        (view) => {
          if (stop.signal.aborted) return;
          client.setQueryData(importKey(shopId, id), view);
          setError(null);
          setAnswered(reading);
        },
        (failure: unknown) => {
          if (!stop.signal.aborted) setError(failure);
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, shopId, id, reading]);

  return { reading, change: setReading, pending: answered !== reading && error === null, error };
}
