import type { BulkAction, BulkResults } from '@np-hub/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys } from './queries.js';

export interface TransactionKey {
  readonly shopId: string;
  readonly id: string;
}

/** No call of the API takes more. */
export const mostAtOnce = 1_000;
/** Small enough for the bar to move while a long selection is worked off. */
const chunkSize = 100;

export type BulkResult = BulkResults['results'][number];

interface BulkRun {
  readonly action: BulkAction;
  readonly keys: readonly TransactionKey[];
  /** Called with all results so far. */
  readonly onProgress: (results: readonly BulkResult[]) => void;
}

/** One action on up to a thousand transactions, in chunks, so that one can see it move. The answer holds every result. */
export function useBulkAction() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: async ({ action, keys: chosen, onProgress }: BulkRun) => {
      const results: BulkResult[] = [];
      for (let start = 0; start < chosen.length; start += chunkSize) {
        const body = { keys: chosen.slice(start, start + chunkSize) };
        const answer = await press({ action, body }, (key) =>
          call<BulkResults>('POST', `/transactions/bulk/${action}`, { body, key }),
        );
        if (!answer) return results;
        results.push(...answer.results);
        onProgress(results);
      }
      return results;
    },
    onSettled: () => void client.invalidateQueries({ queryKey: keys.transactions }),
  });
}
