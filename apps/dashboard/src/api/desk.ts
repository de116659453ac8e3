import {
  inboxForSchema,
  inboxShowSchema,
  type Colleague,
  type DeadlineBoard,
  type DeadlinePage,
  type DeskView,
  type FindView,
  type GatePage,
  type InboxFor,
  type InboxPage,
  type InboxShow,
  type PaymentChange,
  type ShipGate,
} from '@np-hub/model';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { TransactionKey } from './bulk.js';
import { call } from './client.js';
import { usePressKey } from './press-key.js';
import { keys, transactionKey, transactionPath } from './queries.js';

/** What a search text finds, over every shop that one may see; nothing is asked while there is no text. */
export const useFind = (text: string) =>
  useQuery({
    queryKey: [...keys.transactions, 'find', text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call<FindView>('GET', `/find?${new URLSearchParams({ q: text })}`, { signal }),
  });

/** What the inbox is narrowed to; kept in the page's address. */
export interface InboxFilters {
  readonly turn: InboxFor | null;
  readonly show: InboxShow;
  readonly shopId: string;
  /** `me`, `nobody`, a login; empty: everybody. */
  readonly assignee: string;
  readonly sort: 'age' | 'deadline';
}

/** Filters of an address; words that mean nothing are left out. */
export function readInbox(parameters: URLSearchParams): InboxFilters {
  return {
    turn: inboxForSchema.safeParse(parameters.get('for')).data ?? null,
    show: inboxShowSchema.safeParse(parameters.get('show')).data ?? 'open',
    shopId: parameters.get('shopId') ?? '',
    assignee: parameters.get('assignee') ?? '',
    sort: parameters.get('sort') === 'deadline' ? 'deadline' : 'age',
  };
}

/** The same words in the page's address and in the API's. */
export function writeInbox({ turn, show, shopId, assignee, sort }: InboxFilters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (turn) parameters.set('for', turn);
  if (show !== 'open') parameters.set('show', show);
  if (shopId) parameters.set('shopId', shopId);
  if (assignee) parameters.set('assignee', assignee);
  if (sort !== 'age') parameters.set('sort', sort);
  return parameters;
}

/** The inbox in pages; each page brings the counts of its own moment. */
export const useInbox = (filters: InboxFilters) =>
  useInfiniteQuery({
    queryKey: [...keys.transactions, 'inbox', writeInbox(filters).toString()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = writeInbox(filters);
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<InboxPage>('GET', `/inbox?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

const inboxCountKey = ['inbox-count'];

/** How many are open, for the menu: on every page, so at a pace of its own and not with every change. */
export const useInboxCount = () =>
  useQuery({
    queryKey: inboxCountKey,
    refetchInterval: 20_000,
    queryFn: ({ signal }) => call<InboxPage>('GET', '/inbox?limit=1', { signal }),
    select: ({ counts }) => counts.show.open,
  });

/** Who can be asked to look after an order. */
export const useColleagues = () =>
  useQuery({
    queryKey: ['colleagues'],
    staleTime: 300_000,
    queryFn: ({ signal }) => call<readonly Colleague[]>('GET', '/inbox/people', { signal }),
  });

export type Mark =
  | { readonly kind: 'assign'; readonly assignee: string | null }
  | { readonly kind: 'snooze'; readonly until: string }
  | { readonly kind: 'done' | 'reopen' };

/** Puts the same mark on up to 200 transactions. */
export function useMark() {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: (body: { keys: readonly TransactionKey[]; mark: Mark }) =>
      press(body, (key) => call<{ marked: number }>('POST', '/inbox/marks', { body, key })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.transactions });
      void client.invalidateQueries({ queryKey: inboxCountKey });
    },
  });
}

export const useDesk = (shopId: string, id: string) =>
  useQuery({
    queryKey: [...transactionKey(shopId, id), 'desk'],
    queryFn: ({ signal }) => call<DeskView>('GET', `${transactionPath(shopId, id)}/desk`, { signal }),
  });

/** The order under the shop's other methods. `feeYen`: NP's fee in it, where the cart does not say. */
export const usePaymentChange = (shopId: string, id: string, feeYen: number) =>
  useQuery({
    queryKey: [...transactionKey(shopId, id), 'payment-change', feeYen],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call<PaymentChange>('GET', `${transactionPath(shopId, id)}/payment-change?feeYen=${feeYen}`, {
        signal,
      }),
  });

/** Notes, and links to the buyer, of one transaction. */
export function useDeskWrite<Answer>(shopId: string, id: string, method: 'POST' | 'DELETE') {
  const client = useQueryClient();
  const press = usePressKey();
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body?: object }) =>
      press({ path, body }, (key) =>
        call<Answer>(method, `${transactionPath(shopId, id)}/${path}`, { ...(body ? { body } : {}), key }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: transactionKey(shopId, id) }),
  });
}

/** The warehouse's list in pages; each brings the counts of its own moment. */
export const useGate = (gate: ShipGate | null, shopId: string) =>
  useInfiniteQuery({
    queryKey: [...keys.transactions, 'gate', gate, shopId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = gateParameters(gate, shopId);
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<GatePage>('GET', `/gate?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const gateParameters = (gate: ShipGate | null, shopId: string): URLSearchParams =>
  new URLSearchParams({ ...(gate ? { gate } : {}), ...(shopId ? { shopId } : {}) });

const ofShop = (shopId: string): URLSearchParams => new URLSearchParams(shopId ? { shopId } : {});

/** What is due by when, over every shop or of one. */
export const useDeadlines = (shopId: string) =>
  useQuery({
    queryKey: [...keys.transactions, 'deadlines', shopId],
    queryFn: ({ signal }) => call<DeadlineBoard>('GET', `/deadlines?${ofShop(shopId)}`, { signal }),
  });

/** The orders of one kind and day. */
export const useDeadlineOrders = (kind: string, day: string, shopId: string) =>
  useInfiniteQuery({
    queryKey: [...keys.transactions, 'deadlines', shopId, kind, day],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const parameters = ofShop(shopId);
      parameters.set('kind', kind);
      parameters.set('day', day);
      if (pageParam !== null) parameters.set('after', pageParam);
      return call<DeadlinePage>('GET', `/deadlines/orders?${parameters}`, { signal });
    },
    getNextPageParam: (page) => page.next,
  });
