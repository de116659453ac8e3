import type {
  NpFilePreview,
  NpFileView,
  NpListSource,
  NpRowKind,
  NpRowPage,
  TroubleView,
} from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey } from './press-key.js';
import { keys } from './queries.js';
import { upload } from './upload.js';

const listsKey = ['np-lists'] as const;
const troublesMs = 15_000;

/** The connections and carts that calls do not get through to. */
export const useTroubles = () =>
  useQuery({
    queryKey: ['troubles'],
    queryFn: ({ signal }) => call<readonly TroubleView[]>('GET', '/troubles', { signal }),
    refetchInterval: troublesMs,
  });

/** The connections whose lists can be taken in, with what is missing and the latest lists. */
export const useNpLists = () =>
  useQuery({
    queryKey: listsKey,
    queryFn: ({ signal }) => call<readonly NpListSource[]>('GET', '/np-lists', { signal }),
  });

/** How a list is to be read: columns by their headers; what is left out is found. */
export interface ListReading {
  readonly shopTransactionId?: string;
  readonly npTransactionId?: string;
}

const pathOf = (connectionId: string, rest: string, parameters: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(parameters).toString();
  return `/np-lists/${encodeURIComponent(connectionId)}${rest}${query === '' ? '' : `?${query}`}`;
};

const send = <Answer>(path: string, file: File): Promise<Answer> =>
  upload<Answer>(path, {
    file,
    key: newKey(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

/** What a list holds; nothing is stored. */
export const usePreviewList = (connectionId: string) =>
  useMutation({
    mutationFn: ({ file, reading }: { file: File; reading: ListReading }) =>
      send<NpFilePreview>(pathOf(connectionId, '/preview', { ...reading }), file),
  });

/** Takes a list in. */
export function useTakeList(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, reading, remember }: { file: File; reading: ListReading; remember: boolean }) =>
      send<NpFileView>(
        pathOf(connectionId, '', { ...reading, name: file.name, ...(remember ? { remember: '1' } : {}) }),
        file,
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: listsKey });
      void client.invalidateQueries({ queryKey: keys.transactions });
    },
  });
}

/** The rows of a list that was taken in, of one kind or all. */
export const useListRows = ({ connectionId, id }: NpFileView, kind: NpRowKind | null) =>
  useInfiniteQuery({
    queryKey: [...listsKey, id, kind],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = {
        ...(kind === null ? {} : { kind }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return call<NpRowPage>('GET', pathOf(connectionId, `/${encodeURIComponent(id)}/rows`, parameters), {
        signal,
      });
    },
    getNextPageParam: (page) => page.next,
  });
