import type { MoveChange, MoveInput, MoveView } from '@np-hub/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { newKey } from './press-key.js';

const keyOf = (shopId: string) => ['moves', shopId] as const;
const countsMs = 30_000;

/** A shop's moves with what is open now. */
export const useMoves = (shopId: string) =>
  useQuery({
    enabled: shopId !== '',
    queryKey: keyOf(shopId),
    queryFn: ({ signal }) =>
      call<readonly MoveView[]>('GET', `/moves?shopId=${encodeURIComponent(shopId)}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.some((move) => move.state === 'planned' || move.state === 'switched') ? countsMs : false,
  });

export function useBeginMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: MoveInput) => call<MoveView>('POST', '/moves', { body: input, key: newKey() }),
    onSettled: (_, __, { shopId }) => client.invalidateQueries({ queryKey: keyOf(shopId) }),
  });
}

export function useChangeMove({ id, shopId }: Pick<MoveView, 'id' | 'shopId'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: MoveChange) =>
      call<MoveView>('PATCH', `/moves/${encodeURIComponent(id)}`, { body: change, key: newKey() }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(shopId) }),
  });
}

export interface MoveAct {
  readonly act: 'steps' | 'check' | 'switch' | 'abandon' | 'finish';
  /** For `steps`. */
  readonly body?: { readonly step: string; readonly done: boolean; readonly accept: boolean };
}

export function useMoveAct({ id, shopId }: Pick<MoveView, 'id' | 'shopId'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: MoveAct) =>
      call<MoveView>('POST', `/moves/${encodeURIComponent(id)}/${act}`, {
        ...(body ? { body } : {}),
        key: newKey(),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(shopId) }),
  });
}
