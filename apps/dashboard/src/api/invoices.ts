import type { BulkResults, InvoicePage, InvoiceStep } from '@np-hub/model';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys } from './queries.js';

/** Orders with enclosed invoices in one step, in pages; each brings the counts of its own moment. */
export const useInvoices = (step: InvoiceStep, shopId: string) =>
  useInfiniteQuery({
    queryKey: [...keys.transactions, 'invoices', step, shopId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({ step, ...(shopId ? { shopId } : {}) });
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<InvoicePage>('GET', `/enclosed-invoices?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

interface Printed {
  readonly keys: readonly { readonly shopId: string; readonly id: string }[];
  readonly issuedOn: string;
}

/** Marks invoices as printed, with the issue date on them. */
export function useMarkPrinted() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (printed: Printed) =>
      press(printed, (key) =>
        call<BulkResults>('POST', '/enclosed-invoices/bulk/printed', { body: printed, key }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.transactions }),
  });
}
