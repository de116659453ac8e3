import type { CheckoutNotice, EnteredCheckoutText, OpenFormView, WaitingNoticeView } from '@np-hub/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey } from './press-key.js';

/** Forms of the link type without a result. */
export const useOpenForms = (connectionId: string) =>
  useQuery({
    queryKey: ['payment-forms', connectionId],
    refetchInterval: 15_000,
    queryFn: ({ signal }) =>
      call<readonly OpenFormView[]>('GET', `/connections/${encodeURIComponent(connectionId)}/payment-forms`, {
        signal,
      }),
  });

/** Notices of a gateway that name no transaction the hub knows. */
export const useWaitingNotices = (connectionId: string) =>
  useQuery({
    queryKey: ['gateway-notices', connectionId],
    refetchInterval: 15_000,
    queryFn: ({ signal }) =>
      call<readonly WaitingNoticeView[]>('GET', `/connections/${encodeURIComponent(connectionId)}/notices`, {
        signal,
      }),
  });

const noticesPath = (shopId: string): string => `/shops/${encodeURIComponent(shopId)}/checkout-notices`;
const noticesKey = (shopId: string) => ['checkout-notices', shopId];

export const useCheckoutNotices = (shopId: string) =>
  useQuery({
    queryKey: noticesKey(shopId),
    queryFn: ({ signal }) => call<readonly CheckoutNotice[]>('GET', noticesPath(shopId), { signal }),
  });

/** Enters a text in a language; null takes it away. */
export function useEnterCheckoutText(shopId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ language, body }: { language: string; body: EnteredCheckoutText | null }) =>
      call<void>(body ? 'PUT' : 'DELETE', `${noticesPath(shopId)}/${encodeURIComponent(language)}`, {
        ...(body ? { body } : {}),
        key: newKey(),
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: noticesKey(shopId) }),
  });
}
