import type { UnmappedWordView, WordAxis, WordMapView } from '@np-hub/model';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys } from './queries.js';

const refetchMs = 15_000;

/** Words of the carts without a meaning, with the orders that wait for one. */
export const useUnmapped = () =>
  useQuery({
    queryKey: keys.unmapped,
    queryFn: ({ signal }) => call<readonly UnmappedWordView[]>('GET', '/unmapped', { signal }),
    refetchInterval: refetchMs,
  });

const wordsPath = (shopId: string): string => `/shops/${encodeURIComponent(shopId)}/words`;
const wordsKey = (shopId: string) => [...keys.unmapped, 'mapped', shopId];

/** The words of a shop that people have given a meaning. */
export const useMappedWords = (shopId: string) =>
  useQuery({
    queryKey: wordsKey(shopId),
    queryFn: ({ signal }) => call<readonly WordMapView[]>('GET', wordsPath(shopId), { signal }),
  });

const refresh = (client: QueryClient) => {
  void client.invalidateQueries({ queryKey: keys.unmapped });
  void client.invalidateQueries({ queryKey: keys.transactions });
};

interface Word {
  readonly axis: WordAxis;
  readonly raw: string;
}

/** Gives a word its meaning; the answer says how many orders go on. */
export function useMapWord(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: Word & { value: string }) =>
      press(body, (key) => call<{ resolved: number }>('PUT', wordsPath(shopId), { body, key })),
    onSettled: () => refresh(client),
  });
}

/** Takes the meaning of a word away. */
export function useUnmapWord(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: Word) =>
      press(body, (key) => call<unknown>('DELETE', wordsPath(shopId), { body, key })),
    onSettled: () => refresh(client),
  });
}
