import type {
  Action,
  ConnectionView,
  CorrectionPreview,
  SessionView,
  ShopPolicies,
  ShopView,
  SideCheck,
  TransactionView,
} from '@np-hub/model';
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey, usePressKey } from './press-key.js';
import { keys, transactionKey, transactionPath } from './queries.js';
import type { Settings } from './types.js';

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string; code?: string }) =>
      call<SessionView>('POST', '/session', { body, key: newKey() }),
    onSuccess: (session) => {
      forgetAll(client);
      client.setQueryData(keys.session, session);
    },
  });
}

/** What one person saw is not shown to the next. */
const forgetAll = (client: QueryClient) =>
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });

/** Signs out and forgets everything that was on the screen. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<void>('DELETE', '/session'),
    onSuccess: () => {
      client.setQueryData(keys.session, null);
      forgetAll(client);
    },
  });
}

/** One action on one transaction; the answer is the transaction as it then stands. */
export function useAction(shopId: string, id: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: ({ action, body }: { action: Action; body: Record<string, unknown> }) =>
      press({ action, body }, (key) =>
        call<TransactionView>('POST', `${transactionPath(shopId, id)}/actions/${action}`, { body, key }),
      ),
    onSuccess: (view) => {
      if (view) client.setQueryData(transactionKey(shopId, id), view);
      void client.invalidateQueries({ queryKey: keys.transactions });
    },
  });
}

/** What NP would get with these fields corrected. */
export const previewCorrection = (
  shopId: string,
  id: string,
  fields: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<CorrectionPreview> =>
  call<CorrectionPreview>('POST', `${transactionPath(shopId, id)}/preview`, {
    body: { fields },
    key: newKey(),
    signal,
  });

export type ShopStep = 'pause' | 'resume' | 'run-now' | 'go-live' | 'retire';

export function useShopStep(shopId: string) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: ({ step, body }: { step: ShopStep; body: Record<string, unknown> }) =>
      press({ step, body }, (key) =>
        call<ShopView>('POST', `/shops/${encodeURIComponent(shopId)}/${step}`, { body, key }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.shops }),
  });
}

export interface ShopInput {
  /** Only where it was changed. */
  readonly name?: string | undefined;
  readonly settings: Settings;
  /** Only those that were changed. */
  readonly policies: Partial<ShopPolicies>;
  readonly adapter?: string;
  readonly connectionId?: string;
}

/** Makes a shop, or changes the one with the given id. */
export function useSaveShop(id: string | null) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: ShopInput) =>
      press(body, (key) =>
        id === null
          ? call<ShopView>('POST', '/shops', { body, key })
          : call<ShopView>('PATCH', `/shops/${encodeURIComponent(id)}`, { body, key }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.shops }),
  });
}

export interface ConnectionInput {
  /** Only where it was changed. */
  readonly name?: string | undefined;
  readonly settings: Settings;
  readonly gateway?: string;
}

/** Makes a connection, or changes the one with the given id. */
export function useSaveConnection(id: string | null) {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: ConnectionInput) =>
      press(body, (key) =>
        id === null
          ? call<ConnectionView>('POST', '/connections', { body, key })
          : call<ConnectionView>('PATCH', `/connections/${encodeURIComponent(id)}`, { body, key }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.connections }),
  });
}

/** Tries settings of a cart or a gateway out without saving them; with an id, over those that are saved under it. */
export const useCheckSettings = (kind: 'shops' | 'connections') =>
  useMutation({
    mutationFn: ({ choice, settings, id }: { choice: string; settings: Settings; id: string | null }) =>
      call<SideCheck>('POST', `/${kind}/check`, {
        body: {
          [kind === 'shops' ? 'adapter' : 'gateway']: choice,
          settings,
          ...(id === null ? {} : { id }),
        },
        key: newKey(),
      }),
  });
