/** What quiet shops cost, their due looks at the cart included. */
import { setTimeout as sleep } from 'node:timers/promises';
import { call, each, peakMemoryMb, processorSeconds, Stage } from './stage.mjs';

const watchedMs = 60_000;

export async function idle({ shops = 10_000 }) {
  const stage = await Stage.open({
    variables: { NP_HUB_PACE: 'calm', NP_HUB_REQUESTS_PER_MINUTE: '1000000' },
  });
  try {
    const { shops: carts } = (await call('GET', `${stage.sandboxUrl}/control/info`)).body;
    const { shopId, token, apiKey, webhookSecret } = carts[0];
    const settings = {
      endpoint: `${stage.sandboxUrl}/makeshop/graphql`,
      shopId,
      token,
      apiKey,
      webhookSecret,
    };
    const connectionId = await stage.addConnection(1);
    const figures = [];
    let there = 0;
    for (const count of [100, 1_000, 10_000].filter((one) => one <= shops)) {
      await each(
        Array.from({ length: count - there }, (_, index) => `Quiet ${there + index}`),
        4,
        (name) =>
          stage.addShop({
            adapter: 'makeshop',
            name,
            connectionId,
            settings: { ...settings, writeBack: false },
          }),
      );
      there = count;
      figures.push(await watch(stage, count));
    }
    return figures;
  } finally {
    await stage.close();
  }
}

/** As after a quiet day: every shop is looked at once in ten minutes, each at a time of its own. */
async function watch(stage, shops) {
  await stage.database.query(
    `update shops set quiet_runs = 60, next_run_at = now() + random() * interval '10 minutes', lease_until = null`,
  );
  await sleep(5_000);
  const runs = () => stage.value('select count(*) from runs');
  const commits = () =>
    stage.value(`select xact_commit from pg_stat_database where datname = current_database()`);
  const [{ pid }] = stage.hubs;
  const before = [processorSeconds(pid), Number(await commits()), Number(await runs())];
  await sleep(watchedMs);
  const after = [processorSeconds(pid), Number(await commits()), Number(await runs())];
  const [processor, transactions, looks] = after.map((value, index) => value - before[index]);
  return {
    bench: 'idle',
    shops,
    seconds: watchedMs / 1_000,
    processorShare: Number((processor / (watchedMs / 1_000)).toFixed(3)),
    databaseTransactionsPerSecond: Math.round(transactions / (watchedMs / 1_000)),
    looksAtCarts: looks,
    peakMemoryMb: peakMemoryMb(pid),
  };
}
