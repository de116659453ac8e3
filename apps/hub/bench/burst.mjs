/**
 * Ten times the usual for ten minutes: orders at a steady pace, then at ten times that pace, with NP at 50 ms a call.
 * What counts is that all are taken, that memory does not grow with what waits, and how soon nothing waits any more.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openShops, orderOf, untilCount } from './orders.mjs';
import { call, memoryMb, peakMemoryMb, percentile, Stage } from './stage.mjs';

const npDelayMs = 50;
const times = 10;
const batchEveryMs = 500;
const usualSeconds = 30;

/** Orders at a pace, a batch of one shop every half second; gives the milliseconds that each batch took to be taken in. */
async function atPace(stage, shops, { perSecond, seconds, prefix }) {
  const took = [];
  const sending = [];
  const perBatch = Math.ceil((perSecond * batchEveryMs) / 1_000);
  const startedAt = performance.now();
  for (let index = 0; index < (seconds * 1_000) / batchEveryMs; index += 1) {
    await sleep(Math.max(0, startedAt + index * batchEveryMs - performance.now()));
    const orders = Array.from({ length: perBatch }, (_, at) => orderOf(`${prefix}${index * perBatch + at}`));
    const dueMs = performance.now();
    const shopId = shops[index % shops.length];
    sending.push(
      stage.ask('POST', `/shops/${shopId}/orders`, { orders }).then(({ results }) => {
        took.push(performance.now() - dueMs);
        return results.filter(({ ok }) => !ok).length;
      }),
    );
  }
  const refused = (await Promise.all(sending)).reduce((sum, count) => sum + count, 0);
  return { took, refused, orders: sending.length * perBatch };
}

/** Looks every two seconds how many orders wait and what the hub holds in memory, until it is told to end. */
function watch(stage) {
  const seen = { mostWaiting: 0, mostMemoryMb: 0 };
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      const waiting = await stage.value(`select count(*) from effects where lane = 'write'`);
      seen.mostWaiting = Math.max(seen.mostWaiting, Number(waiting));
      seen.mostMemoryMb = Math.max(seen.mostMemoryMb, memoryMb(stage.hubs[0].pid) ?? 0);
      await sleep(2_000);
    }
    return seen;
  })();
  return async () => {
    ended = true;
    return watching;
  };
}

export async function burst({ orders: usual = 20, seconds = 600 }) {
  const stage = await Stage.open();
  try {
    const shops = await openShops(stage, 20);
    await call('POST', `${stage.sandboxUrl}/control/faults`, {
      fault: 'latency',
      target: 'np',
      delayMs: npDelayMs,
    });
    const endUsual = watch(stage);
    const before = await atPace(stage, shops, { perSecond: usual, seconds: usualSeconds, prefix: 'A' });
    await untilCount(stage, before.orders, ['approved']);
    const usually = await endUsual();
    const endBurst = watch(stage);
    const during = await atPace(stage, shops, { perSecond: usual * times, seconds, prefix: 'B' });
    const endedAt = performance.now();
    await untilCount(stage, before.orders + during.orders, ['approved']);
    const caughtUpSeconds = Number(((performance.now() - endedAt) / 1_000).toFixed(1));
    const burstly = await endBurst();
    return {
      bench: 'burst',
      usualPerSecond: usual,
      times,
      seconds,
      npDelayMs,
      orders: during.orders,
      refused: before.refused + during.refused,
      takenInP99Ms: Math.round(percentile(during.took, 0.99)),
      mostWaiting: burstly.mostWaiting,
      caughtUpSeconds,
      memoryMb: {
        usual: usually.mostMemoryMb,
        burst: burstly.mostMemoryMb,
        peak: peakMemoryMb(stage.hubs[0].pid),
      },
    };
  } finally {
    await stage.close();
  }
}
