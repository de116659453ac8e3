import { randomUUID } from 'node:crypto';
import type { Role } from '@np-hub/model';
import { cartRoutes } from './routes-carts.js';

/** What another shop has, by the names of the parameters of a path. */
export interface Foreign {
  readonly shopId: string;
  readonly transactionId: string;
  readonly webhookId: string;
  readonly importId: string;
  readonly fileId: string;
  readonly runId: string;
  readonly findingId: string;
  readonly linkId: string;
  readonly connectionId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly moveId: string;
  readonly orderNumber: string;
}

export interface Route {
  /** The least role; `public`: nobody has to sign in; `person`: whoever has signed in, but no key. */
  readonly least: Role | 'public';
  readonly people?: true;
  /** Only for whoever has every shop: others are refused whatever they name. */
  readonly everyShop?: true;
  readonly body?: (of: Foreign) => unknown;
  readonly query?: (of: Foreign) => string;
  /** The parameters of the path beside the shop. */
  readonly path?: (of: Foreign) => Readonly<Record<string, string>>;
  /** What is not one shop's own: everybody of that role gets it. */
  readonly shared?: true;
}

const transaction = { path: (of: Foreign) => ({ id: of.transactionId }) };
const webhook = { path: (of: Foreign) => ({ id: of.webhookId }) };
const byShop = { query: (of: Foreign) => `?shopId=${of.shopId}` };
const connection = { path: ({ connectionId }: Foreign) => ({ connectionId }) };
const finding = { path: (of: Foreign) => ({ id: of.findingId }) };
const keyOf = ({ shopId, transactionId }: Foreign) => ({ keys: [{ shopId, id: transactionId }] });
const move = { least: 'operator', path: (of: Foreign) => ({ moveId: of.moveId }) } as const;
const word = { axis: 'carrier', raw: 'x' };

