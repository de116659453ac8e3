import type {
  ImportPage,
  ImportPreview,
  ImportRowKind,
  ImportRowPage,
  ImportView,
  ResultFileView,
  ResultsView,
  ShopFilesView,
} from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey, usePressKey } from './press-key.js';
import { keys } from './queries.js';

const busyMs = 1_000;
const idleMs = 5_000;

/** Where a shop's files are, after `/api/v1`. */
const shopPath = (shopId: string): string => `/shops/${encodeURIComponent(shopId)}`;
export const importsPath = (shopId: string): string => `${shopPath(shopId)}/imports`;
const importPath = (shopId: string, importId: string): string =>
  `${importsPath(shopId)}/${encodeURIComponent(importId)}`;

/** Address of the refused rows of an import, each with the reason; a download. */
export const refusedRowsAddress = (shopId: string, importId: string): string =>
  `/api/v1${importPath(shopId, importId)}/refused.csv`;

/** Address of a result file; a download. */
export const resultFileAddress = (shopId: string, fileId: string): string =>
  `/api/v1${shopPath(shopId)}/results/${encodeURIComponent(fileId)}/content`;

const filesKey = (shopId: string) => ['files', shopId];

/** What a shop's files look like, and its watched folder. */
export const useShopFiles = (shopId: string) =>
  useQuery({
    queryKey: [...filesKey(shopId), 'layouts'],
    queryFn: ({ signal }) => call<ShopFilesView>('GET', `${shopPath(shopId)}/files`, { signal }),
    enabled: shopId !== '',
  });

/** True while an import changes by itself. */
export const isUnderWay = ({ state }: Pick<ImportView, 'state'>): boolean =>
  state === 'running' || state === 'waiting';

/** The imports of a shop in pages, newest first; asked for more often while one runs. */
export const useImports = (shopId: string) =>
  useInfiniteQuery({
    queryKey: [...filesKey(shopId), 'imports'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `?after=${encodeURIComponent(pageParam)}`;
      return call<ImportPage>('GET', `${importsPath(shopId)}${after}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.rows.some(isUnderWay)) ? busyMs : idleMs,
    enabled: shopId !== '',
  });

export const importKey = (shopId: string, importId: string) => [...filesKey(shopId), 'import', importId];

export const useImport = (shopId: string, importId: string) =>
  useQuery({
    queryKey: importKey(shopId, importId),
    queryFn: ({ signal }) => call<ImportView>('GET', importPath(shopId, importId), { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? busyMs : false),
  });

/** What became of each row, in the order of the file. A new `version` asks again. */
export const useImportRows = (
  { shopId, id }: Pick<ImportView, 'shopId' | 'id'>,
  kind: ImportRowKind | null,
  version: string,
) =>
  useInfiniteQuery({
    queryKey: [...importKey(shopId, id), 'rows', kind, version],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      if (kind !== null) parameters.set('kind', kind);
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<ImportRowPage>('GET', `${importPath(shopId, id)}/rows?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
  });

/** How a file is to be read, where that is not what the hub found. */
export interface Reading {
  readonly layout?: string;
  readonly encoding?: ImportPreview['encoding'];
  readonly header?: boolean;
  /** Column by name → header, or position from 0; null: the file does not have it. */
  readonly columns?: Readonly<Record<string, string | number | null>>;
}

/** The import with its file seen in this way; nothing is taken in. */
export const seeAgain = (
  shopId: string,
  importId: string,
  reading: Reading,
  signal: AbortSignal,
): Promise<ImportView> =>
  call<ImportView>('POST', `${importPath(shopId, importId)}/preview`, {
    body: reading,
    key: newKey(),
    signal,
  });

export type ImportStep = 'start' | 'accept-older' | 'discard';

/** One step of one import; the answer is the import as it then stands. */
export function useImportStep(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: ({
      importId,
      step,
      body,
    }: {
      importId: string;
      step: ImportStep;
      body: Reading & { remember?: boolean };
    }) =>
      press({ importId, step, body }, (key) =>
        call<ImportView>('POST', `${importPath(shopId, importId)}/${step}`, { body, key }),
      ),
    onSuccess: (view) => {
      if (view) client.setQueryData(importKey(shopId, view.id), view);
      void client.invalidateQueries({ queryKey: [...filesKey(shopId), 'imports'] });
      void client.invalidateQueries({ queryKey: keys.transactions });
      void client.invalidateQueries({ queryKey: keys.unmapped });
    },
  });
}

/** How many words wait for a file, and the files made so far. */
export const useResults = (shopId: string) =>
  useQuery({
    queryKey: [...filesKey(shopId), 'results'],
    queryFn: ({ signal }) => call<ResultsView>('GET', `${shopPath(shopId)}/results`, { signal }),
    refetchInterval: idleMs,
    enabled: shopId !== '',
  });

/** Makes a file of all words that wait; undefined where none did. */
export function useMakeResults(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: () =>
      press({}, (key) =>
        call<ResultFileView | undefined>('POST', `${shopPath(shopId)}/results`, { body: {}, key }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...filesKey(shopId), 'results'] });
      void client.invalidateQueries({ queryKey: keys.transactions });
    },
  });
}

/** Keeps how the columns of one kind of file are read for this shop. */
export function useSaveColumns(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: ({ layout, columns }: { layout: string; columns: NonNullable<Reading['columns']> }) =>
      press({ layout, columns }, (key) =>
        call<unknown>('PUT', `${shopPath(shopId)}/files/${encodeURIComponent(layout)}/columns`, {
          body: { columns },
          key,
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: filesKey(shopId) }),
  });
}

/** What an import has changed is to be shown everywhere. */
export function useForgetImports(shopId: string): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: filesKey(shopId) });
  };
}
