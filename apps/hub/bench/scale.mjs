/** One, two and three hubs on one PostgreSQL, with NP slow (100 ms a call) and with NP at once. */
import { batchesOf, openShops, sendOrders, untilCount } from './orders.mjs';
import { call, Stage } from './stage.mjs';

async function rate(hubs, orders, delayMs) {
  const stage = await Stage.open({ hubs });
  try {
    // Each merchant has one call of a kind under way at a time in a hub: many of them, so that hubs have something to share.
    const shops = await openShops(stage, 48, { merchants: 48 });
    await sendOrders(stage, batchesOf(shops, 480, 'W'));
    await untilCount(stage, 480, ['approved']);
    if (delayMs > 0)
      await call('POST', `${stage.sandboxUrl}/control/faults`, { fault: 'latency', target: 'np', delayMs });
    const startedAt = performance.now();
    await sendOrders(stage, batchesOf(shops, orders, 'B'));
    await untilCount(stage, 480 + orders, ['approved']);
    return orders / ((performance.now() - startedAt) / 1_000);
  } finally {
    await stage.close();
  }
}

export async function scale({ orders = 9_600 }) {
  const figures = [];
  for (const [bound, delayMs] of [
    ['np', 2_000],
    ['database', 0],
  ]) {
    const rates = [];
    for (const hubs of [1, 2, 3]) rates.push(await rate(hubs, orders, delayMs));
    figures.push({
      bench: 'scale',
      bound,
      orders,
      npDelayMs: delayMs,
      ordersPerSecond: rates.map(Math.round),
      threeToOne: Number((rates[2] / rates[0]).toFixed(2)),
    });
  }
  return figures;
}
