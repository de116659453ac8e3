import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { makeshop } from '../src/index.js';
import { answering } from './fake-makeshop.js';

const settings = {
  shopId: 'sampleshop',
  token: 'PAT.0000sample0000token',
  apiKey: 'sample-api-key-0000',
  webhookSecret: 'sample-webhook-secret',
};

adapterContract({
  adapter: makeshop,
  settings,
  folder: join(__dirname, '..'),
  webhook: {
    body: JSON.stringify({ shop_id: 'sampleshop', event: 'order_updated', orders: ['P171323551145213001'] }),
    sign: (body, at) => {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const signature = createHmac('sha256', settings.webhookSecret)
        .update(`${timestamp}.${body}`)
        .digest('hex');
      return {
        headers: { 'x-makeshop-request-timestamp': timestamp, 'x-makeshop-signature': signature },
        body: Buffer.from(body),
      };
    },
  },
  pull: {
    cartHolding: (count) =>
      answering(({ page = 1, limit = 1 }) => {
        const numbers = Array.from({ length: count }, (_, index) => ({ displayOrderNumber: `P${index}` }));
        return {
          searchOrder: { searchedCount: count, orders: numbers.slice((page - 1) * limit, page * limit) },
        };
      }).http,
  },
  push: {
    cartRefusing: (refused) =>
      answering((input) => ({
        updateOrderPaymentStatus: {
          updateOrderPaymentStatusResults: input.updateOrderPaymentStatusRequests
            ?.map(({ displayOrderNumber }) => ({
              displayOrderNumber,
              message: displayOrderNumber === refused ? '変更できません' : null,
            }))
            .reverse(),
        },
      })).http,
  },
});