/** Every route of the API, and who may use it. One that is missing here, or is here without being there, fails the walk. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /health/live': { least: 'public' },
  'GET /health/ready': { least: 'public' },
  // Its own token, or this machine alone: test/trust/metrics.test.ts.
  'GET /metrics': { least: 'public' },
  'POST /webhooks/{shopId}': { least: 'public' },
  'GET /api/v1/checkout-notice': { least: 'public' },
  'POST /api/v1/buyer-link/read': { least: 'public' },
  'POST /api/v1/buyer-link/correct': { least: 'public' },
  'POST /api/v1/session': { least: 'public' },
  'DELETE /api/v1/session': { least: 'public' },
  'POST /api/v1/links/show': { least: 'public' },
  'POST /api/v1/links/accept': { least: 'public' },

  'GET /api/v1/session': { least: 'viewer', shared: true },
  'GET /api/v1/stream': { least: 'viewer', shared: true },
  'GET /api/v1/codes': { least: 'viewer', shared: true },
  'GET /api/v1/health-board': { least: 'support' },
  'GET /api/v1/reports': {
    least: 'support',
    query: ({ shopId }) => `?from=2026-01-01&to=2026-01-31&shopId=${shopId}`,
  },
  'GET /api/v1/reports/export.csv': {
    least: 'support',
    query: ({ shopId }) => `?from=2026-01-01&to=2026-01-31&shopId=${shopId}`,
  },
  'GET /api/v1/codes/unknown': { least: 'viewer' },
  'PUT /api/v1/codes/{code}': {
    least: 'support',
    people: true,
    shared: true,
    path: () => ({ code: 'X0000001' }),
  },
  'DELETE /api/v1/codes/{code}': {
    least: 'support',
    people: true,
    shared: true,
    path: () => ({ code: 'X0000001' }),
  },
  'GET /api/v1/notifications/channels': { least: 'support', people: true, shared: true },
  'POST /api/v1/notifications/channels': {
    least: 'support',
    people: true,
    body: ({ shopId }) => ({
      name: 'x',
      topics: ['ng'],
      shopIds: [shopId],
      language: 'ja',
      quietFrom: null,
      quietTo: null,
      digestAt: null,
      target: { kind: 'slack', url: 'https://receiver.example.jp/' },
    }),
  },
  'PATCH /api/v1/notifications/channels/{id}': {
    least: 'support',
    people: true,
    path: () => ({ id: randomUUID() }),
    body: () => ({ paused: true }),
  },
  'DELETE /api/v1/notifications/channels/{id}': {
    least: 'support',
    people: true,
    path: () => ({ id: randomUUID() }),
  },
  'POST /api/v1/notifications/channels/{id}/test': {
    least: 'support',
    people: true,
    path: () => ({ id: randomUUID() }),
  },
  'POST /api/v1/onboarding/rehearsal': {
    least: 'operator',
    everyShop: true,
    body: ({ connectionId, shopId }) => ({
      adapter: 'goqsystem',
      settings: {},
      connectionId,
      copyOf: shopId,
    }),
  },
  'POST /api/v1/onboarding/shops': {
    least: 'operator',
    everyShop: true,
    body: ({ connectionId, shopId }) => ({
      name: 'x',
      adapter: 'goqsystem',
      settings: {},
      connectionId,
      copyOf: shopId,
    }),
  },
  'POST /api/v1/shops/{id}/retire': { least: 'operator' },
  'GET /api/v1/shops/{id}/open-work': { least: 'viewer' },
  'GET /api/v1/account': { least: 'viewer', people: true, shared: true },
  'PUT /api/v1/account/password': { least: 'viewer', people: true, shared: true },
  'POST /api/v1/account/second-factor': { least: 'viewer', people: true, shared: true },
  'POST /api/v1/account/second-factor/confirm': { least: 'viewer', people: true, shared: true },
  'POST /api/v1/account/second-factor/end': { least: 'viewer', people: true, shared: true },
  'DELETE /api/v1/account/sessions/{id}': {
    least: 'viewer',
    people: true,
    path: () => ({ id: randomUUID() }),
  },
  'GET /api/v1/adapters': { least: 'operator', shared: true },
  'GET /api/v1/gateways': { least: 'operator', shared: true },

  'GET /api/v1/users': { least: 'operator', people: true },
  'POST /api/v1/users': {
    least: 'operator',
    people: true,
    body: ({ shopId }) => ({ login: 'crossing', name: 'x', role: 'viewer', shopIds: [shopId] }),
  },
  'PATCH /api/v1/users/{id}': {
    least: 'operator',
    people: true,
    path: ({ userId }) => ({ id: userId }),
    body: () => ({ disabled: true }),
  },
  'POST /api/v1/users/{id}/reset': {
    least: 'operator',
    people: true,
    path: ({ userId }) => ({ id: userId }),
  },
  'GET /api/v1/access-rules': { least: 'operator', people: true, shared: true },
  'PUT /api/v1/access-rules': {
    least: 'owner',
    people: true,
    everyShop: true,
    body: () => ({ secondFactorFrom: null }),
  },
  'GET /api/v1/api-keys': { least: 'operator', people: true },
  'POST /api/v1/api-keys': {
    least: 'operator',
    people: true,
    body: ({ shopId }) => ({ name: 'crossing', role: 'viewer', shopIds: [shopId] }),
  },
  'DELETE /api/v1/api-keys/{id}': { least: 'operator', people: true, path: ({ keyId }) => ({ id: keyId }) },
  'GET /api/v1/audit': { least: 'operator' },
  'POST /api/v1/privacy/buyers/find': { least: 'operator', people: true, body: () => ({ q: '秘密 花子' }) },
  'POST /api/v1/privacy/buyers/export': { least: 'operator', people: true, body: keyOf },
  'POST /api/v1/privacy/buyers/erase': { least: 'operator', people: true, body: keyOf },
  'GET /api/v1/privacy/retention': { least: 'operator', people: true, everyShop: true },
  'PUT /api/v1/privacy/retention': {
    least: 'owner',
    people: true,
    everyShop: true,
    body: () => ({ buyers: 30, runs: 30, calls: 31 }),
  },

  'GET /api/v1/transactions': { least: 'viewer', ...byShop },
  'GET /api/v1/transactions/counts': { least: 'viewer', ...byShop },
  'POST /api/v1/transactions/bulk/{action}': {
    least: 'support',
    path: () => ({ action: 'cancel' }),
    body: ({ shopId, transactionId }) => ({ keys: [{ shopId, id: transactionId }] }),
  },
  'GET /api/v1/transactions/{shopId}/{id}': { least: 'viewer', ...transaction },
  'POST /api/v1/transactions/{shopId}/{id}/preview': {
    least: 'support',
    ...transaction,
    body: () => ({ fields: {} }),
  },
  'POST /api/v1/transactions/{shopId}/{id}/actions/correct': {
    least: 'support',
    ...transaction,
    body: () => ({ fields: { 'buyer.phone': '0312345678' } }),
  },
  'POST /api/v1/transactions/{shopId}/{id}/actions/adopt': {
    least: 'support',
    ...transaction,
    body: () => ({ npTransactionId: null }),
  },
  'POST /api/v1/transactions/{shopId}/{id}/actions/enter-np-id': {
    least: 'support',
    ...transaction,
    body: () => ({ npTransactionId: '11111111111' }),
  },
  'POST /api/v1/transactions/{shopId}/{id}/actions/{action}': {
    least: 'support',
    path: ({ transactionId }) => ({ id: transactionId, action: 'cancel' }),
  },
  'GET /api/v1/shops/{id}/reconciliations': { least: 'viewer' },
  'POST /api/v1/shops/{id}/reconciliations': { least: 'support' },
  'GET /api/v1/shops/{id}/reconciliations/{runId}': { least: 'viewer', path: ({ runId }) => ({ runId }) },
  'GET /api/v1/findings': { least: 'viewer', ...byShop },
  'POST /api/v1/findings/{id}/repair': { least: 'support', ...finding },
  'POST /api/v1/findings/{id}/dismiss': { least: 'support', ...finding },
  'GET /api/v1/find': { least: 'viewer', query: () => '?q=SECRET-1' },
  'GET /api/v1/inbox': { least: 'viewer', ...byShop },
  'GET /api/v1/inbox/people': { least: 'viewer', shared: true },
  'POST /api/v1/inbox/marks': { least: 'support', body: (of) => ({ ...keyOf(of), mark: { kind: 'done' } }) },
  'GET /api/v1/transactions/{shopId}/{id}/desk': { least: 'viewer', ...transaction },
  'POST /api/v1/transactions/{shopId}/{id}/notes': {
    least: 'support',
    ...transaction,
    body: () => ({ text: 'crossed' }),
  },
  'POST /api/v1/transactions/{shopId}/{id}/links': {
    least: 'support',
    ...transaction,
    body: () => ({ fields: ['buyer.phone'] }),
  },
  'DELETE /api/v1/transactions/{shopId}/{id}/links/{linkId}': {
    least: 'support',
    path: ({ transactionId, linkId }) => ({ id: transactionId, linkId }),
  },
  'GET /api/v1/repairs': { least: 'support', ...byShop },
  'GET /api/v1/repairs/orders': {
    least: 'support',
    query: ({ shopId }) => `?shopId=${shopId}&kind=problem&name=phone`,
  },
  'POST /api/v1/repairs/apply': {
    least: 'support',
    body: ({ shopId, transactionId }) => ({
      orders: [{ shopId, id: transactionId, fields: { 'buyer.phone': '0312345678' } }],
    }),
  },
  'GET /api/v1/gate': { least: 'viewer', ...byShop },
  'GET /api/v1/gate/export.csv': { least: 'viewer', ...byShop },
  'GET /api/v1/deadlines': { least: 'viewer', ...byShop },
  'GET /api/v1/deadlines/orders': {
    least: 'viewer',
    query: ({ shopId }) => `?shopId=${shopId}&kind=hold-ageing&day=overdue`,
  },
  'GET /api/v1/shops/{id}/checkout-notices': { least: 'operator' },
  'PUT /api/v1/shops/{id}/checkout-notices/{language}': {
    least: 'operator',
    path: () => ({ language: 'ja' }),
    body: () => ({ text: 'x', linked: 'x', confirmedOn: '2026-01-01' }),
  },
  'DELETE /api/v1/shops/{id}/checkout-notices/{language}': {
    least: 'operator',
    path: () => ({ language: 'ja' }),
  },
  'GET /api/v1/connections/{id}/notices': {
    least: 'operator',
    everyShop: true,
    path: ({ connectionId }) => ({ id: connectionId }),
  },
  'GET /api/v1/settlements/month': { least: 'support', query: (of) => `?shopId=${of.shopId}&month=2026-01` },
  'GET /api/v1/settlements/month.csv': {
    least: 'support',
    query: (of) => `?shopId=${of.shopId}&month=2026-01`,
  },
  'GET /api/v1/settlements/fees': { least: 'support', shared: true },
  'PUT /api/v1/settlements/fees/{connectionId}': {
    least: 'operator',
    everyShop: true,
    ...connection,
    body: () => ({ rateBasisPoints: 0, perTransactionYen: 0, taxPercent: 10 }),
  },
  'GET /api/v1/deposits': { least: 'support', everyShop: true },
  'POST /api/v1/deposits/{connectionId}': {
    least: 'support',
    everyShop: true,
    ...connection,
    query: () => '?name=x.csv',
  },
  'POST /api/v1/deposits/files/{fileId}/take': {
    least: 'support',
    everyShop: true,
    path: ({ fileId }) => ({ fileId }),
  },
  'GET /api/v1/deposits/files/{fileId}/rows': {
    least: 'support',
    everyShop: true,
    path: ({ fileId }) => ({ fileId }),
  },
  'GET /api/v1/deposits/files/{fileId}/missing': {
    least: 'support',
    everyShop: true,
    path: ({ fileId }) => ({ fileId }),
  },
  'GET /api/v1/moves': { least: 'operator', ...byShop },
  'POST /api/v1/moves': {
    least: 'operator',
    body: ({ shopId }) => ({ shopId, settings: { kind: 'batch-to-real-time', switchOn: '2027-02-01' } }),
  },
  'GET /api/v1/moves/{moveId}': move,
  'PATCH /api/v1/moves/{moveId}': { ...move, body: () => ({}) },
  'POST /api/v1/moves/{moveId}/steps': { ...move, body: () => ({ step: 'apply', done: true }) },
  'POST /api/v1/moves/{moveId}/check': move,
  'POST /api/v1/moves/{moveId}/switch': move,
  'POST /api/v1/moves/{moveId}/abandon': move,
  'POST /api/v1/moves/{moveId}/finish': move,
  'GET /api/v1/np-lists': { least: 'support' },
  'POST /api/v1/np-lists/{connectionId}/preview': { least: 'support', ...connection },
  'POST /api/v1/np-lists/{connectionId}': { least: 'support', ...connection, query: () => '?name=x.csv' },
  'GET /api/v1/np-lists/{connectionId}/{fileId}/rows': {
    least: 'support',
    path: ({ connectionId, fileId }) => ({ connectionId, fileId }),
  },
  'GET /api/v1/troubles': { least: 'viewer' },
  'GET /api/v1/changes': { least: 'viewer', ...byShop },
  'GET /api/v1/notices': { least: 'viewer', ...byShop },
  'GET /api/v1/unmapped': { least: 'viewer', ...byShop },

  'GET /api/v1/shops': { least: 'viewer' },
  'POST /api/v1/shops': {
    least: 'operator',
    everyShop: true,
    body: ({ connectionId }) => ({ name: 'x', adapter: 'goqsystem', connectionId, settings: {} }),
  },
  'POST /api/v1/shops/check': {
    least: 'operator',
    body: ({ shopId }) => ({ adapter: 'goqsystem', settings: {}, id: shopId }),
  },
  'PATCH /api/v1/shops/{id}': { least: 'operator', body: () => ({ name: 'crossed' }) },
  'POST /api/v1/shops/{id}/go-live': {
    least: 'operator',
    body: () => ({ takeoverAt: '2026-01-01T00:00:00Z', ownLinkIsOff: true }),
  },
  'POST /api/v1/shops/{id}/pause': { least: 'operator' },
  'POST /api/v1/shops/{id}/resume': { least: 'operator' },
  'POST /api/v1/shops/{id}/run-now': { least: 'support' },
  'GET /api/v1/shops/{id}/runs': { least: 'viewer' },
  'GET /api/v1/connections': { least: 'operator' },
  'POST /api/v1/connections': { least: 'operator', everyShop: true },
  'POST /api/v1/connections/check': { least: 'operator', everyShop: true },
  'PATCH /api/v1/connections/{id}': {
    least: 'operator',
    everyShop: true,
    path: ({ connectionId }) => ({ id: connectionId }),
    body: () => ({ name: 'crossed' }),
  },
  'GET /api/v1/shops/{id}/words': { least: 'viewer' },
  'PUT /api/v1/shops/{id}/words': { least: 'operator', body: () => ({ ...word, value: 'yamato' }) },
  'DELETE /api/v1/shops/{id}/words': { least: 'operator', body: () => word },

  'GET /api/v1/shops/{shopId}/webhooks': { least: 'operator' },
  'POST /api/v1/shops/{shopId}/webhooks': {
    least: 'operator',
    body: () => ({ name: 'x', url: 'https://receiver.example.jp/' }),
  },
  'PATCH /api/v1/shops/{shopId}/webhooks/{id}': {
    least: 'operator',
    ...webhook,
    body: () => ({ name: 'crossed' }),
  },
  'DELETE /api/v1/shops/{shopId}/webhooks/{id}': { least: 'operator', ...webhook },
  'POST /api/v1/shops/{shopId}/webhooks/{id}/replay': {
    least: 'operator',
    ...webhook,
    body: () => ({ from: '2026-01-01T00:00:00Z' }),
  },
  'POST /api/v1/shops/{shopId}/webhooks/{id}/test': { least: 'operator', ...webhook },
  'GET /api/v1/shops/{shopId}/webhooks/{id}/deliveries': { least: 'operator', ...webhook },

  ...cartRoutes,
};
