/**
 * Values of the API, each marked with how sure we are of it.
 * - observed: public client code of the storefront API, `https://{shop host}/api/v1`
 * - assumed: no public source. That orders can be read and shipments be written is confirmed by an integrator
 *   (https://support.logiless.com/platforms/shopping-cart/subscription-store/api), the paths and fields are not public.
 */
export const defaultPaths = {
  /** Observed: `POST {client_id, client_secret}` gives `access_token`. How long it lives is not public. */
  access: '/external_cooperation/access_tokens',
  /** Assumed. */
  orders: '/external_cooperation/orders',
  /** Assumed. */
  statuses: '/external_cooperation/orders/settlement_statuses',
} as const;
/** Assumed, like all of paging. */
export const maximumPageSize = 500;
/** Assumed: the number of orders that one write takes. */
export const maximumWriteSize = 100;
