import { anImport, keyOf, order, type Route } from './route-terms.js';

/** Orders, real time, the link type and files: what carts and those who carry their files use. */
export const cartRoutes: Readonly<Record<string, Route>> = {
  'PUT /api/v1/shops/{shopId}/orders/{orderNumber}': { least: 'support', path: order, body: () => ({}) },
  'POST /api/v1/shops/{shopId}/orders': { least: 'support', body: (of) => ({ orders: [order(of)] }) },
  'POST /api/v1/shops/{shopId}/shipments': { least: 'support', body: (of) => ({ shipments: [order(of)] }) },
  'POST /api/v1/shops/{shopId}/cancellations': {
    least: 'support',
    body: ({ orderNumber }) => ({ orderNumbers: [orderNumber] }),
  },
  'GET /api/v1/enclosed-invoices': {
    least: 'viewer',
    query: ({ shopId }) => `?shopId=${shopId}&step=to-print`,
  },
  'POST /api/v1/enclosed-invoices/bulk/printed': { least: 'support', body: (of) => keyOf(of) },
  'POST /api/v1/shops/{shopId}/authorize': {
    least: 'support',
    body: (of) => ({ screen: 'checkout', order: order(of) }),
  },
  'POST /api/v1/shops/{shopId}/payment-form': {
    least: 'support',
    body: (of) => ({
      order: order(of),
      successUrl: 'https://shop.example.jp/ok',
      cancelUrl: 'https://shop.example.jp/cancel',
      errorUrl: 'https://shop.example.jp/error',
    }),
  },
  'POST /api/v1/shops/{shopId}/confirmations': {
    least: 'support',
    body: ({ orderNumber }) => ({ orderNumbers: [orderNumber] }),
  },
  'POST /api/v1/shops/{shopId}/abandonments': {
    least: 'support',
    body: ({ orderNumber }) => ({ orderNumbers: [orderNumber] }),
  },

  'GET /api/v1/shops/{id}/files': { least: 'support' },
  'PUT /api/v1/shops/{id}/files/{layout}/columns': {
    least: 'operator',
    path: () => ({ layout: 'orders' }),
    body: () => ({ columns: {} }),
  },
  'POST /api/v1/shops/{id}/imports': { least: 'support', query: () => '?name=x.csv' },
  'GET /api/v1/shops/{id}/imports': { least: 'support' },
  'GET /api/v1/shops/{id}/imports/{importId}': { least: 'support', ...anImport },
  'POST /api/v1/shops/{id}/imports/{importId}/preview': { least: 'support', ...anImport },
  'POST /api/v1/shops/{id}/imports/{importId}/start': { least: 'support', ...anImport },
  'POST /api/v1/shops/{id}/imports/{importId}/accept-older': { least: 'support', ...anImport },
  'POST /api/v1/shops/{id}/imports/{importId}/discard': { least: 'support', ...anImport },
  'GET /api/v1/shops/{id}/imports/{importId}/rows': { least: 'support', ...anImport },
  'GET /api/v1/shops/{id}/imports/{importId}/refused.csv': { least: 'support', ...anImport },
  'GET /api/v1/shops/{id}/results': { least: 'support' },
  'POST /api/v1/shops/{id}/results': { least: 'support' },
  'GET /api/v1/shops/{id}/results/{fileId}/content': { least: 'support', path: ({ fileId }) => ({ fileId }) },
};
