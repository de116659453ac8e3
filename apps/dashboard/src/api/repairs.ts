import type { RepairGroup, RepairOrder, RepairPage, RepairResult } from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys } from './queries.js';

const groupsKey = [...keys.transactions, 'repairs'] as const;

/** The patterns that hold orders up, the one with most orders first. */
export const useRepairGroups = () =>
  useQuery({
    queryKey: groupsKey,
    queryFn: ({ signal }) => call<readonly RepairGroup[]>('GET', '/repairs', { signal }),
  });

export type Pattern = Pick<RepairGroup, 'kind' | 'name' | 'field'>;

/** The orders of a pattern with what might put them right. Not refreshed by itself: people are choosing in it. */
export const useRepairOrders = ({ kind, name, field }: Pattern) =>
  useInfiniteQuery({
    queryKey: ['repair-orders', kind, name, field],
    gcTime: 0,
    refetchOnWindowFocus: false,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({ kind, name, field });
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<RepairPage>('GET', `/repairs/orders?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
  });

export type Fields = NonNullable<RepairOrder['proposal']>['fields'];

export interface Repair {
  readonly shopId: string;
  readonly id: string;
  readonly fields: Fields;
}

/** Small enough for the bar to move while many orders are worked off. */
const chunkSize = 25;

interface RepairRun {
  readonly orders: readonly Repair[];
  /** Puts back what was there before. */
  readonly undo?: boolean;
  /** Called with all results so far. */
  readonly onProgress: (results: readonly RepairResult[]) => void;
}

/** Corrects many orders, in chunks, so that one can see it move. The answer holds every result. */
export function useRepair() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: async ({ orders, undo = false, onProgress }: RepairRun) => {
      const results: RepairResult[] = [];
      for (let start = 0; start < orders.length; start += chunkSize) {
        const body = { orders: orders.slice(start, start + chunkSize), undo };
        const answer = await press(body, (key) =>
          call<{ results: RepairResult[] }>('POST', '/repairs/apply', { body, key }),
        );
        if (!answer) return results;
        results.push(...answer.results);
        onProgress([...results]);
      }
      return results;
    },
    onSettled: () => void client.invalidateQueries({ queryKey: keys.transactions }),
  });
}
