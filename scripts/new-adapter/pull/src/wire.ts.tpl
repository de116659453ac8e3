import { z } from 'zod';
import type { __PASCAL__Settings } from './settings.js';

/** Everything that goes over the wire; mark each piece as confirmed, observed or assumed, with its source. */
export const cartName = '__NAME__';

export const pageSize = 100;

/** FILL_IN: how the API is asked for the orders of a window, page by page from 1. */
export function ordersUrl(settings: __PASCAL__Settings, window: { from: Date; to: Date }, page: number): string {
  const url = new URL('orders', `${settings.endpoint.replace(/\/$/, '')}/`);
  url.searchParams.set('from', window.from.toISOString());
  url.searchParams.set('to', window.to.toISOString());
  url.searchParams.set('page', String(page));
  url.searchParams.set('limit', String(pageSize));
  return url.href;
}

export const requestHeaders = ({ token }: __PASCAL__Settings): Record<string, string> => ({
  authorization: `Bearer ${token}`,
});

/** FILL_IN: one page, and the number of orders on all pages together. */
export const pageAnswer = z.object({ total: z.int().min(0), orders: z.array(z.unknown()) });
