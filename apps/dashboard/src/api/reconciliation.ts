import type { FindingPage, FindingView, ReconciliationsView, ReconciliationView } from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys } from './queries.js';

const base = ['reconciliation'];
const quietMs = 15_000;
const busyMs = 1_000;

const runsPath = (shopId: string): string => `/shops/${encodeURIComponent(shopId)}/reconciliations`;

/** A shop's last reconciliations; asked for every second while one is under way. */
export const useReconciliations = (shopId: string) =>
  useQuery({
    queryKey: [...base, 'runs', shopId],
    queryFn: ({ signal }) => call<ReconciliationsView>('GET', runsPath(shopId), { signal }),
    refetchInterval: ({ state }) =>
      state.data?.runs.some(({ finishedAt }) => finishedAt === null) ? busyMs : quietMs,
  });

/** Asks for one now. */
export function useReconcile(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: () =>
      press(shopId, (key) => call<ReconciliationView>('POST', runsPath(shopId), { body: {}, key })),
    onSettled: () => void client.invalidateQueries({ queryKey: base }),
  });
}

/** Differences, the newest first; of every shop where none is named. */
export const useFindings = (shopId: string, onlyOpen: boolean) =>
  useInfiniteQuery({
    queryKey: [...base, 'findings', shopId, onlyOpen],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      if (shopId) parameters.set('shopId', shopId);
      if (onlyOpen) parameters.set('state', 'open');
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<FindingPage>('GET', `/findings?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    refetchInterval: quietMs / 3,
  });

/** Does what is offered for a difference, or puts it aside. */
export function useFindingStep(id: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (step: 'repair' | 'dismiss') =>
      press(step, (key) =>
        call<FindingView>('POST', `/findings/${encodeURIComponent(id)}/${step}`, { body: {}, key }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: base });
      void client.invalidateQueries({ queryKey: keys.transactions });
    },
  });
}
