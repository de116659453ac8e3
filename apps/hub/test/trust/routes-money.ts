import { byShop, connection, move, type Route } from './route-terms.js';

/** What the buyers pay, what NP pays out, and moves from one way to NP to another. */
export const moneyRoutes: Readonly<Record<string, Route>> = {
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
    body: ({ shopId }) => ({ shopId, settings: { kind: 'batch-to-real-time', switchOn: '2099-02-01' } }),
  },
  'GET /api/v1/moves/{moveId}': move,
  'PATCH /api/v1/moves/{moveId}': { ...move, body: () => ({}) },
  'POST /api/v1/moves/{moveId}/steps': { ...move, body: () => ({ step: 'apply', done: true }) },
  'POST /api/v1/moves/{moveId}/check': move,
  'POST /api/v1/moves/{moveId}/switch': move,
  'POST /api/v1/moves/{moveId}/abandon': move,
  'POST /api/v1/moves/{moveId}/finish': move,
};
