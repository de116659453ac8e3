/**
 * Values of the wire, each marked with how sure we are of it.
 * - confirmed: https://developers.makeshop.jp/api/graphql/index.html, https://developers.makeshop.jp/guide/webhook.html
 * - observed: public client code that talks to the platform
 * - assumed: no public source
 */

/** Observed. A shop's own address comes by mail when its API use is approved (confirmed). */
export const defaultEndpoint = 'https://app-api.makeshop.jp/v1/graphql';
/** Observed: no public client asks for more orders a page. */
export const maximumPageSize = 1000;
/** Assumed: the number of orders that one mutation takes. */
export const maximumMutationSize = 100;

/** Observed, one for each delivery: 未処理, 配送, キャンセル, 返送. */
export const deliveryLetters = { N: 'open', Y: 'shipped', C: 'cancelled', R: 'returned' } as const;
/** Confirmed for the legacy API (http://apidoc.makeshop.jp/orderinfo), assumed to be the same in GraphQL. */
export const npPaymentLetters = ['N'];
/** Likewise: 代金引換, 後払い.COM, Paid, GMO後払い, 銀行振込, ゆうちょ銀行, コンビニ, 銀行振込, Amazon Pay. */
export const otherPayments = {
  R: 'other',
  A: 'other',
  M: 'other',
  B1: 'other',
  B: 'other',
  P: 'other',
  Z: 'other',
  M1: 'other',
  D1: 'other',
} as const;
/** Observed: the buyer's own note ends at the first separator; the cart writes what follows. */
export const noteSeparator = '||';
/** Observed: stands where a field has no value. */
export const noValue = '--';

/** Observed at an integrator; what exactly is signed is assumed (`wire.ts`). */
export const signatureHeader = 'x-makeshop-signature';
export const timestampHeader = 'x-makeshop-request-timestamp';
/** Assumed, after the hour for which our own timestamps are valid (confirmed). */
export const maximumWebhookAgeMs = 3_600_000;
/** Assumed. Confirmed is only a notice on receipt and on change, in a cycle of two minutes. */
export const webhookEvents = { order_updated: 'orderNumbers', order_deleted: 'deleted' } as const;
