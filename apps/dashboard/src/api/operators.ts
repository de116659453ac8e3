import type {
  ChannelsView,
  ChannelTest,
  ChannelView,
  CodeCardView,
  NewChannelView,
  Onboarded,
  OpenWork,
  Rehearsal,
  Topic,
  UnknownCode,
} from '@np-hub/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey, usePressKey } from './press-key.js';
import { keys } from './queries.js';
import type { Settings } from './types.js';

const refetchMs = 30_000;
const unknownKey = ['unknown-codes'];
const channelsKey = ['channels'];

/** A shop as the onboarding has it: nothing of it is saved yet. */
export interface ShopDraft {
  readonly adapter: string;
  readonly settings: Settings;
  readonly policies?: Readonly<Record<string, unknown>>;
  readonly copyOf?: string;
  readonly connectionId?: string;
  readonly gateway?: string;
  readonly gatewaySettings?: Settings;
}

/** Tests both sides and shows what would become of the latest orders. */
export const useRehearsal = () =>
  useMutation({
    mutationFn: (body: ShopDraft) =>
      call<Rehearsal>('POST', '/onboarding/rehearsal', { body, key: newKey() }),
  });

/** Saves the shop, with its connection where that is new. */
export function useOnboard() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: ShopDraft & { readonly name: string }) =>
      press(body, (key) => call<Onboarded>('POST', '/onboarding/shops', { body, key })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.shops });
      void client.invalidateQueries({ queryKey: keys.connections });
    },
  });
}

export const useOpenWork = (shopId: string) =>
  useQuery({
    queryKey: [...keys.shops, shopId, 'open-work'],
    queryFn: ({ signal }) =>
      call<OpenWork>('GET', `/shops/${encodeURIComponent(shopId)}/open-work`, { signal }),
  });

/** Codes that came and that nobody has explained. */
export const useUnknownCodes = () =>
  useQuery({
    queryKey: unknownKey,
    queryFn: ({ signal }) => call<readonly UnknownCode[]>('GET', '/codes/unknown', { signal }),
    refetchInterval: refetchMs,
  });

export type CardInput = NonNullable<CodeCardView['staff']>['card'];

/** Writes the card of a code; null takes it away. */
export function useSaveCard(code: string) {
  const client = useQueryClient();
  const press = usePressKey();
  const path = `/codes/${encodeURIComponent(code)}`;
  return useMutation({
    mutationFn: (card: CardInput | null) =>
      press({ code, card }, (key): Promise<unknown> =>
        card === null ? call('DELETE', path, { key }) : call('PUT', path, { body: card, key }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['codes'] });
      void client.invalidateQueries({ queryKey: unknownKey });
    },
  });
}

export const useChannels = () =>
  useQuery({
    queryKey: channelsKey,
    queryFn: ({ signal }) => call<ChannelsView>('GET', '/notifications/channels', { signal }),
    refetchInterval: refetchMs,
  });

export interface ChannelInput {
  readonly name: string;
  readonly topics: readonly Topic[];
  readonly shopIds: readonly string[] | null;
  readonly language: 'ja' | 'en';
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly digestAt: number | null;
}

/** Makes a channel; the answer is the only one that holds a webhook's secret. */
export function useCreateChannel() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: ChannelInput & { readonly target: Readonly<Record<string, string>> }) =>
      press(body, (key) => call<NewChannelView>('POST', '/notifications/channels', { body, key })),
    onSuccess: () => void client.invalidateQueries({ queryKey: channelsKey }),
  });
}

export type ChannelStep =
  | { readonly step: 'change'; readonly body: Partial<ChannelInput> & { readonly paused?: boolean } }
  | { readonly step: 'delete' }
  | { readonly step: 'test' };

/** Changes, removes or tries out a channel. A test answers how it went. */
export function useChannelStep(id: string) {
  const client = useQueryClient();
  const press = usePressKey();
  const path = `/notifications/channels/${encodeURIComponent(id)}`;
  const send = (given: ChannelStep, key: string): Promise<ChannelView | ChannelTest | undefined> => {
    switch (given.step) {
      case 'change':
        return call('PATCH', path, { body: given.body, key });
      case 'delete':
        return call('DELETE', path, { key });
      case 'test':
        return call('POST', `${path}/test`, { body: {}, key });
    }
  };
  return useMutation({
    mutationFn: (given: ChannelStep) => press(given, (key) => send(given, key)),
    onSettled: () => void client.invalidateQueries({ queryKey: channelsKey }),
  });
}
