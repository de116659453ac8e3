import type { FindView } from '@np-hub/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from './client.js';
import { keys } from './queries.js';

/** What a search text finds, over every shop that one may see; nothing is asked while there is no text. */
export const useFind = (text: string) =>
  useQuery({
    queryKey: [...keys.transactions, 'find', text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call<FindView>('GET', `/find?${new URLSearchParams({ q: text })}`, { signal }),
  });
