import type {
  CodeCardView,
  ConnectionView,
  Counts,
  RunView,
  SessionView,
  ShopView,
  TransactionPage,
  TransactionView,
} from '@np-hub/model';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ApiError, call } from './client.js';
import { writeFilters, type Filters } from './filters.js';
import type { Choice } from './types.js';

/** Names of what is cached. Everything that a change of a transaction can touch begins with `transactions`. */
export const keys = {
  session: ['session'],
  /** True once a session has ended by itself; forgotten with the next sign-in. */
  sessionEnded: ['session-ended'],
  transactions: ['transactions'],
  shops: ['shops'],
  connections: ['connections'],
  unmapped: ['unmapped'],
} as const;

/** Who is signed in; null where nobody is. */
export const useSession = () =>
  useQuery({
    queryKey: keys.session,
    staleTime: 300_000,
    queryFn: async ({ signal }): Promise<SessionView | null> => {
      try {
        return await call<SessionView>('GET', '/session', { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
  });

const pageSize = 50;

/** The list in pages, newest update first. */
export const useTransactions = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: [...keys.transactions, 'list', writeFilters(filters).toString()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = writeFilters(filters);
      parameters.set('limit', String(pageSize));
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<TransactionPage>('GET', `/transactions?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
  });

/** Counts under the given filters; pass filters without the one whose choices are being counted. */
export const useCounts = (filters: Filters) => {
  const parameters = writeFilters({ ...filters, states: [] });
  return useQuery({
    queryKey: [...keys.transactions, 'counts', parameters.toString()],
    queryFn: ({ signal }) => call<Counts>('GET', `/transactions/counts?${parameters}`, { signal }),
    placeholderData: keepPreviousData,
  });
};

/** Where one transaction is, after `/api/v1`. */
export const transactionPath = (shopId: string, id: string): string =>
  `/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(id)}`;

export const transactionKey = (shopId: string, id: string) => [...keys.transactions, 'one', shopId, id];

export const useTransaction = (shopId: string, id: string) =>
  useQuery({
    queryKey: transactionKey(shopId, id),
    queryFn: ({ signal }) => call<TransactionView>('GET', transactionPath(shopId, id), { signal }),
  });

/** The dictionary of codes; it changes only with the hub itself. */
export const useCodes = () =>
  useQuery({
    queryKey: ['codes'],
    staleTime: 3_600_000,
    queryFn: ({ signal }) => call<readonly CodeCardView[]>('GET', '/codes', { signal }),
  });

/** With `refetchMs`, asked for again at that pace: runs of shops are not part of the stream. */
export const useShops = (refetchMs?: number) =>
  useQuery({
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
    queryKey: keys.shops,
    queryFn: ({ signal }) => call<readonly ShopView[]>('GET', '/shops', { signal }),
  });

export const useRuns = (shopId: string) =>
  useQuery({
    queryKey: [...keys.shops, shopId, 'runs'],
    queryFn: ({ signal }) =>
      call<readonly RunView[]>('GET', `/shops/${encodeURIComponent(shopId)}/runs`, { signal }),
  });

export const useConnections = (refetchMs?: number) =>
  useQuery({
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
    queryKey: keys.connections,
    queryFn: ({ signal }) => call<readonly ConnectionView[]>('GET', '/connections', { signal }),
  });

/** What can be connected: carts (`adapters`) or payment services (`gateways`). */
export const useChoices = (kind: 'adapters' | 'gateways') =>
  useQuery({
    queryKey: [kind],
    staleTime: 3_600_000,
    queryFn: ({ signal }) => call<readonly Choice[]>('GET', `/${kind}`, { signal }),
  });
