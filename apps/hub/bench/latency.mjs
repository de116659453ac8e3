/**
 * NP at 50 ms a call: the hub against a client that makes one call an order, one at a time, as most links do. And how
 * long an order takes from the cart's call to the call to NP, alone and while thousands of others are on their way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { npClient, registrationOf } from './np.mjs';
import { batchesOf, openShops, orderOf, sendOrders, untilCount } from './orders.mjs';
import { call, percentile, Stage } from './stage.mjs';

const npDelayMs = 50;
const singles = 60;

/** One order at a time: register, ask, next. Gives orders a second. */
async function oneByOne(stage) {
  const np = await npClient(stage, 'SINGL');
  const startedAt = performance.now();
  for (let index = 0; index < singles; index += 1) {
    const [{ np_transaction_id: id }] = await np('/transactions', [registrationOf(`S${index}`)]);
    await np('/authorizations/find', [{ np_transaction_id: id }]);
  }
  return singles / ((performance.now() - startedAt) / 1_000);
}

/** From the cart's call until the call to NP was about to leave, for single orders one after another. */
async function waits(stage, shopId, prefix) {
  const sentMs = new Map();
  for (let index = 0; index < singles; index += 1) {
    const number = `${prefix}${index}`;
    sentMs.set(number, Date.now());
    const { orderNumber, ...order } = orderOf(number);
    await stage.ask('PUT', `/shops/${shopId}/orders/${orderNumber}`, order);
    await sleep(40);
  }
  const numbers = [...sentMs.keys()];
  const sent = async () =>
    (
      await stage.database.query(
        `select t.order_number as number, min(h.at) as at from history h join transactions t
           on t.shop_id = h.shop_id and t.id = h.transaction_id
         where t.shop_id = $1 and t.order_number = any($2) and h.event ->> 'type' = 'operation-sent' group by 1`,
        [shopId, numbers],
      )
    ).rows;
  while ((await sent()).length < numbers.length) await sleep(100);
  const took = (await sent()).map(({ number, at }) => at.getTime() - sentMs.get(number));
  return { p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) };
}

export async function latency({ orders = 5_000 }) {
  const stage = await Stage.open();
  try {
    const shops = await openShops(stage, 10);
    await sendOrders(stage, batchesOf(shops, 200, 'W'));
    await untilCount(stage, 200, ['approved']);
    await call('POST', `${stage.sandboxUrl}/control/faults`, {
      fault: 'latency',
      target: 'np',
      delayMs: npDelayMs,
    });
    const client = await oneByOne(stage);
    const startedAt = performance.now();
    await sendOrders(stage, batchesOf(shops, orders, 'L'));
    await untilCount(stage, 200 + orders, ['approved']);
    const hub = orders / ((performance.now() - startedAt) / 1_000);
    const alone = await waits(stage, shops[0], 'A');
    const load = sendOrders(stage, batchesOf(shops.slice(1), orders * 4, 'M'));
    const underLoad = await waits(stage, shops[0], 'U');
    await load;
    return [
      {
        bench: 'latency',
        orders,
        npDelayMs,
        hubOrdersPerSecond: Math.round(hub),
        oneByOneOrdersPerSecond: Number(client.toFixed(1)),
        ratio: Number((hub / client).toFixed(1)),
      },
      { bench: 'latency-to-call', singles, alone, underLoad, load: orders * 4 },
    ];
  } finally {
    await stage.close();
  }
}
