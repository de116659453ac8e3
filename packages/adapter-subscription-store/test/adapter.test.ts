import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { subscriptionStore } from '../src/index.js';
import { statusResults, storeAnswering } from './fake-store.js';

adapterContract({
  adapter: subscriptionStore,
  settings: {
    apiEnabled: true,
    apiUrl: 'https://sample.example.jp/api/v1',
    clientId: 'sample-client',
    clientSecret: 'sample-client-secret',
    carrierCodes: { 宅急便コンパクト: '59010' },
  },
  folder: join(__dirname, '..'),
  pull: {
    cartHolding: (count) =>
      storeAnswering(({ url }) => {
        const query = new URL(url).searchParams;
        const [page, size] = [Number(query.get('page')), Number(query.get('per_page'))];
        const orders = Array.from({ length: count }, (_, index) => ({ uid: `S${index}` }));
        return {
          success: true,
          total_count: count,
          orders: orders.slice((page - 1) * size, page * size),
        };
      }).http,
  },
  push: {
    cartRefusing: (refused) =>
      storeAnswering(({ json }) => statusResults(json, (uid) => (uid === refused ? '変更できません' : null)))
        .http,
  },
});
