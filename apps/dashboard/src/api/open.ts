import type {
  ApiKeyView,
  DeliveryPage,
  DeliveryView,
  NewApiKeyView,
  NewWebhookView,
  NoticePage,
  Role,
  WebhookView,
} from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';

const refetchMs = 15_000;
const apiKeysKey = ['api-keys'];

export const useApiKeys = () =>
  useQuery({
    queryKey: apiKeysKey,
    queryFn: ({ signal }) => call<readonly ApiKeyView[]>('GET', '/api-keys', { signal }),
  });

export interface ApiKeyInput {
  readonly name: string;
  readonly role: Role;
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
  readonly expiresAt: string | null;
}

/** Makes a key; the answer is the only one that holds the key itself. */
export function useCreateApiKey() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    // The answer holds a secret: nothing of it stays behind once the page is left.
    gcTime: 0,
    mutationFn: (body: ApiKeyInput) =>
      press(body, (key) => call<NewApiKeyView>('POST', '/api-keys', { body, key })),
    onSuccess: () => void client.invalidateQueries({ queryKey: apiKeysKey }),
  });
}

export function useRevokeApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<unknown>('DELETE', `/api-keys/${encodeURIComponent(id)}`),
    onSettled: () => void client.invalidateQueries({ queryKey: apiKeysKey }),
  });
}

const webhooksPath = (shopId: string): string => `/shops/${encodeURIComponent(shopId)}/webhooks`;
const webhookPath = (shopId: string, id: string): string =>
  `${webhooksPath(shopId)}/${encodeURIComponent(id)}`;
const webhooksKey = (shopId: string) => ['webhooks', shopId];

export const useWebhooks = (shopId: string) =>
  useQuery({
    queryKey: webhooksKey(shopId),
    queryFn: ({ signal }) => call<readonly WebhookView[]>('GET', webhooksPath(shopId), { signal }),
    refetchInterval: refetchMs,
  });

export interface WebhookInput {
  readonly name: string;
  readonly url: string;
}

/** Makes an endpoint; the answer is the only one that holds its secret. */
export function useCreateWebhook(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: WebhookInput) =>
      press(body, (key) => call<NewWebhookView>('POST', webhooksPath(shopId), { body, key })),
    onSuccess: () => void client.invalidateQueries({ queryKey: webhooksKey(shopId) }),
  });
}

export type WebhookStep =
  | { readonly step: 'change'; readonly body: Partial<WebhookInput> & { readonly paused?: boolean } }
  | { readonly step: 'delete' }
  | { readonly step: 'replay'; readonly body: { readonly from: string } }
  | { readonly step: 'test' };

/** Changes, removes, tries out or rewinds an endpoint. A test answers how it went. */
export function useWebhookStep(shopId: string, id: string) {
  const client = useQueryClient();
  const press = usePressKey();
  const path = webhookPath(shopId, id);
  const send = (given: WebhookStep, key: string): Promise<DeliveryView | WebhookView | undefined> => {
    switch (given.step) {
      case 'change':
        return call('PATCH', path, { body: given.body, key });
      case 'delete':
        return call('DELETE', path, { key });
      case 'replay':
        return call('POST', `${path}/replay`, { body: given.body, key });
      case 'test':
        return call('POST', `${path}/test`, { body: {}, key });
    }
  };
  return useMutation({
    mutationFn: (given: WebhookStep) => press(given, (key) => send(given, key)),
    onSettled: () => void client.invalidateQueries({ queryKey: webhooksKey(shopId) }),
  });
}

/** What was sent to an endpoint, newest first. */
export const useDeliveries = (shopId: string, id: string) =>
  useInfiniteQuery({
    queryKey: [...webhooksKey(shopId), id, 'deliveries'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `?after=${encodeURIComponent(pageParam)}`;
      return call<DeliveryPage>('GET', `${webhookPath(shopId, id)}/deliveries${after}`, { signal });
    },
    getNextPageParam: (page) => page.next,
  });

/** What people are to be told, newest first. */
export const useNoticeLog = (shopId: string) =>
  useInfiniteQuery({
    queryKey: ['notices', shopId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      if (shopId) parameters.set('shopId', shopId);
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<NoticePage>('GET', `/notices?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    refetchInterval: refetchMs,
  });
