import type {
  BillingPage,
  ContractFees,
  DepositDifference,
  DepositFileView,
  DepositRowPage,
  FeeInput,
  MonthView,
} from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey } from './press-key.js';
import { upload } from './upload.js';

const keys = {
  all: ['settlements'],
  month: (shopId: string, month: string) => ['settlements', 'month', shopId, month],
  fees: ['settlements', 'fees'],
  deposits: ['settlements', 'deposits'],
} as const;

const queryOf = (parameters: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
};

/** A shop's month, page by page; the sums come with each. */
export const useMonth = (shopId: string, month: string) =>
  useInfiniteQuery({
    enabled: shopId !== '' && month !== '',
    queryKey: keys.month(shopId, month),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<MonthView>('GET', `/settlements/month?${queryOf({ shopId, month, after: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });

/** Where the month is as a file. */
export const monthFile = (shopId: string, month: string, encoding: 'cp932' | 'utf8'): string =>
  `/api/v1/settlements/month.csv?${queryOf({ shopId, month, encoding })}`;

export const useContractFees = () =>
  useQuery({
    queryKey: keys.fees,
    queryFn: ({ signal }) => call<readonly ContractFees[]>('GET', '/settlements/fees', { signal }),
  });

export function useSetFees() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ connectionId, fees }: { connectionId: string; fees: FeeInput }) =>
      call<ContractFees>('PUT', `/settlements/fees/${encodeURIComponent(connectionId)}`, {
        body: fees,
        key: newKey(),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}

export const useDeposits = () =>
  useQuery({
    queryKey: keys.deposits,
    queryFn: ({ signal }) => call<readonly DepositFileView[]>('GET', '/deposits', { signal }),
  });

/** What a file holds and how it differs; it counts only once it is taken in. */
export const usePreviewDeposits = () =>
  useMutation({
    mutationFn: (of: { connectionId: string; file: File; fromDay: string; toDay: string }) => {
      const query = queryOf({ name: of.file.name, fromDay: of.fromDay, toDay: of.toDay });
      return upload<DepositFileView>(`/deposits/${encodeURIComponent(of.connectionId)}?${query}`, {
        file: of.file,
        key: newKey(),
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
    },
  });

export function useTakeDeposits() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call<DepositFileView>('POST', `/deposits/files/${encodeURIComponent(id)}/take`, { key: newKey() }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}

export const useDepositRows = (id: string, difference: DepositDifference | 'any' | null) =>
  useInfiniteQuery({
    queryKey: [...keys.deposits, id, difference],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<DepositRowPage>(
        'GET',
        `/deposits/files/${encodeURIComponent(id)}/rows?${queryOf({ difference, after: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  });

export const useMissing = (id: string) =>
  useInfiniteQuery({
    queryKey: [...keys.deposits, id, 'missing'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<BillingPage>(
        'GET',
        `/deposits/files/${encodeURIComponent(id)}/missing?${queryOf({ after: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  });
