/** Orders in → register → approve → told → ship → report → paid → told, beside the floor in the same run. */
import { floorRows, runFloor } from './floor.mjs';
import { askNow, batchesOf, openShops, readFeed, sendOrders, ship, untilCount } from './orders.mjs';
import { Stage } from './stage.mjs';

const shopCount = 50;

async function written(stage) {
  await stage.database.query('select pg_stat_force_next_flush(), pg_stat_clear_snapshot()');
  const { rows } = await stage.database.query(
    `select sum(tup_inserted + tup_updated + tup_deleted)::bigint as rows, pg_current_wal_lsn() - '0/0' as wal
     from pg_stat_database where datname = 'postgres'`,
  );
  return { rows: Number(rows[0].rows), wal: Number(rows[0].wal) };
}

/** Runs `work`; gives its seconds and what was written meanwhile, an order. */
async function weigh(stage, orders, work) {
  const [before, usedBefore, startedAt] = [await written(stage), await stage.processors(), performance.now()];
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const [after, usedAfter] = [await written(stage), await stage.processors()];
  const processorMs = Object.entries(usedAfter).map(([name, used]) => [
    name,
    Number((((used - usedBefore[name]) * 1_000) / orders).toFixed(2)),
  ]);
  return {
    ordersPerSecond: Math.round(orders / seconds),
    seconds: Number(seconds.toFixed(2)),
    rowsPerOrder: Number(((after.rows - before.rows) / orders).toFixed(1)),
    walBytesPerOrder: Math.round((after.wal - before.wal) / orders),
    processorMsPerOrder: Object.fromEntries(processorMs),
  };
}

export async function lifecycle({ orders = 20_000, hubs = 1 }) {
  const stage = await Stage.open({ hubs });
  try {
    const shops = await openShops(stage, shopCount);
    const warm = batchesOf(shops, shopCount * 4, 'W');
    await live(stage, warm, 0);
    const batches = batchesOf(shops, orders, 'B');
    const hub = await weigh(stage, orders, () => live(stage, batches, shopCount * 4));
    const floor = await weigh(stage, orders, () => runFloor(stage, batches));
    floor.rowsPerOrder = Number(((await floorRows(stage)) / orders).toFixed(1));
    return {
      bench: 'lifecycle',
      orders,
      shops: shopCount,
      hubs,
      hubOrdersPerSecond: hub.ordersPerSecond,
      floorOrdersPerSecond: floor.ordersPerSecond,
      ratio: Number((hub.ordersPerSecond / floor.ordersPerSecond).toFixed(3)),
      bytesRatio: Number((hub.walBytesPerOrder / floor.walBytesPerOrder).toFixed(2)),
      hub,
      floor,
    };
  } finally {
    await stage.close();
  }
}

/** The whole life of these orders, beside `known` that have had theirs; what waits for hours at NP is asked at once. */
async function live(stage, batches, known) {
  const count = known + batches.reduce((sum, { numbers }) => sum + numbers.length, 0);
  await sendOrders(stage, batches);
  await untilCount(stage, count, ['approved', 'reported', 'paid']);
  await ship(stage, batches);
  await untilCount(stage, count, ['reported', 'paid']);
  await askNow(stage);
  await untilCount(stage, count, ['paid']);
  await readFeed(stage, undefined);
}
