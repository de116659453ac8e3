import type { BuyerMatch, BuyerMatches, RetentionPreview, RetentionView } from '@np-hub/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { keys } from './queries.js';

const retentionKey = ['retention'];
const keysOf = (matches: readonly BuyerMatch[]) => ({
  keys: matches.map(({ shopId, id }) => ({ shopId, id })),
});

/** A search for a person: neither it nor what it found is kept. */
export const useFindBuyer = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (q: string) => call<BuyerMatches>('POST', '/privacy/buyers/find', { body: { q } }),
  });

export const useExportBuyer = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (matches: readonly BuyerMatch[]) =>
      call<readonly object[]>('POST', '/privacy/buyers/export', { body: keysOf(matches) }),
  });

export function useEraseBuyer() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (matches: readonly BuyerMatch[]) =>
      call<{ readonly erased: number }>('POST', '/privacy/buyers/erase', { body: keysOf(matches) }),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.transactions }),
  });
}

export const useRetention = () =>
  useQuery({
    queryKey: retentionKey,
    queryFn: ({ signal }) => call<RetentionView>('GET', '/privacy/retention', { signal }),
  });

export function useChangeRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RetentionView) => call<RetentionView>('PUT', '/privacy/retention', { body }),
    onSuccess: (view) => client.setQueryData(retentionKey, view),
  });
}

/** What the next run would erase under another retention. */
export const usePreviewRetention = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (body: RetentionView) =>
      call<RetentionPreview>('POST', '/privacy/retention/preview', { body }),
  });
