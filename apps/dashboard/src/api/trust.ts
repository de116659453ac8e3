import type {
  AccessRulesView,
  AccountView,
  AuditPage,
  InvitedUser,
  LinkOwnerView,
  RecoveryCodesView,
  Role,
  TotpView,
  UserView,
} from '@np-hub/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client.js';
import { usePressKey } from './press-key.js';

const usersKey = ['users'];
const accountKey = ['account'];

export const useUsers = () =>
  useQuery({
    queryKey: usersKey,
    queryFn: ({ signal }) => call<readonly UserView[]>('GET', '/users', { signal }),
  });

export interface UserInput {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Null: every shop. */
  readonly shopIds: readonly string[] | null;
}

/** Invites somebody, or resets the sign-in of `id`; the answer is the only one that holds the link. */
export function useInvite() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    gcTime: 0,
    mutationFn: (of: { readonly user: UserInput } | { readonly id: string }) =>
      press(of, (key) =>
        'user' in of
          ? call<InvitedUser>('POST', '/users', { body: of.user, key })
          : call<InvitedUser>('POST', `/users/${encodeURIComponent(of.id)}/reset`, { body: {}, key }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: usersKey }),
  });
}

export function useChangeUser(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<Omit<UserInput, 'login'>> & { readonly disabled?: boolean }) =>
      call<UserView>('PATCH', `/users/${encodeURIComponent(id)}`, { body }),
    onSettled: () => void client.invalidateQueries({ queryKey: usersKey }),
  });
}

const rulesKey = ['access-rules'];

export const useAccessRules = () =>
  useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => call<AccessRulesView>('GET', '/access-rules', { signal }),
  });

export function useChangeAccessRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AccessRulesView) => call<AccessRulesView>('PUT', '/access-rules', { body }),
    onSettled: () => void client.invalidateQueries({ queryKey: rulesKey }),
  });
}

export const useAccount = () =>
  useQuery({
    queryKey: accountKey,
    queryFn: ({ signal }) => call<AccountView>('GET', '/account', { signal }),
  });

/** One change of one's own account. What is answered may be a secret: nothing of it stays behind. */
function useAccountStep<Input, Answer>(work: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: work,
    onSuccess: () => void client.invalidateQueries({ queryKey: accountKey }),
  });
}

export const useChangePassword = () =>
  useAccountStep((body: { readonly password: string; readonly fresh: string }) =>
    call<void>('PUT', '/account/password', { body }),
  );

export const useBeginFactor = () =>
  useAccountStep((password: string) =>
    call<TotpView>('POST', '/account/second-factor', { body: { password } }),
  );

export const useConfirmFactor = () =>
  useAccountStep((code: string) =>
    call<RecoveryCodesView>('POST', '/account/second-factor/confirm', { body: { code } }),
  );

export const useEndFactor = () =>
  useAccountStep((password: string) =>
    call<void>('POST', '/account/second-factor/end', { body: { password } }),
  );

export const useEndSession = () =>
  useAccountStep((id: string) => call<void>('DELETE', `/account/sessions/${encodeURIComponent(id)}`));

export const useLinkOwner = (token: string) =>
  useQuery({
    queryKey: ['link', token],
    retry: false,
    staleTime: Infinity,
    queryFn: ({ signal }) => call<LinkOwnerView>('POST', '/links/show', { body: { token }, signal }),
  });

export const useAcceptLink = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (body: { readonly token: string; readonly password: string }) =>
      call<void>('POST', '/links/accept', { body }),
  });

export const useAuditTrail = () =>
  useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      call<AuditPage>('GET', pageParam === null ? '/audit' : `/audit?before=${pageParam}`, { signal }),
    getNextPageParam: (page) => page.next,
  });
