import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import type { HttpClient } from '@np-hub/kit';
import { __CAMEL__Adapter } from '../src/index.js';
import { pageSize } from '../src/wire.js';

/** A stand-in that holds so many orders and pages as the cart does: it has to speak as `src/wire.ts` expects. */
function cartHolding(count: number): HttpClient {
  const send: HttpClient['send'] = ({ url }) => {
    const page = Number(new URL(url).searchParams.get('page'));
    const orders = Array.from({ length: count }, (_, index) => ({ number: `P${index}` }));
    const json = { total: count, orders: orders.slice((page - 1) * pageSize, page * pageSize) };
    return Promise.resolve({ status: 200, headers: {}, json });
  };
  return { send };
}

adapterContract({
  adapter: __CAMEL__Adapter,
  // As a person would fill in the form; a secret one needs a value of at least eight letters, found nowhere else.
  settings: { endpoint: 'https://cart.example/api', token: 'sample-token-0000' },
  folder: join(__dirname, '..'),
  pull: { cartHolding },
});
