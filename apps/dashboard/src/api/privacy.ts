import type { BuyerMatch, BuyerMatches, RetentionView } from '@np-hub/model';
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
